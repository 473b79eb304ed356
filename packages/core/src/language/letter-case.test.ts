import { describe, expect, it } from 'vitest';

import { holds } from './characters.ts';
import { codesAlike, foldLetter, foldText, lettersAlike } from './letter-case.ts';

describe('letter case', () => {
  it.each([
    ['A', 'a'],
    ['K', 'k'],
    ['\u212A', 'k'],
    ['\u017F', 's'],
    ['Ä', 'ä'],
    ['Σ', 'σ'],
    ['ς', 'σ'],
    ['ẞ', 'ß'],
    ['ß', 'ß'],
    ['İ', 'İ'],
    ['ı', 'ı'],
    ['\u{10400}', '\u{10428}'],
    ['1', '1'],
    ['😀', '😀'],
  ])('folds %s to %s', (letter, folded) => {
    expect(foldText(letter)).toBe(folded);
    expect(foldText(`x${letter}Y`)).toBe(`x${folded}y`);
  });

  const everyLetter = function* (): Generator<number> {
    for (let code = 0; code < 0x20000; code += 1) if (code < 0xd800 || code > 0xdfff) yield code;
  };

  it('lists for each letter just those that fold as it does', () => {
    const alike = new Map<number, number[]>();
    for (const code of everyLetter()) {
      const folded = foldLetter(code);
      const list = alike.get(folded) ?? [];
      list.push(code);
      alike.set(folded, list);
    }
    for (const code of everyLetter()) {
      const expected = alike.get(foldLetter(code)) ?? [];
      const listed = codesAlike(code);
      if (listed.length !== expected.length || expected.some((other) => !listed.includes(other)))
        expect(
          [...listed].toSorted((a, b) => a - b),
          `alike ${code}`,
        ).toEqual(expected);
    }
    expect(holds(lettersAlike('K'), 0x212a)).toBe(true);
    expect(holds(lettersAlike('K'), 0x73)).toBe(false);
  });

  it('folds as regular expressions do, which follow the table of Unicode', () => {
    const pattern = (code: number): RegExp => new RegExp(`^\\u{${code.toString(16)}}$`, 'iu');
    for (const code of everyLetter()) {
      const letter = String.fromCodePoint(code);
      const others = [letter.toUpperCase(), letter.toLowerCase(), foldText(letter)]
        .filter((other) => other !== letter && Array.from(other).length === 1)
        .map((other) => other.codePointAt(0) ?? 0);
      for (const other of others)
        if (pattern(other).test(letter) !== (foldLetter(other) === foldLetter(code)))
          expect.fail(`${letter} and ${String.fromCodePoint(other)}`);
    }
  });

  it('knows of no cased letter beyond those it lists', () => {
    for (let code = 0x20000; code <= 0x10ffff; code += 1)
      if (foldLetter(code) !== code) expect.fail(`U+${code.toString(16)}`);
  });
});
