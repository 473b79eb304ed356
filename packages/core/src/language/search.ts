import { Conditions, TooDeep, type Residue } from './condition.ts';
import { deepest, evaluateFormula } from './evaluate.ts';
import type { Formula } from './formula.ts';
import type { Shape, Word } from './shape.ts';
import { TooManyStates } from './table.ts';
import { Walker, type Walk } from './walk.ts';
import { wordAt } from './word.ts';

/** How much a search may keep before it gives up: about so many states of ordinary size. */
export interface SearchOptions {
  readonly budget?: number;
}

/** The answer to "is there a word for which the formula holds?". */
export type Search<Data = unknown> =
  | { readonly kind: 'found'; readonly word: Word<Data> }
  | { readonly kind: 'empty' }
  | { readonly kind: 'undecided'; readonly reason: string };

const defaultBudget = 200_000;

/**
 * A shortest word (fewest letters over the variables of its shape) of any of the shapes for which the
 * formula holds; among equally short ones, letters that read well are tried first. Exact: `empty` says
 * that there is none. `found` and `empty` are true whatever the
 * unknown parts of the formula are; what hangs on them, or needs more than the budget, is `undecided`.
 */
export function findWord<Data>(
  shapes: readonly Shape<Data>[],
  formula: Formula,
  options: SearchOptions = {},
): Search<Data> {
  const budget = options.budget ?? defaultBudget;
  const conditions = new Conditions();
  let must: Residue;
  let may: Residue;
  try {
    must = conditions.enter(formula, false);
    may = conditions.unknown ? conditions.enter(formula, true) : must;
  } catch (error) {
    if (error instanceof TooDeep) return { kind: 'undecided', reason: error.message };
    throw error;
  }
  const surely = walk(conditions, budget, shapes, must);
  if (surely.kind === 'found') return { kind: 'found', word: wordAt(surely.place) };
  if (surely.kind === 'undecided') return surely;
  if (may === must) return { kind: 'empty' };
  const perhaps = walk(conditions, budget, shapes, may);
  if (perhaps.kind !== 'found') return perhaps;
  const reasons = new Set<string>();
  collectReasons(formula, wordAt(perhaps.place).fields, reasons);
  return { kind: 'undecided', reason: [...reasons].join('; ') };
}

/** How a formula divides the words of shapes, with a shortest word for each side. */
export type Decision<Data = unknown> =
  | { readonly kind: 'all'; readonly inside: Word<Data> }
  | { readonly kind: 'none'; readonly outside: Word<Data> }
  | { readonly kind: 'some'; readonly inside: Word<Data>; readonly outside: Word<Data> }
  /** The shapes hold no word at all. */
  | { readonly kind: 'wordless' }
  | {
      readonly kind: 'undecided';
      readonly reason: string;
      readonly inside?: Word<Data>;
      readonly outside?: Word<Data>;
    };

/** Whether a formula holds for all words, for none, or for some. */
export function decide<Data>(
  shapes: readonly Shape<Data>[],
  formula: Formula,
  options: SearchOptions = {},
): Decision<Data> {
  const inside = findWord(shapes, formula, options);
  const outside = findWord(shapes, { kind: 'not', of: formula }, options);
  if (inside.kind === 'undecided')
    return { ...inside, ...(outside.kind === 'found' && { outside: outside.word }) };
  if (outside.kind === 'undecided')
    return { ...outside, ...(inside.kind === 'found' && { inside: inside.word }) };
  if (inside.kind === 'found' && outside.kind === 'found')
    return { kind: 'some', inside: inside.word, outside: outside.word };
  if (inside.kind === 'found') return { kind: 'all', inside: inside.word };
  if (outside.kind === 'found') return { kind: 'none', outside: outside.word };
  return { kind: 'wordless' };
}

function walk<Data>(
  conditions: Conditions,
  budget: number,
  shapes: readonly Shape<Data>[],
  root: Residue,
): Exclude<Walk<Data>, { kind: 'exhausted' }> | { kind: 'undecided'; reason: string } {
  try {
    const result = new Walker<Data>(conditions, budget).walk(shapes, root);
    if (result.kind !== 'exhausted') return result;
    return {
      kind: 'undecided',
      reason: `the search needs more than its budget of ${budget} states`,
    };
  } catch (error) {
    if (error instanceof TooManyStates) return { kind: 'undecided', reason: error.message };
    throw error;
  }
}

/** The reasons that the truth of a formula hangs on for one word. */
function collectReasons(
  formula: Formula,
  fields: ReadonlyMap<string, string>,
  reasons: Set<string>,
  depth = 0,
): void {
  if (depth > deepest) return;
  if (formula.kind === 'unknown') reasons.add(formula.reason);
  else if (formula.kind === 'not') collectReasons(formula.of, fields, reasons, depth + 1);
  else if (formula.kind === 'all' || formula.kind === 'any')
    for (const part of formula.of)
      if (evaluateFormula(part, fields) === 'unknown')
        collectReasons(part, fields, reasons, depth + 1);
}
