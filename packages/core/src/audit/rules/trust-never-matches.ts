import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * A condition that no token of GitHub fulfils: the job fails with "Not authorized to perform
 * sts:AssumeRoleWithWebIdentity", after all retries.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-never-matches',
  title: 'The role takes no token at all',
  severity: 'medium',
  label: 'no token has this',
  message: ({ role, about, written, detail }) =>
    written === null || about === ''
      ? `no token of GitHub gets into the role "${role}": ${detail ?? ''}`
      : `no token of GitHub has "${written}" as "${about}" (role "${role}"): ${detail ?? ''}`,
  help: () =>
    'write the value as GitHub mints it; docs.github.com shows the forms, and the jobs of the repository which of them is theirs',
});
