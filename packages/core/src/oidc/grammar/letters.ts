import { difference, lettersOf as automatonOf, union } from '../../language/automaton.ts';
import type { Expression } from '../../language/expression.ts';
import type { Letters } from '../../language/letters.ts';

/** Takes the texts of an expression in, or leaves them out. */
export interface LettersRule {
  readonly include: boolean;
  readonly of: Expression;
}

/** The texts of an expression without those of another. */
export function lettersOf(expression: Expression, without?: Expression): Letters {
  const all = automatonOf(expression);
  return without ? difference(all, automatonOf(without)) : all;
}

/** The texts for which the last rule that matches takes them in. */
export function orderedLetters(rules: readonly LettersRule[]): Letters {
  const nothing = automatonOf({ kind: 'choice', of: [] });
  return rules.reduce(
    (found, { include, of }) =>
      include ? union(found, automatonOf(of)) : difference(found, automatonOf(of)),
    nothing,
  );
}
