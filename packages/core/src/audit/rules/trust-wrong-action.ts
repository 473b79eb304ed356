import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * Tokens of GitHub are exchanged by sts:AssumeRoleWithWebIdentity and by nothing else.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-wrong-action',
  title: 'The trust of GitHub has an action that no token is exchanged by',
  severity: 'medium',
  label: 'not the action of a token',
  message: ({ role, about }) =>
    `the role "${role}" trusts GitHub with "${about}", by which no token is exchanged`,
  help: () => 'write "sts:AssumeRoleWithWebIdentity"',
});
