import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * StringEquals compares `*` and `?` as they are.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-literal-wildcard',
  title: 'A wildcard stands under an operator that takes it literally',
  severity: 'medium',
  label: 'a plain character here',
  message: ({ role, about, written }) =>
    `"${about}" takes the wildcard in "${written ?? ''}" literally, so no token gets into the role "${role}" by it`,
  help: () =>
    'write the whole subject; StringLike would take the wildcard, and everything that it matches',
});
