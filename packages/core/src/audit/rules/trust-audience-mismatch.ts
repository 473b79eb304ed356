import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * The audience of a token must be among the client ids of the provider, whatever the trust policy says.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-audience-mismatch',
  title: 'The provider does not take the audience that the role asks for',
  severity: 'medium',
  label: 'no client id of the provider',
  message: ({ role, about, detail }) =>
    `the role "${role}" asks for the audience "${about}", the provider takes only "${detail ?? ''}"`,
  help: ({ about }) =>
    `add "${about}" to the client ids of the provider, or ask for an audience that it has`,
});
