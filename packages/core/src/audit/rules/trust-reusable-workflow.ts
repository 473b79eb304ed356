import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A policy that fixes the called workflow and not its caller. Anybody can call a workflow of a public
 * repository, with inputs and on files of their own.
 * Source: https://docs.github.com/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows
 * and https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-reusable-workflow',
  title: 'The role takes tokens of whoever calls a workflow',
  severity: 'high',
  confidence: 'medium',
  label: 'does not say who may call it',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of whoever calls "${about}", such as ${subjectOf({ role, about, ...data })}`,
  help: () =>
    'say who may call it: a condition on "sub", on "repository_owner_id" or on "repository_id"',
});
