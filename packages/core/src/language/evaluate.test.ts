import { describe, expect, it } from 'vitest';

import { evaluateFormula } from './evaluate.ts';
import type { Formula } from './formula.ts';
import { compileGlob } from './glob.ts';

const fields = new Map([
  ['a', 'x'],
  ['__proto__', 'y'],
]);
const yes: Formula = { kind: 'constant', value: true };
const no: Formula = { kind: 'constant', value: false };
const unknown: Formula = { kind: 'unknown', reason: 'because' };
const matches = (field: string, pattern: string): Formula => ({
  kind: 'matches',
  field,
  glob: compileGlob(pattern),
});

describe('evaluateFormula', () => {
  it.each<[Formula, string]>([
    [yes, 'holds'],
    [no, 'fails'],
    [unknown, 'unknown'],
    [{ kind: 'present', field: 'a' }, 'holds'],
    [{ kind: 'present', field: 'b' }, 'fails'],
    [{ kind: 'present', field: 'constructor' }, 'fails'],
    [matches('a', '*'), 'holds'],
    [matches('a', 'y'), 'fails'],
    [matches('b', '*'), 'fails'],
    [matches('__proto__', 'y'), 'holds'],
    [{ kind: 'not', of: matches('b', '*') }, 'holds'],
    [{ kind: 'not', of: unknown }, 'unknown'],
    [{ kind: 'all', of: [] }, 'holds'],
    [{ kind: 'any', of: [] }, 'fails'],
    [{ kind: 'all', of: [unknown, no] }, 'fails'],
    [{ kind: 'all', of: [unknown, yes] }, 'unknown'],
    [{ kind: 'any', of: [unknown, yes] }, 'holds'],
    [{ kind: 'any', of: [unknown, no] }, 'unknown'],
  ])('%j: %s', (formula, truth) => {
    expect(evaluateFormula(formula, fields)).toBe(truth);
  });
});
