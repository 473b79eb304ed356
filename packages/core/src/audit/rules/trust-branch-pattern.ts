import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A wildcard in the branch of a subject: it crosses slashes, and a start without a separator takes more.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-branch-pattern',
  title: 'The role takes tokens of branches that a pattern matches',
  severity: 'medium',
  label: 'matches branches that are not named',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of branches of "${about}" that it does not name, such as ${subjectOf({ role, about, ...data })}`,
  help: () =>
    'name the branches, or let an environment with a branch policy decide: ":environment:<name>"',
});
