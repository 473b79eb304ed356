import type { Rule } from '../rule.ts';
import { defineTrustRule } from '../trust-rule.ts';

/**
 * JSON with a name that stands twice: AWS keeps the last, and the condition before it is gone.
 * Source: https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-duplicate-key',
  title: 'A key stands twice, and AWS keeps the last',
  severity: 'medium',
  label: 'lost: the key stands again below',
  message: ({ role, about }) => `the trust policy of "${role}" loses a part: ${about}`,
  help: () => 'join both under one key',
});
