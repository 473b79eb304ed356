import { severities, type Rollup } from '@sallyport/core';

import type { RepositoryReport } from '../audit/report.ts';
import { version } from '../version.ts';
import type { Renderer, RunReport } from './renderer.ts';

/** The shape of every JSON output; fields may be added, never renamed (DESIGN section 5). */
export const schemaVersion = 1;

/** The machine's format: everything, at the end. */
export function jsonRenderer(): Renderer {
  return { repository: () => '', end: (run) => `${safeJson(auditJson(run))}\n` };
}

/**
 * JSON that a log may show: GitHub's runner obeys `##[command]` anywhere in a line, and a terminal
 * obeys control characters of the C1 block, which JSON leaves as they are.
 */
export function safeJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .replaceAll('##[', String.raw`#\u0023[`)
    .replaceAll(
      /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
      (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function auditJson({ repositories, summary, notes, rollup }: RunReport): unknown {
  const all = <Item>(of: (report: RepositoryReport) => readonly Item[]): Item[] =>
    repositories.flatMap(of);
  return {
    schemaVersion,
    tool: { name: 'sallyport', version },
    command: 'audit',
    summary: {
      findings: summary.findings,
      total: severities.reduce((sum, severity) => sum + summary.findings[severity], 0),
      suppressed: summary.suppressed,
      baseline: summary.known,
      invalid: summary.invalid,
      repositories: summary.repositories,
      rulesOff: summary.rulesOff,
      failOn: summary.failOn,
      exitCode: summary.exitCode,
    },
    findings: all((report) => report.findings),
    suppressed: summary.suppressed,
    suppressedFindings: all((report) => report.suppressed),
    inputs: { ...summary.counts, invalid: all((report) => report.invalid) },
    examined: all((report) => report.examined),
    notes: [...notes, ...all((report) => report.notes)],
    repositories: repositories.filter((report) => !report.lone).map(repositoryJson),
    ...(rollup ? { rollup: rollupJson(rollup) } : {}),
  };
}

/** The rows themselves stand under `repositories`. */
function rollupJson({ repositories: _rows, ...sums }: Rollup): unknown {
  return sums;
}

function repositoryJson({
  name,
  path,
  findings,
  suppressed,
  known,
  invalid,
  counts,
  rulesOff,
  row,
}: RepositoryReport): unknown {
  const bySeverity = Object.fromEntries(
    severities.map((severity) => [
      severity,
      findings.filter((finding) => finding.severity === severity).length,
    ]),
  );
  return {
    name,
    path,
    findings: bySeverity,
    suppressed: suppressed.length,
    baseline: known.length,
    inputs: { ...counts, invalid: invalid.length },
    rulesOff,
    ...(row ? { mode: row.mode, families: row.families, workflows: row.workflows } : {}),
  };
}
