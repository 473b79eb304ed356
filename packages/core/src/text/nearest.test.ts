import { expect, it } from 'vitest';

import { nearest } from './nearest.ts';

const ids = ['static-aws-credentials', 'printed-secret', 'ignore-unused'];

it.each([
  ['static-aws-credential', 'static-aws-credentials'],
  ['printed-secrets', 'printed-secret'],
  ['prinetd-secret', 'printed-secret'],
  ['ignore_unused', 'ignore-unused'],
  ['something-else-entirely', undefined],
  ['', undefined],
])('finds the word nearest to %j', (word, expected) => {
  expect(nearest(word, ids)).toBe(expected);
});

it('does not compare words of absurd length', () => {
  expect(nearest('a'.repeat(101), ['a'.repeat(101)])).toBeUndefined();
});
