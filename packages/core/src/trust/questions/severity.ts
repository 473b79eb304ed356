import type { Severity } from '../../finding/severity.ts';
import type { Formula } from '../../language/formula.ts';
import type { Answer, Examination } from '../examination.ts';
import { all, equals, not } from '../formula.ts';

/**
 * `low` where every token of a kind runs a workflow that the policy fixes to its ref: whoever starts
 * it, the code is the one that was meant.
 */
export function severityOf(
  severity: Severity,
  { named }: Examination,
  formula: Formula,
  ask: (formula: Formula) => Answer,
): Severity {
  if (named.workflows.length === 0) return severity;
  const others = named.workflows.map((ref) => not(equals('job_workflow_ref', ref, true)));
  return ask(all([formula, ...others])) === 'none' ? 'low' : severity;
}
