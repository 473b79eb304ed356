import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * Ids behind a hyphen: announced on 2026-04-23, withdrawn because such names can be registered.
 * Source: https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
 * and https://labs.boostsecurity.io/articles/sleeper-squats-github-oidc-immutable-subject-claim
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-withdrawn-subject',
  title: 'The role trusts a form of subjects that GitHub withdrew',
  severity: 'high',
  confidence: 'medium',
  label: 'a form that GitHub never mints for you',
  message: ({ role, about, written }) =>
    `the role "${role}" trusts "${written ?? about}", a form that GitHub withdrew: whoever registers "${about}" gets in`,
  help: () => 'write the ids behind an "@": "repo:<owner>@<id>/<name>@<id>:..."',
});
