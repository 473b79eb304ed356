import {
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  letrec,
  nat,
  oneof,
  record,
  tuple,
  type Arbitrary,
} from 'fast-check';

import { difference, inLetters, intersection, lettersOf } from '../../src/language/automaton.ts';
import { listed } from '../../src/language/characters.ts';
import { choice, literally, oneOf, repeat, sequence } from '../../src/language/expression.ts';
import type { Formula } from '../../src/language/formula.ts';
import { compileGlob, type Glob } from '../../src/language/glob.ts';
import type { Letters } from '../../src/language/letters.ts';
import type { Segment, Shape, Word } from '../../src/language/shape.ts';
import { writeWord } from '../../src/language/word.ts';

/** How often each law is tried: many times at night, a few in every run. */
export const runs = Number(process.env['SALLYPORT_LANGUAGE_RUNS'] ?? 300);

const alphabet = ['a', 'b', 'c', ':', 'A', 'B', 'x'];
const longest = 2;

const within = (letters: string, least: number, most = longest): Letters =>
  lettersOf(repeat(oneOf(listed(letters)), least, most));

const languages: readonly Letters[] = [
  within('ab', 0),
  within('ab:', 1),
  within('ac:A', 0),
  within('aA', 1, 1),
  within('bx', 0),
  lettersOf(repeat(oneOf(listed('ab:')), 0), { longest: 2 }),
  lettersOf(sequence(oneOf(listed('ab')), repeat(oneOf(listed('bc:')), 0)), { longest: 2 }),
  intersection(
    lettersOf(repeat(oneOf(listed('abc')), 1), { longest: 1 }),
    lettersOf(repeat(oneOf(listed('ab:')), 0), { longest: 2 }),
  ),
  difference(
    lettersOf(repeat(oneOf(listed('abA')), 0), { longest: 2 }),
    lettersOf(repeat(oneOf(listed('ab')), 0), { longest: 1 }),
  ),
  within('abc', 2),
  lettersOf(choice(literally('a'), literally('ab'), literally('ba'))),
  lettersOf(sequence(oneOf(listed('ab')), repeat(oneOf(listed(':c')), 0, 1))),
  lettersOf(choice()),
  lettersOf(literally('b:', { ignoreCase: true })),
];

const words = new Map(
  languages.map((letters) => {
    const all = [''];
    for (const word of all)
      if (word.length < longest) for (const letter of alphabet) all.push(word + letter);
    return [letters, all.filter((word) => inLetters(letters, word))];
  }),
);

/** Globs over the same few letters, so that they meet often. */
export const glob: Arbitrary<Glob> = record({
  pieces: array(constantFrom('a', 'b', 'c', 'A', ':', '%3A', '*', '*', '?'), { maxLength: 6 }),
  ignoreCase: boolean(),
  wildcards: integer({ min: 0, max: 5 }).map((number) => number > 0),
}).map(({ pieces, ...options }) => compileGlob(pieces.join(''), options));

const field = constantFrom('f', 'g', 'h', 'gone');

const anyMatch: Arbitrary<Formula> = record({
  kind: constant('matches' as const),
  field,
  glob,
});

const formula = (unknown: boolean, match = anyMatch): Arbitrary<Formula> =>
  letrec<{ formula: Formula }>((tie) => ({
    formula: oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 6, arbitrary: match },
      { weight: 1, arbitrary: record({ kind: constant('present' as const), field }) },
      {
        weight: unknown ? 1 : 0,
        arbitrary: record({
          kind: constant('unknown' as const),
          reason: constantFrom('because', 'for no reason'),
        }),
      },
      {
        weight: unknown ? 1 : 0,
        arbitrary: record({ kind: constant('constant' as const), value: boolean() }),
      },
      { weight: 2, arbitrary: record({ kind: constant('not' as const), of: tie('formula') }) },
      {
        weight: 5,
        arbitrary: record({
          kind: constantFrom('all' as const, 'any' as const),
          of: array(tie('formula'), { maxLength: 4 }),
        }),
      },
    ),
  })).formula;

const segment = (names: readonly string[]): Arbitrary<Segment> =>
  oneof(
    record({
      kind: constant('literal' as const),
      text: constantFrom('a', ':', 'ab', '%3A', 'c', 'A'),
    }),
    tuple(constantFrom(...names), boolean()).map(([name, encode]): Segment => ({
      kind: 'variable',
      name,
      ...(encode && { encode: 'colon' as const }),
    })),
  );

export const shape: Arbitrary<Shape<number>> = integer({ min: 1, max: 3 }).chain((count) => {
  const names = ['x', 'y', 'z'].slice(0, count);
  const segments = array(segment(names), { maxLength: 5 });
  return record({
    data: integer(),
    variables: tuple(
      ...names.map((name) => constantFrom(...languages).map((letters) => ({ name, letters }))),
    ),
    fields: tuple(segments, segments, segments, integer({ min: 1, max: 3 })).map(
      ([f, g, h, present]) =>
        new Map([['f', f] as const, ['g', g] as const, ['h', h] as const].slice(0, present)),
    ),
  });
});

/** Every word of a shape, by plain enumeration. */
export function* enumerate<Data>(
  shape: Shape<Data>,
  chosen: ReadonlyMap<string, string> = new Map(),
): Generator<Word<Data>, void> {
  const next = shape.variables[chosen.size];
  if (next === undefined) yield writeWord(shape, chosen);
  else
    for (const word of words.get(next.letters) ?? [])
      yield* enumerate(shape, new Map([...chosen, [next.name, word]]));
}

export function lengthOf(word: Word): number {
  return [...word.variables.values()].reduce((sum, text) => sum + Array.from(text).length, 0);
}

const shapes: Arbitrary<Shape<number>[]> = array(shape, { minLength: 1, maxLength: 3 });

/** Shapes, and a formula whose globs are made of their own words, so that it seldom decides itself. */
export const questions = (unknown: boolean): Arbitrary<[Shape<number>[], Formula]> =>
  shapes.chain((shapes) => {
    const match = tuple(
      nat(),
      array(nat(), { minLength: 3, maxLength: 3 }),
      nat(),
      boolean(),
    ).chain(([which, picks, place, ignoreCase]) => {
      const shape = shapes[which % shapes.length] ?? shapes[0];
      const names = [...(shape?.fields.keys() ?? [])];
      const name = names[place % names.length] ?? 'f';
      const text = (shape === undefined ? undefined : pick(shape, picks))?.fields.get(name) ?? 'a';
      return array(integer({ min: 0, max: 8 }), {
        minLength: text.length,
        maxLength: text.length,
      }).map((changes): Formula => {
        const pieces = Array.from(text, (letter, at) => ['*', '?', ''][changes[at] ?? 9] ?? letter);
        return { kind: 'matches', field: name, glob: compileGlob(pieces.join(''), { ignoreCase }) };
      });
    });
    const general = formula(unknown, match);
    const tense = tuple(match, match, general).map(([first, second, rest]): Formula => ({
      kind: 'all',
      of: [first, { kind: 'not', of: second }, rest],
    }));
    return tuple(constant(shapes), oneof(general, tense));
  });

function pick(shape: Shape, picks: readonly number[]): Word | undefined {
  const chosen = new Map<string, string>();
  for (const [index, { name, letters }] of shape.variables.entries()) {
    const all = words.get(letters) ?? [];
    const word = all[(picks[index] ?? 0) % all.length];
    if (word === undefined) return undefined;
    chosen.set(name, word);
  }
  return writeWord(shape, chosen);
}
