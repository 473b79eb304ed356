import { expect, it } from 'vitest';

import { isTelling, overlap, patternOf } from './glob.ts';

it.each([
  ['dist', 'dist', true],
  ['dist', 'dist2', false],
  ['dist-*', 'dist-linux', true],
  ['dist-*', '*-linux', true],
  ['dist-*', 'build-*', false],
  ['*', '', true],
  ['', '', true],
  ['a?c', 'abc', true],
  ['a?c', 'a*', true],
  ['a*b*c', 'a-x-c', false],
  ['a*b*c', 'a-b-c', true],
  ['**', 'x', true],
])('overlap(%j, %j) is %j', (left, right, expected) => {
  expect(overlap(left, right)).toBe(expected);
  expect(overlap(right, left)).toBe(expected);
});

it('takes what only the run knows for any text', () => {
  expect(patternOf(['build-', { source: 'matrix.os' }])).toBe('build-*');
});

it('knows patterns that say nothing', () => {
  expect([isTelling('*'), isTelling('-*-'), isTelling('x*')]).toEqual([false, false, true]);
});

it('refuses names of absurd length', () => {
  expect(overlap('a'.repeat(501), 'a'.repeat(501))).toBe(false);
});
