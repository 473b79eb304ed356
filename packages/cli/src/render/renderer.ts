import type { Rollup } from '@sallyport/core';

import type { ReportNote, RepositoryReport, RunSummary, Sources } from '../audit/report.ts';

/** Everything known when the last repository has been examined. */
export interface RunReport {
  readonly repositories: readonly RepositoryReport[];
  readonly summary: RunSummary;
  /** How the repositories get into AWS; absent for single files. */
  readonly rollup?: Rollup;
  /** Notes that belong to the run, not to one repository. */
  readonly notes: readonly ReportNote[];
  /** The paths that were asked for, for the next command. */
  readonly paths: readonly string[];
}

/** Turns reports into text, one repository at a time so that none must be kept for its sources. */
export interface Renderer {
  /** What to print once a repository is examined. */
  repository(report: RepositoryReport, sources: Sources): string;
  /** What to print at the end. */
  end(run: RunReport): string;
}

/** The formats of the contract (DESIGN section 4). */
export const formats = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
/** One of {@link formats}. */
export type Format = (typeof formats)[number];
