import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';

/** Why a file or a part of it tells nothing about an account. */
export type SourceProblemCode =
  /** It is no JSON, YAML or HCL. */
  | 'source-syntax'
  /** A part has another type than its format says. */
  | 'source-wrong-type'
  /** It speaks of roles or policies, but is none of the kinds that are read. */
  | 'source-unknown-kind'
  /** A bound was met. */
  | 'source-too-large'
  /** The engine for its language was not given. */
  | 'source-no-engine';

/** One problem with its place. `fatal`: nothing of the file was read. */
export interface SourceProblem {
  readonly code: SourceProblemCode;
  readonly file: SourceFile;
  readonly range: Range;
  readonly message: string;
  readonly fatal: boolean;
}

/** Collects what goes wrong while one file is read. */
export class ProblemList {
  readonly problems: SourceProblem[] = [];
  readonly file: SourceFile;

  constructor(file: SourceFile) {
    this.file = file;
  }

  /** Adds a problem; at most a hundred are kept, so that a hostile file cannot fill a report. */
  add(code: SourceProblemCode, range: Range, message: string, fatal = false): void {
    if (this.problems.length >= 100 && !fatal) return;
    const again = ({ range: at, message: text }: SourceProblem): boolean =>
      at.start === range.start && at.end === range.end && text === message;
    if (this.problems.some(again)) return;
    this.problems.push({ code, file: this.file, range, message, fatal });
  }
}
