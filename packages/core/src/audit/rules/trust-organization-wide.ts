import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A wildcard where the repository stands, also beside an exact value: the loosest value of a list counts.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-organization-wide',
  title: 'The role takes tokens of every repository of an owner',
  severity: 'high',
  label: 'lets every repository of the owner in',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of every repository of "${about}", such as ${subjectOf({ role, about, ...data })}`,
  help: () => 'name the repositories, each with its branch or environment',
});
