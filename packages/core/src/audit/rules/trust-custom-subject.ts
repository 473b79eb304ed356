import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * A subject that GitHub mints only where the repository chose its parts (`include_claim_keys`).
 * Source: https://docs.github.com/actions/reference/security/oidc
 * and https://docs.github.com/rest/actions/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-custom-subject',
  title: 'Only a repository with its own template for subjects gets in',
  severity: 'medium',
  label: 'needs a template for subjects',
  message: ({ role, about }) =>
    `only a repository with its own template for subjects gets into the role "${role}": by default none has "${about}"`,
  help: () =>
    'check "GET /repos/{owner}/{repo}/actions/oidc/customization/sub", or compare the claims with keys of their own',
});
