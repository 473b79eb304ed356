import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * AWS maps only a few claims of GitHub to condition keys; a condition on another one never holds.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-unsupported-key',
  title: 'A condition is on a key that AWS does not have',
  severity: 'medium',
  label: 'AWS has no such key',
  message: ({ role, about }) =>
    `AWS has no condition key "${about}" for this provider, so no token gets into the role "${role}"`,
  help: () =>
    'use "sub", "aud" or one of the claims that AWS maps: actor, actor_id, enterprise_id, environment, job_workflow_ref, ref, repository, repository_id, repository_owner_id, workflow',
});
