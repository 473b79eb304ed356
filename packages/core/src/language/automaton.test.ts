import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { difference, inLetters, intersection, lettersOf, union } from './automaton.ts';
import { anyCharacter, joined, listed, range, without } from './characters.ts';
import { anyText, choice, literally, oneOf, optional, repeat, sequence } from './expression.ts';
import { compileGlob, matchGlob } from './glob.ts';
import { dead, type Letters } from './letters.ts';
import { TooManyStates } from './table.ts';
import { exactly, except, globLetters } from './words.ts';

const alphanumeric = joined(range('a', 'z'), range('A', 'Z'), range('0', '9'));
const dashed = sequence(
  oneOf(alphanumeric),
  repeat(sequence(optional(literally('-')), oneOf(alphanumeric)), 0),
);
const owner = lettersOf(dashed, { longest: 39 });

/** Branch and tag names: https://git-scm.com/docs/git-check-ref-format */
const refName = difference(
  lettersOf(repeat(oneOf(without(anyCharacter, range('\0', ' '), listed('\x7f~^:?*[\\'))), 1), {
    longest: 200,
  }),
  lettersOf(
    choice(
      sequence(
        anyText,
        choice(...['..', '//', '@{', '/.', '.lock/'].map((text) => literally(text))),
        anyText,
      ),
      sequence(choice(literally('/'), literally('.')), anyText),
      sequence(anyText, choice(literally('/'), literally('.'), literally('.lock'))),
      literally('@'),
    ),
  ),
);

const table: readonly (readonly [name: string, letters: Letters, ins: string[], outs: string[]])[] =
  [
    [
      'owner',
      owner,
      ['a', 'a-b', 'A1', 'a'.repeat(39), `a${'-a'.repeat(19)}`],
      ['', '-a', 'a-', 'a--b', 'a_b', 'a'.repeat(40)],
    ],
    [
      'reference',
      refName,
      ['main', 'a/b', 'v1.0', 'é', '@a', 'a.lock.b'],
      [
        '',
        '/a',
        'a/',
        'a//b',
        '.a',
        'a/.b',
        'a..b',
        'a.lock',
        'a.lock/b',
        'a:b',
        'a b',
        '@',
        'a@{b',
        'x'.repeat(201),
      ],
    ],
    [
      'number',
      lettersOf(sequence(oneOf(range('1', '9')), repeat(oneOf(range('0', '9')), 0))),
      ['1', '10'],
      ['0', '', '01', 'a'],
    ],
    ['exactly', exactly(['main', 'dev']), ['main', 'dev'], ['Main', 'mai', 'maindev', '']],
    ['exactly, any case', exactly(['main'], { ignoreCase: true }), ['main', 'MAIN'], ['maın']],
    ['except', except(owner, ['acme']), ['Acme', 'acm', 'acmee'], ['acme', 'a_b']],
    [
      'except, any case',
      except(owner, ['acme'], { ignoreCase: true }),
      ['acm', 'acmee'],
      ['acme', 'AcMe'],
    ],
    ['nothing', lettersOf(choice()), [], ['', 'a']],
    ['the empty string', lettersOf(sequence()), [''], ['a']],
    [
      'two to three',
      lettersOf(repeat(literally('ab'), 2, 3)),
      ['abab', 'ababab'],
      ['ab', 'abababab', 'aba'],
    ],
    ['too long', lettersOf(literally('abc'), { longest: 2 }), [], ['abc', 'ab', '']],
    [
      'union of lengths',
      union(
        lettersOf(anyText, { longest: 1 }),
        lettersOf(repeat(literally('a'), 0), { longest: 3 }),
      ),
      ['', 'b', 'aaa'],
      ['aaaa', 'bb'],
    ],
    ['union of none', union(), [], ['']],
    [
      'intersection of lengths',
      intersection(lettersOf(anyText, { longest: 3 }), lettersOf(anyText, { longest: 2 })),
      ['', 'ab'],
      ['abc'],
    ],
    [
      'difference of lengths',
      difference(lettersOf(anyText, { longest: 3 }), lettersOf(anyText, { longest: 1 })),
      ['ab', 'abc'],
      ['', 'a', 'abcd'],
    ],
    [
      'difference with longer',
      difference(
        lettersOf(anyText, { longest: 1 }),
        lettersOf(repeat(literally('a'), 0), { longest: 3 }),
      ),
      ['b'],
      ['', 'a', 'aa', 'bb'],
    ],
  ];

describe('letters', () => {
  it.each(table)('%s', (_, letters, ins, outs) => {
    for (const text of ins) expect(inLetters(letters, text), text).toBe(true);
    for (const text of outs) expect(inLetters(letters, text), text).toBe(false);
  });

  it.each(table)('%s is dead where nothing can follow', (_, letters) => {
    const seen = new Map<number, number[]>();
    const waiting = letters.start === dead ? [] : [letters.start];
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      if (seen.has(state) || seen.size > 5000) continue;
      const next = letters.samples
        .map((letter) => letters.step(state, letter))
        .filter((next) => next !== dead);
      seen.set(state, next);
      waiting.push(...next);
      if (!letters.accepts(state)) expect(next.length).toBeGreaterThan(0);
    }
  });

  it('has a sample of each class', () => {
    expect(owner.samples).toEqual(['-', 'a']);
    expect(refName.samples).toHaveLength(refName.classes.length);
    expect(owner.step(owner.start, '')).toBe(dead);
  });

  it('of a glob holds what the glob matches', () => {
    const pattern = string({ unit: constantFrom('a', 'b', 'A', '*', '?'), maxLength: 6 });
    const text = string({ unit: constantFrom('a', 'b', 'A', 'c', '😀'), maxLength: 6 });
    assert(
      property(pattern, text, (pattern, text) => {
        for (const ignoreCase of [false, true]) {
          const glob = compileGlob(pattern, { ignoreCase });
          expect(inLetters(globLetters(glob), text)).toBe(matchGlob(glob, text));
        }
      }),
    );
  });

  it('refuses what needs more states than allowed', () => {
    expect(() => globLetters(compileGlob(`*a${'?'.repeat(30)}`))).toThrow(TooManyStates);
    expect(() => lettersOf(repeat(literally('ab'), 0, 100), { limit: 50 })).toThrow(
      'more than 200 states',
    );
    expect(() => lettersOf(repeat(repeat(repeat(literally('a'), 0, 999), 0, 999), 0, 999))).toThrow(
      TooManyStates,
    );
  });
});
