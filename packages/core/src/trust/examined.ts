import type { RoleState } from '../account/model.ts';
import type { SourceProblem } from '../account/problem.ts';
import type { SourceFile } from '../text/source.ts';
import type { TrustReport } from './flaw.ts';

/** A role that trusts GitHub, and what is wrong with its trust policy. */
export interface ExaminedRole {
  readonly role: RoleState;
  /** The file that ranges of the report point into. */
  readonly file: SourceFile;
  readonly report: TrustReport;
}

/** What the files of a repository say about roles that trust GitHub. */
export interface ExaminedPolicies {
  /** All files that were read. */
  readonly files: readonly SourceFile[];
  readonly roles: readonly ExaminedRole[];
  /** Files, and parts of them, that could not be understood. */
  readonly problems: readonly SourceProblem[];
  /** What could not be followed or decided, in words with its place. */
  readonly notes: readonly string[];
  /** Those of the notes that leave open what the files say in full: nobody may read them as a pass. */
  readonly undecided: readonly string[];
}
