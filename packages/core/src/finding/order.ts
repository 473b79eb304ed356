import type { Finding } from './finding.ts';
import { severities } from './severity.ts';

/** The order of every output: file, line, column, then rule; stable across runs and machines. */
export function byPlace(a: Finding, b: Finding): number {
  const [left] = a.locations;
  const [right] = b.locations;
  return (
    compare(left.file, right.file) ||
    left.startLine - right.startLine ||
    left.startColumn - right.startColumn ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

/** Worst first, then by place: for outputs that are cut after so many results. */
export function bySeverity(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || byPlace(a, b);
}

// INVARIANT: code unit order, never the locale's, so that two machines print the same.
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
