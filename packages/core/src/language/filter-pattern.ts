import { difference, intersection, lettersOf, union } from './automaton.ts';
import { anyCharacter, joined, listed, range, without, type Characters } from './characters.ts';
import {
  anyText,
  choice,
  literally,
  oneOf,
  optional,
  repeat,
  sequence,
  type Expression,
} from './expression.ts';
import type { Letters } from './letters.ts';
import { acceptsText, buildNodes } from './nondeterministic.ts';
import { TooManyStates } from './table.ts';

/** One pattern of `branches`, `tags`, `paths` and their `-ignore` twins. */
export interface FilterPattern {
  /** Begins with `!`: takes back what patterns before it matched. */
  readonly negated: boolean;
  readonly expression: Expression;
  /** Whether the whole text matches, the `!` left aside: at most text times pattern steps. */
  readonly matches: (text: string) => boolean;
}

/** Why GitHub would not take a pattern. */
export interface FilterProblem {
  readonly problem: string;
}

/**
 * Reads a filter pattern: `*` is any characters but `/`, `**` any characters, `?` none or one of the
 * character before it, `+` one or more of it, `[]` one of the letters and digits listed or in the
 * ranges, `\` takes the next character literally, `!` at the start negates. A `**` and a slash at the
 * start of a path segment may also be nothing, as in the examples of that page (a pattern of any depth
 * for README.md matches one at the top). Unverified against GitHub: quantifiers after a star, which
 * change nothing here, and a quantifier at the very start, which is taken literally.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function parseFilter(source: string): FilterPattern | FilterProblem {
  const negated = source.startsWith('!');
  const letters = Array.from(negated ? source.slice(1) : source);
  if (letters.length === 0) return { problem: `the filter pattern "${source}" is empty` };
  const items: Expression[] = [];
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? '';
    const last = items.at(-1);
    if (letter === '*' && letters[at + 1] === '*') {
      const starts = at === 0 || letters[at - 1] === '/';
      at += 1;
      const next = letters[at + 2];
      if (starts && letters[at + 1] === '/' && next !== '?' && next !== '+') {
        items.push(optional(sequence(anyText, literally('/'))));
        at += 1;
      } else items.push(anyText);
    } else if (letter === '*') items.push(repeat(oneOf(noSlash), 0));
    else if ((letter === '?' || letter === '+') && last !== undefined)
      items[items.length - 1] = quantify(last, letter);
    else if (letter === '[') {
      const end = letters.indexOf(']', at);
      const set = end === -1 ? undefined : readClass(letters.slice(at + 1, end));
      if (set === undefined)
        return {
          problem: `the filter pattern "${source}" has a [ that is not followed by letters, digits or ranges of them and a ]`,
        };
      items.push(oneOf(set));
      at = end;
    } else if (letter === '\\') {
      const next = letters[at + 1];
      if (next === undefined)
        return { problem: `the filter pattern "${source}" ends with a \\ that escapes nothing` };
      items.push(literally(next));
      at += 1;
    } else items.push(literally(letter));
  }
  const expression = sequence(...items);
  const nodes = buildNodes(expression, Infinity);
  return { negated, expression, matches: (text) => acceptsText(nodes, text) };
}

/** Whether a list of patterns takes a name: the last one that matches it decides, none takes nothing. */
export function matchFilters(patterns: readonly FilterPattern[], text: string): boolean {
  return patterns.findLast((pattern) => pattern.matches(text))?.negated === false;
}

/**
 * The names within a set that a list of patterns takes, as {@link matchFilters}. Undefined where the
 * patterns are too tangled for a deterministic automaton: ask about single names then.
 */
export function filterLetters(
  patterns: readonly FilterPattern[],
  within: Letters,
): Letters | undefined {
  try {
    let taken = intersection(within, lettersOf(choice()));
    for (const { negated, expression } of patterns) {
      const matched = intersection(within, lettersOf(expression));
      taken = negated ? difference(taken, matched) : union(taken, matched);
    }
    return taken;
  } catch (error) {
    if (error instanceof TooManyStates) return undefined;
    throw error;
  }
}

const noSlash = without(anyCharacter, listed('/'));

// ATTACKER: `a++++...` must not write the repetition out once for each sign, each time twice as long.
function quantify(last: Expression, sign: '?' | '+'): Expression {
  const [of, least, most] =
    last.kind === 'repeat' ? [last.of, last.least, last.most] : [last, 1, 1];
  return sign === '?' ? repeat(of, 0, most) : repeat(of, least, Infinity);
}

function readClass(letters: readonly string[]): Characters | undefined {
  const sets: Characters[] = [];
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? '';
    const last = letters[at + 2];
    if (letters[at + 1] === '-' && last !== undefined) {
      const kind = kinds.find((kind) => kind.test(letter));
      if (kind === undefined || !kind.test(last) || letter > last) return undefined;
      sets.push(range(letter, last));
      at += 2;
    } else if (kinds.some((kind) => kind.test(letter))) sets.push(listed(letter));
    else return undefined;
  }
  return sets.length === 0 ? undefined : joined(...sets);
}

const kinds = [/^[a-z]$/, /^[A-Z]$/, /^[0-9]$/];
