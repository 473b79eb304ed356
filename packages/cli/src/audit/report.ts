import type {
  AuditConfig,
  Config,
  Finding,
  KeyClass,
  RepositoryRow,
  Severity,
  SourceFile,
} from '@sallyport/core';

/** A finding without its place in the model, and a name for it that outlives edits around it. */
export interface ReportedFinding extends Finding {
  /** The same for the same defect after lines were added above it; absent when no format needs it. */
  readonly fingerprint?: string;
}

/** Everything the renderers know of one repository (or of one file that stands alone). */
export interface RepositoryReport {
  readonly name: string;
  /** Its folder as people see it; `.` for the current one. */
  readonly path: string;
  /** Whether it is a single file outside any repository. */
  readonly lone: boolean;
  readonly findings: readonly ReportedFinding[];
  /** Hidden by comments in the files. */
  readonly suppressed: readonly ReportedFinding[];
  /** Hidden by the baseline. */
  readonly known: readonly ReportedFinding[];
  readonly examined: readonly ExaminedKey[];
  readonly invalid: readonly InvalidFile[];
  readonly notes: readonly ReportNote[];
  readonly counts: Counts;
  /** How its workflows get into AWS; absent for a file that stands alone. */
  readonly row?: RepositoryRow;
  /** Rules that the repository's configuration switches off. */
  readonly rulesOff: readonly string[];
}

/** How much was examined. */
export interface Counts {
  readonly workflows: number;
  readonly actions: number;
  readonly jobs: number;
  readonly steps: number;
  /** Files that speak of roles, and the roles in them that trust GitHub. */
  readonly policies: number;
  readonly roles: number;
}

/** A key-like place and what it turned out to be. */
export interface ExaminedKey {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly name: string;
  readonly part: string;
  readonly class: KeyClass;
  readonly reason: string;
}

/** A file, or a part of one, that could not be examined. */
export interface InvalidFile {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  /** Absent when the file could not even be read. */
  readonly line?: number;
  readonly column?: number;
  readonly fatal: boolean;
}

/** Something that was left out, and why. */
export interface ReportNote {
  /** A rule, `git`, `search` or `baseline`. */
  readonly about: string;
  readonly path?: string;
  readonly reason: string;
  /** Whether a question stays open that the files should answer: such a run is no pass. */
  readonly undecided?: boolean;
}

/** What holds for the whole run. */
export interface RunSummary {
  readonly findings: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly known: number;
  readonly invalid: number;
  /** Questions that stay open though the files say all. */
  readonly undecided: number;
  readonly counts: Counts;
  readonly repositories: number;
  readonly rulesOff: readonly string[];
  readonly failOn: Severity | 'never';
  readonly exitCode: number;
}

/** The texts of a repository's files by the path that findings name; only there while it is rendered. */
export type Sources = (file: string) => SourceFile | undefined;

/** The configuration of a repository, and what else its file says. */
export interface LoadedConfig {
  readonly audit: AuditConfig;
  readonly name?: string;
  readonly maxFileSize?: number;
  /** All of the file, for commands that read more than the audit does. */
  readonly whole: Config;
}
