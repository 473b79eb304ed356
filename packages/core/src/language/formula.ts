import type { Glob } from './glob.ts';

/**
 * A condition on the fields of a word, each field a string or absent. Negation, presence and any
 * mixture of fields are allowed; what cannot be expressed is `unknown` with the reason, and makes an
 * answer that hangs on it `undecided`.
 */
export type Formula =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The field is present and the whole of it matches; false where the field is absent. */
  | { readonly kind: 'matches'; readonly field: string; readonly glob: Glob }
  | { readonly kind: 'present'; readonly field: string }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'all'; readonly of: readonly Formula[] }
  | { readonly kind: 'any'; readonly of: readonly Formula[] };
