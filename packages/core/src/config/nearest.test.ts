import { expect, it } from 'vitest';

import { nearest } from './nearest.ts';

const words = ['audit', 'accounts', 'vars', 'version', 'static-aws-credentials'];

it.each([
  ['audti', 'audit'],
  ['AUDIT', 'audit'],
  ['acounts', 'accounts'],
  ['var', 'vars'],
  ['static-aws-keys', undefined],
  ['static-aws-credential', 'static-aws-credentials'],
  ['zzz', undefined],
  ['', undefined],
])('%s means %s', (word, meant) => {
  expect(nearest(word, words)).toBe(meant);
});

it('does not work for words that are no words', () => {
  expect(nearest('x'.repeat(100_000), words)).toBeUndefined();
  expect(nearest('audit', [])).toBeUndefined();
});
