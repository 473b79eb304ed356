import type { Letters } from './letters.ts';

/**
 * A set of words with several fields that belong together: every field is written from the same
 * variables, so that `repository` and `sub` name the same repository. The set holds one word for each
 * choice of a string per variable.
 */
export interface Shape<Data = unknown> {
  /** Whatever the maker wants to know of a word that was found here. */
  readonly data: Data;
  readonly variables: readonly Variable[];
  /** By field name; a field that is not here is absent from every word of the shape. */
  readonly fields: ReadonlyMap<string, readonly Segment[]>;
}

/** A part of a word that is free within a set of strings. */
export interface Variable {
  readonly name: string;
  readonly letters: Letters;
}

/** A piece of a field. `encode: 'colon'` writes `%3A` for each `:` of the variable, as GitHub does in subjects. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly encode?: 'colon' };

/** One word of a shape: its variables and the fields written from them. */
export interface Word<Data = unknown> {
  readonly shape: Shape<Data>;
  readonly variables: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, string>;
}
