import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A subject that is open behind the repository: branches, tags, pull requests and environments alike.
 * Source: https://docs.github.com/actions/reference/security/oidc
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-any-ref',
  title: 'The role takes tokens of every branch and pull request',
  severity: 'high',
  label: 'lets every branch and pull request in',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of every branch and pull request of "${about}", such as ${subjectOf({ role, about, ...data })}`,
  help: () =>
    'name the branch or the environment: ":ref:refs/heads/main", ":environment:production"',
});
