import {
  anyCharacter,
  joined,
  listed,
  range,
  without,
  type Characters,
} from '../../language/characters.ts';
import { literally, oneOf, type Expression } from '../../language/expression.ts';

export {
  anyText as anything,
  choice,
  optional,
  repeat,
  sequence,
  type Expression,
} from '../../language/expression.ts';

const controls: Characters = joined(range('\u0000', '\u001F'), listed('\u007F'));

/** Any of the letters of a text. */
export function among(letters: string): Expression {
  return oneOf(listed(letters));
}

/** Any letter but those of a text. */
export function anyBut(letters: string): Expression {
  return oneOf(without(anyCharacter, listed(letters)));
}

/** Any letter but control characters and those of a text. */
export function visibleBut(letters: string): Expression {
  return oneOf(without(anyCharacter, controls, listed(letters)));
}

/** Exactly this text. */
export function literal(text: string): Expression {
  return literally(text);
}

/** This text in upper or lower case. */
export function anyCase(text: string): Expression {
  return literally(text, { ignoreCase: true });
}

/** Any letter that no branch or tag has. */
export const noRefLetter: Expression = oneOf(range('\u0000', ' '), listed('\u007F~^:?*[\\'));
