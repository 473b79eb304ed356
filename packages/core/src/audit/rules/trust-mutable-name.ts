import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * A name that is given up after a rename or a deletion can be registered anew by somebody else; an id cannot.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-mutable-name',
  title: 'The role trusts a name that can change hands',
  severity: 'low',
  label: 'trusts the name alone',
  message: ({ role, about }) =>
    `the role "${role}" trusts "${about}" by its name: whoever registers that name anew gets in`,
  help: () =>
    'add "repository_id" and "repository_owner_id", or move to subjects with ids: "repo:<owner>@<id>/<name>@<id>:..."',
});
