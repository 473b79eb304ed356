import type { AcceptedToken } from '../config/config.ts';
import type { SubjectFormat } from '../oidc/format.ts';
import type { RunFacts } from './runs.ts';

/** What a proof is told besides the files. */
export interface ProveSettings extends RunFacts {
  /** How subjects may be written; one when it is known. */
  readonly formats: readonly SubjectFormat[];
  /** Whether every format must hold (`--subject-format both`), instead of an unknown one. */
  readonly everyFormat: boolean;
  /** Whether providers that no input shows are there. */
  readonly assumeProvider: boolean;
  /** Whether what was taken for granted makes a case undecided. */
  readonly strict: boolean;
  /** Full refs: only runs of these are proved; of all when empty. */
  readonly refs: readonly string[];
  /** What roles are for, from the configuration. */
  readonly intentions: readonly Intention[];
}

/** A role of an environment and the tokens it is meant to accept. */
export interface Intention {
  /** A name or an ARN. */
  readonly role: string;
  /** 12 digits. */
  readonly account?: string;
  readonly accepts?: readonly AcceptedToken[];
}
