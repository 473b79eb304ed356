import { array, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { inLetters } from '../../src/language/automaton.ts';
import { evaluateFormula } from '../../src/language/evaluate.ts';
import type { Formula } from '../../src/language/formula.ts';
import { any, globOf } from '../../src/language/glob.ts';
import { decide, findWord } from '../../src/language/search.ts';
import type { Shape, Word } from '../../src/language/shape.ts';
import { writeWord } from '../../src/language/word.ts';
import { enumerate, glob, lengthOf, questions, runs, shape } from './arbitrary.ts';

function expectMember(word: Word, shapes: readonly Shape[]): void {
  expect(shapes).toContain(word.shape);
  for (const { name, letters } of word.shape.variables)
    expect(inLetters(letters, word.variables.get(name) ?? 'no such variable')).toBe(true);
  expect(word.fields).toEqual(writeWord(word.shape, word.variables).fields);
}

/** The letters of a shortest word for which the formula is known to hold. */
function shortestBy(shapes: readonly Shape[], formula: Formula): number {
  let least = Infinity;
  for (const shape of shapes)
    for (const word of enumerate(shape))
      if (lengthOf(word) < least && evaluateFormula(formula, word.fields) === 'holds')
        least = lengthOf(word);
  return least;
}

describe('findWord', () => {
  it('finds a shortest word exactly where enumeration finds one', () => {
    assert(
      property(questions(false), ([shapes, formula]) => {
        const least = shortestBy(shapes, formula);
        const result = findWord(shapes, formula);
        expect(result.kind).toBe(least === Infinity ? 'empty' : 'found');
        if (result.kind !== 'found') return;
        expectMember(result.word, shapes);
        expect(evaluateFormula(formula, result.word.fields)).toBe('holds');
        expect(lengthOf(result.word)).toBe(least);
      }),
      { numRuns: runs },
    );
  });

  it('is sure of nothing that hangs on what is unknown', () => {
    assert(
      property(questions(true), ([shapes, formula]) => {
        const result = findWord(shapes, formula);
        const words = shapes.flatMap((shape) => [...enumerate(shape)]);
        const truths = words.map((word) => evaluateFormula(formula, word.fields));
        if (result.kind === 'found')
          expect(evaluateFormula(formula, result.word.fields)).toBe('holds');
        if (result.kind === 'empty') expect(truths).not.toContain('holds');
        if (result.kind === 'undecided') {
          expect(truths).not.toContain('holds');
          expect(truths).toContain('unknown');
          expect(result.reason).toMatch(/because|for no reason/);
        }
        if (truths.includes('holds')) expect(result.kind).toBe('found');
        if (truths.every((truth) => truth === 'fails')) expect(result.kind).toBe('empty');
      }),
      { numRuns: runs },
    );
  });

  it('loses no word when a glob is widened', () => {
    assert(
      property(shape, glob, array(glob, { maxLength: 3 }), (shape, narrow, others) => {
        const ask = (glob: typeof narrow): Formula => ({
          kind: 'any',
          of: [glob, ...others].map((glob) => ({ kind: 'matches', field: 'f', glob })),
        });
        const wide = globOf([...narrow.parts, any], { ignoreCase: narrow.ignoreCase });
        if (findWord([shape], ask(narrow)).kind === 'found')
          expect(findWord([shape], ask(wide)).kind).toBe('found');
      }),
      { numRuns: runs },
    );
  });

  it('never guesses when the budget is small', () => {
    assert(
      property(questions(false), ([shapes, formula]) => {
        const full = findWord(shapes, formula);
        const small = findWord(shapes, formula, { budget: 3 });
        if (small.kind === 'undecided') expect(small.reason).toContain('budget of 3');
        else expect(small).toEqual(full);
      }),
      { numRuns: runs },
    );
  });
});

describe('decide', () => {
  it('divides the words as enumeration does', () => {
    assert(
      property(questions(false), ([shapes, formula]) => {
        const truths = new Set(
          shapes.flatMap((shape) =>
            [...enumerate(shape)].map((word) => evaluateFormula(formula, word.fields)),
          ),
        );
        const expected =
          truths.size === 2
            ? 'some'
            : truths.has('holds')
              ? 'all'
              : truths.size === 0
                ? 'wordless'
                : 'none';
        expect(decide(shapes, formula).kind).toBe(expected);
      }),
      { numRuns: runs },
    );
  });
});
