import fc from 'fast-check';
import { expect, it } from 'vitest';

import { passesFilter } from './filter-pattern.ts';
import { answerOf, cellOf, joinCells, nameSetOf, splitCell, type NameCell } from './name-cell.ts';

const space = { prefix: 'refs/heads/', patterns: ['**'], empty: false };
const words = ['a', 'ab', 'abc', 'b', 'ba', 'a/b', 'cab', 'c'];
const question = fc.record({
  test: fc.constantFrom('equals', 'starts', 'ends', 'contains'),
  text: fc.constantFrom(...words),
});

/** Splits a whole space by questions, each part again by the next one. */
function parts(questions: readonly Parameters<typeof splitCell>[1][]): NameCell[] {
  let cells = [cellOf(space)];
  for (const one of questions) {
    cells = cells.flatMap((cell) =>
      answerOf(cell, one) === 'unknown' ? (splitCell(cell, one) ?? [cell]) : [cell],
    );
  }
  return cells;
}

function holds(name: string, { test, text }: Parameters<typeof splitCell>[1]): boolean {
  if (test === 'equals') return name === text;
  if (test === 'starts') return name.startsWith(text);
  return test === 'ends' ? name.endsWith(text) : name.includes(text);
}

/** Whether a name is in a cell by its definition. */
function isIn(name: string, { exact, facts }: NameCell): boolean {
  if (exact !== undefined) return name === exact;
  return facts.every((fact) => holds(name, fact.question) === fact.holds);
}

const names = fc.stringMatching(/^[abc/]{1,6}$/);

it('puts every name into one part', () => {
  fc.assert(
    fc.property(fc.array(question, { maxLength: 5 }), names, (questions, name) => {
      expect(parts(questions).filter((cell) => isIn(name, cell))).toHaveLength(1);
    }),
    { numRuns: 1000 },
  );
});

it('answers only what holds of all names of a part', () => {
  fc.assert(
    fc.property(fc.array(question, { maxLength: 5 }), question, names, (questions, asked, name) => {
      for (const cell of parts(questions)) {
        const answer = answerOf(cell, asked);
        if (isIn(name, cell) && answer !== 'unknown') expect(holds(name, asked)).toBe(answer);
      }
    }),
    { numRuns: 1000 },
  );
});

it('joins parts without taking a name in or out', () => {
  fc.assert(
    fc.property(
      fc.array(question, { maxLength: 4 }),
      fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
      names,
      (questions, chosen, name) => {
        const some = parts(questions).filter((_, index) => chosen[index % 16]);
        const before = some.some((cell) => isIn(name, cell));
        expect(joinCells(some).some((cell) => isIn(name, cell))).toBe(before);
      },
    ),
    { numRuns: 1000 },
  );
});

it('writes patterns that match the names of a part, and only those where nothing stands besides', () => {
  fc.assert(
    fc.property(fc.array(question, { maxLength: 4 }), names, (questions, name) => {
      for (const cell of parts(questions)) {
        const { names: set, besides } = nameSetOf(cell);
        const matches =
          set.kind === 'exact'
            ? set.value === `refs/heads/${name}`
            : set.kind === 'filter' && passesFilter(name, set.patterns);
        if (isIn(name, cell)) expect(matches).toBe(true);
        else if (besides.length === 0) expect(matches).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});

it('joins everything to the whole again', () => {
  fc.assert(
    fc.property(fc.array(question, { maxLength: 2 }), (questions) => {
      const joined = joinCells(parts(questions));
      expect(joined.length).toBeLessThanOrEqual(3);
    }),
  );
});
