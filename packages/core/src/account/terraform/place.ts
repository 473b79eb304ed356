import type { DocumentNode, PolicyDocument } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import type { SourceFile } from '../../text/source.ts';
import type { Step } from './step.ts';

/** What stands behind the names of a folder: variables, locals, resources. */
export interface Names {
  /** The value of `root` and the steps that follow it. */
  named(root: string, steps: readonly Step[], at: Place): DocumentNode;
}

/** Where an expression stands. */
export interface Place {
  readonly file: SourceFile;
  readonly range: Range;
  /** The expression as written. */
  readonly text: string;
}

/** The file of a heredoc, and where the characters of its text stand in it. */
export interface HeredocPlaces {
  readonly file: SourceFile;
  readonly place: (offset: number) => number;
}

/** What the reading of one expression asks of the evaluation around it. */
export interface Evaluation extends Names {
  /** Runs one level of an expression, unless it is too deep or too much work was done. */
  level(at: Place, work: () => DocumentNode): DocumentNode;
  /** A string that is the JSON of a document. */
  encode(name: string, document: PolicyDocument, range: Range): DocumentNode;
  /** Remembers where the characters of a heredoc stand. */
  remember(node: DocumentNode, places: HeredocPlaces): void;
}
