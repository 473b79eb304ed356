/** A node of the grammar's tree, as plain data; the grammar's own tree is freed at once. */
export interface SyntaxNode {
  /** The grammar's name of it (`pipeline`), or the token itself (`&&`). */
  readonly kind: string;
  /** The grammar's name of its place in the parent, e.g. `body`. */
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly named: boolean;
  /** A token that the grammar put in where the text has none. */
  readonly missing: boolean;
  readonly children: SyntaxNode[];
}

/** The result of one parse. */
export interface SyntaxTree {
  readonly root: SyntaxNode;
  readonly hasError: boolean;
  /** The nodes of `$( )`, `<( )` and `>( )` by their offset. */
  readonly substitutions: ReadonlyMap<number, SyntaxNode>;
}

/** What has been spent on a script so far; every parse of a part of it counts. */
export interface Budget {
  work: number;
  parses: number;
}

/**
 * Parses a skeleton whose first unit stands at offset `base` of the script; offsets in the tree are
 * the script's. Returns undefined when the budget is spent, when the engine failed, and, unless `tolerant`, soon after an error.
 */
export type ParseSkeleton = (
  units: Uint8Array,
  base: number,
  budget: Budget,
  tolerant: boolean,
) => SyntaxTree | undefined;
