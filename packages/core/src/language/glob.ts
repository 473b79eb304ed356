/**
 * A pattern of IAM: `*` is any characters (none, `/`, `:` and line ends too), `?` exactly one. A glob
 * made without wildcards takes both literally.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export interface Glob {
  readonly parts: readonly GlobPart[];
  readonly ignoreCase: boolean;
}

export type GlobPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' };
