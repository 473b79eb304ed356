import type { Letters } from '../../language/letters.ts';
import {
  among,
  anyBut,
  anything,
  literal,
  repeat,
  sequence,
  type Expression,
} from './expression.ts';
import { orderedLetters, type LettersRule } from './letters.ts';

/**
 * What a list of filter patterns lets through, as under `branches:`: the last pattern that matches
 * decides, `!` in front shuts out; a list without a positive pattern lets nothing through. `only`
 * are further rules for the name.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function filterLetters(
  patterns: readonly string[],
  only: readonly LettersRule[] = noRules,
): Letters {
  const known = made.get(only) ?? new Map<string, Letters>();
  made.set(only, known);
  const key = JSON.stringify(patterns);
  const before = known.get(key);
  if (before) return before;
  if (known.size >= maxMade) known.clear();
  const letters = lettersOf(patterns, only);
  known.set(key, letters);
  return letters;
}

const noRules: readonly LettersRule[] = [];

/** Automata by the patterns that they were made from: the workflows of a repository filter alike. */
const made = new WeakMap<readonly LettersRule[], Map<string, Letters>>();
const maxMade = 200;

function lettersOf(patterns: readonly string[], only: readonly LettersRule[]): Letters {
  const rules = patterns.map((pattern) =>
    pattern.startsWith('!')
      ? { include: false, of: filterExpression(pattern.slice(1)) }
      : { include: true, of: filterExpression(pattern) },
  );
  return orderedLetters([...rules, ...only]);
}

function filterExpression(pattern: string): Expression {
  const parts: Expression[] = [];
  for (const [part] of pattern.matchAll(/\\.|\[[^\]]+\]|\*+|./gsu)) {
    const before = parts.at(-1);
    // `?` and `+` speak of the part before them.
    if ((part === '?' || part === '+') && before)
      parts.splice(-1, 1, part === '?' ? repeat(before, 0, 1) : repeat(before, 1));
    else parts.push(partExpression(part));
  }
  return sequence(...parts);
}

function partExpression(part: string): Expression {
  if (part === '*') return repeat(anyBut('/'), 0);
  if (part.startsWith('**')) return anything;
  if (part.startsWith('[') && part.length > 2) return among(listed(part.slice(1, -1)));
  return literal(part.length > 1 && part.startsWith('\\') ? part.slice(1) : part);
}

/** The letters of `a-z0-9_`. */
function listed(text: string): string {
  return text.replaceAll(/([a-zA-Z0-9])-([a-zA-Z0-9])/g, (_, from: string, to: string) => {
    let letters = '';
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++)
      letters += String.fromCharCode(code);
    return letters;
  });
}
