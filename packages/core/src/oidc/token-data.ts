import type { Shape } from '../language/shape.ts';
import type { RefKind } from './event-refs.ts';
import type { ContextKind, SubjectFormat } from './format.ts';

/** What is known of every token of a shape besides its claims. */
export interface TokenData {
  readonly format: SubjectFormat;
  /** What the subject of the default format is about. */
  readonly context: ContextKind;
  readonly ref: RefKind;
  /** Whose workflow `job_workflow_ref` names. */
  readonly callee: 'own' | 'any' | 'given';
  /** False where GitHub does not document that such a token exists. */
  readonly documented: boolean;
  /** In words for `assumptions[]`. */
  readonly notes: readonly string[];
}

/** Tokens that differ only in names. */
export type TokenShape = Shape<TokenData>;

/** Shapes, and the formats in which no token can be made. */
export interface TokenSet {
  readonly shapes: readonly TokenShape[];
  readonly unmade: readonly UnmadeToken[];
}

/** A format that has no subject for a run. */
export interface UnmadeToken {
  readonly format: SubjectFormat;
  /** `refused`: GitHub makes no such token. `undecided`: nobody can say what it holds. */
  readonly kind: 'refused' | 'undecided';
  readonly reason: string;
}
