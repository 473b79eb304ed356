import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';

/** A part of a source that could not be followed: what it would add to an account is not known. */
export interface UnresolvedPart {
  readonly file: SourceFile;
  readonly range: Range;
  /** What people find it by: a logical id, an address. */
  readonly label: string;
  /** Why, in words. */
  readonly what: string;
}
