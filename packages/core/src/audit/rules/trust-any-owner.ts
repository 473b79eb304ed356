import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A trust policy that lets somebody in whom it does not name: no condition on the subject, a wildcard where
 * the owner stands, a negated condition, a subject template that anybody can set.
 * Source: https://docs.github.com/actions/reference/security/oidc
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-any-owner',
  title: 'The role takes tokens of any repository on GitHub',
  severity: 'high',
  label: 'lets every repository on GitHub in',
  message: ({ role, ...data }) =>
    `the role "${role}" takes tokens of any repository on GitHub, such as ${subjectOf({ role, ...data })}`,
  help: () =>
    'compare "sub" by StringEquals with whole subjects: "repo:<owner>/<name>:ref:refs/heads/main" or "...:environment:<name>"',
});
