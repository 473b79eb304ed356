import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * ForAllValues holds for a key that is not there, and so does IfExists: a misspelt one keeps nobody out.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-set-operator',
  title: 'A condition holds where its key is missing',
  severity: 'medium',
  label: 'holds without the key',
  message: ({ role, about, written }) =>
    `"${written ?? ''}" in the trust of "${role}" also holds where "${about}" is missing from the token`,
  help: ({ written }) =>
    `write ${(written ?? '').replace(/^ForAllValues:/, '').replace(/IfExists$/, '')}: claims of GitHub have one value each`,
});
