import { anyCharacter, joined, listed, type Characters } from './characters.ts';
import { lettersAlike } from './letter-case.ts';

/** A regular expression as data; `lettersOf` makes an automaton of it. */
export type Expression =
  | { readonly kind: 'one'; readonly of: Characters }
  | { readonly kind: 'sequence'; readonly of: readonly Expression[] }
  | { readonly kind: 'choice'; readonly of: readonly Expression[] }
  /** From `least` to `most` times; `most` may be Infinity. */
  | {
      readonly kind: 'repeat';
      readonly of: Expression;
      readonly least: number;
      readonly most: number;
    };

/** One character of the set. */
export function oneOf(...sets: readonly Characters[]): Expression {
  return { kind: 'one', of: joined(...sets) };
}

/** The text itself; with `ignoreCase` in any case of its letters. */
export function literally(text: string, options: { ignoreCase?: boolean } = {}): Expression {
  return sequence(
    ...Array.from(text, (letter) =>
      options.ignoreCase === true ? oneOf(lettersAlike(letter)) : oneOf(listed(letter)),
    ),
  );
}

/** One after the other; of nothing, the empty string. */
export function sequence(...of: readonly Expression[]): Expression {
  return { kind: 'sequence', of };
}

/** Any one of them; of nothing, no string at all. */
export function choice(...of: readonly Expression[]): Expression {
  return { kind: 'choice', of };
}

/** From `least` to `most` times in a row. */
export function repeat(of: Expression, least: number, most: number = Infinity): Expression {
  return { kind: 'repeat', of, least, most };
}

/** Zero times or once. */
export function optional(of: Expression): Expression {
  return repeat(of, 0, 1);
}

/** Any string at all. */
export const anyText: Expression = repeat(oneOf(anyCharacter), 0);
