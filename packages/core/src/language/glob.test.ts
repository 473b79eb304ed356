import { array, assert, boolean, constantFrom, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { any, compileGlob, countSteps, globOf, matchGlob, one, writeGlob } from './glob.ts';
import { foldText } from './letter-case.ts';

const runs = Number(process.env['SALLYPORT_LANGUAGE_RUNS'] ?? 1000);

const table: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'a/b:c\nd', true],
  ['?', '', false],
  ['?', '\n', true],
  ['?', '😀', true],
  ['??', '😀', false],
  ['?*', '', false],
  ['repo:acme/*', 'repo:acme/', true],
  ['repo:acme/*', 'repo:acme-evil/app', false],
  ['repo:acme/*', 'Repo:acme/app', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['*a*', 'bab', true],
  ['*ab*ab*', 'abab', true],
  ['*ab*ab*', 'abb ab', true],
  ['*ab*ab', 'ababb', false],
  ['*a?c*', 'aacbac abc', true],
  ['*aab', 'aaab', true],
  ['*?b*b', 'bb', false],
  ['a**b', 'ab', true],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
  ['__proto__*', '__proto__x', true],
];

describe('matchGlob', () => {
  it.each(table)('%j on %j: %j', (pattern, text, matches) => {
    expect(matchGlob(compileGlob(pattern), text)).toBe(matches);
  });

  it('takes wildcards literally where an operator has none', () => {
    const glob = compileGlob('a*?', { wildcards: false });
    expect(matchGlob(glob, 'a*?')).toBe(true);
    expect(matchGlob(glob, 'abc')).toBe(false);
  });

  it('ignores case where asked', () => {
    for (const pattern of ['ACME/*', 'acme/*', '?CME/*', 'acme/shop'])
      expect(matchGlob(compileGlob(pattern, { ignoreCase: true }), 'Acme/Shop')).toBe(true);
    expect(matchGlob(compileGlob('strasse', { ignoreCase: true }), 'straße')).toBe(false);
    expect(matchGlob(compileGlob('STRAẞE*', { ignoreCase: true }), 'straße1')).toBe(true);
  });

  it('never takes half of a surrogate pair', () => {
    expect(matchGlob(globOf(['\ud83d', any]), '😀')).toBe(false);
    expect(matchGlob(globOf([any, '\ude00']), '😀')).toBe(false);
    expect(matchGlob(globOf(['\ud83d', any, '\ude00']), '😀')).toBe(false);
    expect(matchGlob(globOf(['\ud83d', '\ude00']), '😀')).toBe(true);
    expect(matchGlob(globOf(['\ud83d', any]), '\ud83dx')).toBe(true);
  });

  const letters = constantFrom('a', 'b', 'A', 'ä', 'Ä', '😀', '\n', '\ud83d');
  const text = string({ unit: letters, maxLength: 10 });
  const pieces = array(
    constantFrom('a', 'b', 'aa', 'ab', 'A', 'Ä', '😀', '\ud83d', any, any, one),
    { maxLength: 8 },
  );

  it('agrees with the plainest matcher there is', () => {
    assert(
      property(record({ pieces, ignoreCase: boolean() }), text, ({ pieces, ignoreCase }, text) => {
        const glob = globOf(pieces, { ignoreCase });
        const flat = glob.parts.flatMap((part) =>
          part.kind === 'text' ? Array.from(part.text) : [part.kind],
        );
        expect(matchGlob(glob, text)).toBe(plainly(flat, Array.from(text), ignoreCase));
      }),
      { numRuns: runs },
    );
  });

  it('agrees with it on long segments, whose bits fill several words', () => {
    const long = array(constantFrom('a', 'b', one), { minLength: 30, maxLength: 70 });
    const body = string({ unit: constantFrom('a', 'b'), maxLength: 90 });
    assert(
      property(long, body, boolean(), boolean(), (pieces, noise, planted, star) => {
        const glob = globOf([any, ...pieces, any, ...(star ? ['b', any] : [])]);
        const core = pieces.map((piece) => (typeof piece === 'string' ? piece : 'b')).join('');
        const text = planted ? `${noise}${core}${noise}` : noise;
        const flat = glob.parts.flatMap((part) =>
          part.kind === 'text' ? Array.from(part.text) : [part.kind],
        );
        expect(matchGlob(glob, text)).toBe(plainly(flat, Array.from(text), false));
      }),
      { numRuns: runs },
    );
  });

  it.each([
    '*a*a*a*a*a*a*b*',
    `*${'a'.repeat(40)}b*`,
    `*${'?a'.repeat(15)}b*c*`,
    `${'*a'.repeat(1000)}*b*`,
    `*${'a?'.repeat(1000)}b*c`,
  ])('takes a bounded number of steps for each character: %.30s', (pattern) => {
    const glob = compileGlob(pattern);
    const longest = Math.max(...pattern.split('*').map((segment) => segment.length));
    const words = pattern.includes('?') ? Math.ceil(longest / 32) : 2;
    for (const length of [10, 100, 10_000])
      expect(countSteps(glob, 'a'.repeat(length))).toBeLessThanOrEqual(length * words);
  });

  it('needs no more steps for six stars than for one', () => {
    const text = 'a'.repeat(1000);
    const few = countSteps(compileGlob('*b*'), text);
    expect(countSteps(compileGlob('*a*a*a*a*a*b*'), text)).toBeLessThanOrEqual(few);
  });
});

describe('writeGlob', () => {
  it('writes the pattern as IAM would read it', () => {
    expect(writeGlob(globOf(['a', any, any, one, '*b?']))).toBe('a*?${*}b${?}');
  });
});

/** Tables of what matches, from the definition; the items `any` and `one` are wildcards. */
function plainly(
  pattern: readonly string[],
  text: readonly string[],
  ignoreCase: boolean,
): boolean {
  let row = [true, ...text.map(() => false)];
  for (const item of pattern) {
    const next: boolean[] = [];
    for (let at = 0; at <= text.length; at += 1)
      if (item === 'any') next.push(row[at] === true || next[at - 1] === true);
      else {
        const letter = text[at - 1];
        const same = (a: string): boolean =>
          ignoreCase ? foldText(a) === foldText(item) : a === item;
        next.push(row[at - 1] === true && letter !== undefined && (item === 'one' || same(letter)));
      }
    row = next;
  }
  return row.at(-1) === true;
}
