import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A wildcard inside the name of a repository: `repo:acme/shop*` takes acme/shop-fork too.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-repository-prefix',
  title: 'The role takes tokens of repositories whose names are alike',
  severity: 'high',
  label: 'is not closed behind the repository',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of every repository whose name is like "${about}", such as ${subjectOf({ role, about, ...data })}`,
  help: () =>
    'close the name with a colon and what stands behind it: "repo:<owner>/<name>:ref:refs/heads/main"',
});
