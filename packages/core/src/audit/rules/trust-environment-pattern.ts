import type { Rule } from '../rule.ts';
import { defineTrustRule, subjectOf } from '../trust-rule.ts';

/**
 * A wildcard in the environment of a subject: a workflow on any branch can name an environment that does not
 * exist, and GitHub makes it, without protection.
 * Source: https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
 * and https://docs.github.com/actions/reference/security/oidc
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-environment-pattern',
  title: 'The role takes tokens of any environment',
  severity: 'medium',
  label: 'matches environments that are not named',
  message: ({ role, about, ...data }) =>
    `the role "${role}" takes tokens of environments of "${about}" that it does not name, such as ${subjectOf({ role, about, ...data })}`,
  help: () => 'name the environments, and protect each of them on GitHub',
});
