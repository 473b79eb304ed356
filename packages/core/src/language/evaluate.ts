import type { Formula } from './formula.ts';
import { matchGlob } from './glob.ts';

/** What a formula is for given fields; `unknown` where it hangs on something that cannot be expressed. */
export type Truth = 'holds' | 'fails' | 'unknown';

/** Deeper formulas than this are `unknown`: nobody writes them, and recursion needs a bound. */
export const deepest = 500;

/**
 * Evaluates a formula for one word by plain matching, without any automaton: what the witnesses of
 * the search are checked with. `all` with a part that fails fails, `any` with one that holds holds,
 * whatever is unknown beside it.
 */
export function evaluateFormula(
  formula: Formula,
  fields: ReadonlyMap<string, string>,
  depth: number = 0,
): Truth {
  if (depth > deepest) return 'unknown';
  switch (formula.kind) {
    case 'constant':
      return truth(formula.value);
    case 'unknown':
      return 'unknown';
    case 'present':
      return truth(fields.has(formula.field));
    case 'matches': {
      const value = fields.get(formula.field);
      return truth(value !== undefined && matchGlob(formula.glob, value));
    }
    case 'not': {
      const inner = evaluateFormula(formula.of, fields, depth + 1);
      if (inner === 'unknown') return inner;
      return truth(inner === 'fails');
    }
    case 'all':
    case 'any': {
      const decisive = truth(formula.kind === 'any');
      let result = truth(formula.kind === 'all');
      for (const part of formula.of) {
        const inner = evaluateFormula(part, fields, depth + 1);
        if (inner === decisive) return inner;
        if (inner === 'unknown') result = inner;
      }
      return result;
    }
  }
}

function truth(value: boolean): Truth {
  return value ? 'holds' : 'fails';
}
