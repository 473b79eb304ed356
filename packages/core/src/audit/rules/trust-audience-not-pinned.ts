import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * Without a condition on `aud` every audience among the client ids of the provider will do.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 * and https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-audience-not-pinned',
  title: 'The role takes tokens that were made for somebody else',
  severity: 'medium',
  label: 'does not fix the audience',
  message: ({ role, about }) =>
    `the role "${role}" takes tokens for any audience that the provider knows, such as "${about}"`,
  help: () => 'compare "aud" by StringEquals with "sts.amazonaws.com"',
});
