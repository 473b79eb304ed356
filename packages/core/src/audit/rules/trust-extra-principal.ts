import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * What the policy asks of tokens does not bind the other principals that it trusts.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-extra-principal',
  title: 'Others than GitHub may take the role too',
  severity: 'low',
  label: 'may take the role too',
  message: ({ role, about }) =>
    `the role "${role}", which GitHub deploys with, is also open to ${about}`,
  help: () => 'give each a role of its own',
});
