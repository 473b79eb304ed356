import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A wildcard inside the owner of a subject: `repo:acme*` is meant for acme and takes acme-evil too.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-owner-prefix',
  title: 'The role takes tokens of owners whose names start alike',
  severity: 'high',
  label: 'is not closed behind the owner',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of every owner whose name is like "${about}", such as ${subjectOf({ role, about, ...data })}`,
  help: () =>
    'close the owner with a slash, and name the repository: "repo:<owner>/<name>:ref:refs/heads/main"',
});
