import { expect, it } from 'vitest';

import { exitCodeOf } from './exit.ts';

it.each([
  [[], 0],
  [[0, 0], 0],
  [[0, 4], 4],
  [[4, 1], 1],
  [[1, 3], 3],
  [[3, 2, 1], 2],
  [[2, 70, 1], 70],
  [[0, 13], 13],
])('%j is reported as %i', (codes, code) => {
  expect(exitCodeOf(codes)).toBe(code);
});
