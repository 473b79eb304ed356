import { atLeast, type Severity } from '@sallyport/core';

import { exitCodeOf } from '../exit.ts';
import type { RepositoryReport, RunSummary } from './report.ts';

/** What decides on the verdict beside the findings. */
export interface Verdict {
  readonly failOn: Severity | 'never';
  /** Rule ids that were chosen; all ran when empty. */
  readonly rules: readonly string[];
  /** Exit codes of errors that happened on the way. */
  readonly codes: readonly number[];
  /** All findings went into a new baseline, so none of them fails the run. */
  readonly baselineWritten: boolean;
}

/** Adds everything up and decides on the exit code. */
export function summarise(
  reports: readonly RepositoryReport[],
  { failOn, rules, codes, baselineWritten }: Verdict,
): RunSummary {
  const findings = reports.flatMap((report) => report.findings);
  const count = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const sum = (of: (report: RepositoryReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  const undecided = openQuestions(reports, rules);
  const failing =
    !baselineWritten &&
    failOn !== 'never' &&
    findings.some((finding) => atLeast(finding.severity, failOn));
  return {
    findings: {
      high: count('high'),
      medium: count('medium'),
      low: count('low'),
      info: count('info'),
    },
    suppressed: sum((report) => report.suppressed.length),
    known: sum((report) => report.known.length),
    invalid: new Set(reports.flatMap((report) => report.invalid.map(({ file }) => file))).size,
    undecided,
    counts: {
      workflows: sum(({ counts }) => counts.workflows),
      actions: sum(({ counts }) => counts.actions),
      jobs: sum(({ counts }) => counts.jobs),
      steps: sum(({ counts }) => counts.steps),
      policies: sum(({ counts }) => counts.policies),
      roles: sum(({ counts }) => counts.roles),
    },
    repositories: reports.filter((report) => !report.lone).length,
    rulesOff: [...new Set(reports.flatMap((report) => report.rulesOff))].toSorted(),
    failOn,
    exitCode: exitCodeOf([
      ...codes,
      failing ? 1 : 0,
      failOn !== 'never' && (unjudged(reports, rules) || undecided > 0) ? 4 : 0,
    ]),
  };
}

/**
 * A file that could not be read is a finding of `invalid-workflow`. Where that rule did not run, its
 * question stays open, and an open question is never 0.
 */
function unjudged(reports: readonly RepositoryReport[], chosen: readonly string[]): boolean {
  const rule = 'invalid-workflow';
  return reports.some(
    (report) =>
      report.invalid.some(({ fatal }) => fatal) &&
      ((chosen.length > 0 && !chosen.includes(rule)) || report.rulesOff.includes(rule)),
  );
}

/** Questions about trust policies that stay open though the files say all: the search gave up. */
function openQuestions(reports: readonly RepositoryReport[], chosen: readonly string[]): number {
  const asked = chosen.length === 0 || chosen.some((rule) => rule.startsWith('trust-'));
  if (!asked) return 0;
  return reports.flatMap(({ notes }) => notes.filter((note) => note.undecided === true)).length;
}
