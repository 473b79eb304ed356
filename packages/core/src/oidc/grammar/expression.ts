/** What a name may look like, as a regular expression over code points made of plain data. */
export type Expression =
  | { readonly kind: 'class'; readonly of: LetterClass }
  | { readonly kind: 'sequence'; readonly of: readonly Expression[] }
  | { readonly kind: 'choice'; readonly of: readonly Expression[] }
  | {
      readonly kind: 'repeat';
      readonly of: Expression;
      readonly least: number;
      /** Infinity when there is no limit. */
      readonly most: number;
    };

/** A set of letters; `named` are those that it tells apart and that a list of common letters may lack. */
export interface LetterClass {
  readonly named: readonly string[];
  includes(letter: string): boolean;
}

/** Any of the letters of a text. */
export function among(letters: string): Expression {
  const named = Array.from(letters);
  const known = new Set(named);
  return { kind: 'class', of: { named, includes: (letter) => known.has(letter) } };
}

/** Any letter but those of a text. */
export function anyBut(letters: string): Expression {
  const named = Array.from(letters);
  const known = new Set(named);
  return { kind: 'class', of: { named, includes: (letter) => !known.has(letter) } };
}

/** Any letter but control characters and those of a text. */
export function visibleBut(letters: string): Expression {
  const named = Array.from(letters);
  const known = new Set(named);
  const includes = (letter: string): boolean =>
    !known.has(letter) && letter >= ' ' && letter !== '\u007F';
  return { kind: 'class', of: { named, includes } };
}

/** Exactly this text. */
export function literal(text: string): Expression {
  return sequence(...Array.from(text, among));
}

/** This text in upper or lower case. */
export function anyCase(text: string): Expression {
  return sequence(
    ...Array.from(text, (letter) => among(letter.toLowerCase() + letter.toUpperCase())),
  );
}

/** One after the other. */
export function sequence(...of: readonly Expression[]): Expression {
  return { kind: 'sequence', of };
}

/** One of them; none of no expressions. */
export function choice(...of: readonly Expression[]): Expression {
  return { kind: 'choice', of };
}

/** Several times, `least` to `most`. */
export function repeat(
  of: Expression,
  least: number = 0,
  most: number = Number.POSITIVE_INFINITY,
): Expression {
  return { kind: 'repeat', of, least, most };
}

/** Once or not at all. */
export function optional(of: Expression): Expression {
  return repeat(of, 0, 1);
}

/** Any text, the empty one too. */
export const anything: Expression = repeat(anyBut(''));
