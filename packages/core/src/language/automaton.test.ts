import { describe, expect, it } from 'vitest';

import { difference, inLetters, intersection, lettersOf, union } from './automaton.ts';
import { anyCharacter, listed } from './characters.ts';
import { anyText, choice, literally, oneOf, optional, repeat, sequence } from './expression.ts';
import { TooManyStates } from './table.ts';

const ab = lettersOf(repeat(oneOf(listed('ab')), 0));
const evenly = lettersOf(repeat(sequence(oneOf(anyCharacter), oneOf(anyCharacter)), 0));

describe('sets of strings', () => {
  it.each([
    ['', true],
    ['ab', true],
    ['aba', false],
    ['ac', false],
  ])('intersection: %j is %s', (text, inside) => {
    expect(inLetters(intersection(ab, evenly), text)).toBe(inside);
  });

  it.each([
    ['a', true],
    ['ab', false],
    ['c', false],
  ])('difference: %j is %s', (text, inside) => {
    expect(inLetters(difference(ab, evenly), text)).toBe(inside);
  });

  it.each([
    ['a', true],
    ['xy', true],
    ['x', false],
  ])('union: %j is %s', (text, inside) => {
    expect(inLetters(union(ab, evenly), text)).toBe(inside);
  });

  it('knows choices, options, case and bounds', () => {
    const set = lettersOf(
      sequence(
        choice(literally('Main', { ignoreCase: true }), literally('dev')),
        optional(literally('!')),
      ),
    );
    expect(['main', 'MAIN!', 'dev', 'DEV', 'main!!'].map((text) => inLetters(set, text))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('refuses a set that needs too many states instead of taking all memory', () => {
    const hostile = sequence(anyText, literally('a'), repeat(oneOf(anyCharacter), 30, 30));
    expect(() => lettersOf(hostile, { limit: 1000 })).toThrow(TooManyStates);
  });
});
