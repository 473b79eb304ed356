import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * Ids in a subject are there so that a name cannot change hands; `@*` gives that up.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-wildcard-id',
  title: 'The role leaves the ids of a subject open',
  severity: 'low',
  label: 'leaves the id open',
  message: ({ role, about, ...data }) =>
    `the role "${role}" leaves the ids of "${about}" open, so that the name made anew gets in: ${subjectOf({ role, about, ...data })}`,
  help: () => 'write the ids: GitHub shows them as "sub_claim_prefix" of the repository',
});
