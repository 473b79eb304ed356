import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * A trust policy that departs from the grammar: IAM does not take it, so the role cannot be made.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-policy-invalid',
  title: 'IAM refuses the trust policy',
  severity: 'medium',
  label: 'IAM takes no such policy',
  message: ({ role, about }) => `IAM refuses the trust policy of "${role}": ${about}`,
  help: () => 'mend the policy; nothing can be said of what it would let in',
});
