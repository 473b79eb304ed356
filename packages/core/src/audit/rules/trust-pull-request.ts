import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * Pull requests of a repository share one subject, whoever made them and whatever they change.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-pull-request',
  title: 'The role takes tokens of pull requests',
  severity: 'medium',
  label: 'lets every pull request in',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of every pull request of "${about}": ${subjectOf({ role, about, ...data })}`,
  help: () => 'give pull requests a role of their own that can only read',
});
