import { checklist, type AppliedFix, type FixResult, type SkippedFix } from '@sallyport/core';

import { redact } from '../../audit/redact.ts';
import { checklistParts, type ChecklistPart } from '../checklist.ts';
import { count } from '../text/summary.ts';

/** What became of the fixes of all targets. */
export interface FixReport {
  readonly results: readonly FixResult[];
  /** `--diff`: nothing was written. */
  readonly diff: boolean;
  readonly exitCode: number;
}

/** The checklists of all repositories; the name stands there when there are several. */
export function checklists({ results }: FixReport): { name: string; parts: ChecklistPart[] }[] {
  const lists = results.map((result) => ({
    name: result.before.repository.input.name,
    parts: checklistParts(checklist(result)),
  }));
  const filled = lists.filter(({ parts }) => parts.length > 0);
  return filled.length > 1 ? filled : filled.map(({ parts }) => ({ name: '', parts }));
}

/** What was done, in one line. */
export function fixVerdict({ results, diff }: FixReport): string {
  const files = results.reduce((sum, one) => sum + one.files.length, 0);
  const applied = results.reduce((sum, one) => sum + one.applied.length, 0);
  if (applied === 0) return 'nothing to fix';
  const what = `${count(applied, 'finding')} in ${count(files, 'file')}`;
  return diff ? `would fix ${what}; nothing was written` : `fixed ${what}`;
}

/** Where a fix is, or would have been, made. */
export function placeOf({ finding }: Pick<AppliedFix, 'finding'>): string {
  const [{ file, startLine }] = finding.locations;
  return `${file}:${startLine}`;
}

/** A fix that was made, in words. */
export function appliedText(fix: AppliedFix): string {
  const kind = fix.safe ? '' : ` (unsafe${fix.reason ? `: ${fix.reason}` : ''})`;
  return redact(`${placeOf(fix)} ${fix.finding.rule}: ${fix.title}${kind}`);
}

/** A finding that stays, and why, in words. */
export function skippedText(skip: SkippedFix): string {
  const kind = skip.why === 'unsafe' ? 'unsafe, ' : '';
  return redact(`${placeOf(skip)} ${skip.finding.rule}: ${kind}${skip.reason}`);
}
