import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A wildcard in the tag of a subject: tags can be made and moved by whoever can push.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-tag-pattern',
  title: 'The role takes tokens of tags that a pattern matches',
  severity: 'medium',
  label: 'matches tags that are not named',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of tags of "${about}" that it does not name, such as ${subjectOf({ role, about, ...data })}`,
  help: () =>
    'let an environment decide which tags are deployed: ":environment:<name>" with a tag rule',
});
