import { expect, it } from 'vitest';

import { displayWidth, graphemes, padEnd } from './width.ts';

it.each([
  ['', 0],
  ['plain', 5],
  ['é', 1],
  ['e\u0301', 1],
  ['日本', 4],
  ['ｆｕｌｌ', 8],
  ['한글', 4],
  ['🚀', 2],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
  ['☕', 2],
  ['a\u200db', 2],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

it('keeps offsets in UTF-16 units', () => {
  expect(graphemes('a🚀日').map(({ text, start, width }) => [text, start, width])).toEqual([
    ['a', 0, 1],
    ['🚀', 1, 2],
    ['日', 3, 2],
  ]);
});

it('pads to columns, not to characters', () => {
  expect(padEnd('日本', 6)).toBe('日本  ');
});
