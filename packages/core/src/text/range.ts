/**
 * A half-open range of UTF-16 code units in a source text: `start` is the first unit, `end` the one
 * after the last. Every node of the workflow model carries one, so that findings and edits never
 * need a second look at the file.
 */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A position for people and for SARIF: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
