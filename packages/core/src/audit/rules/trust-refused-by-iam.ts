import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * IAM looks at the text of a trust policy for GitHub when it is written: one whose statement compares
 * neither the subject nor the called workflow is refused as `MalformedPolicyDocument`.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-refused-by-iam',
  title: 'IAM does not take the trust policy any more',
  severity: 'medium',
  label: 'compares neither the subject nor the called workflow',
  message: ({ role, detail }) =>
    `the trust policy of "${role}" cannot be written: IAM answers MalformedPolicyDocument, "${detail ?? ''}"`,
  help: () =>
    'compare "token.actions.githubusercontent.com:sub" with the subjects that are meant; a role that has the policy already keeps it until its next change, which then fails',
});
