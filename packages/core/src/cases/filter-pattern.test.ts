import { expect, it } from 'vitest';

import { literalOf, passesFilter, quotePattern, startOf } from './filter-pattern.ts';

// The rows of GitHub's own cheat sheet, and what it says does not match.
it.each([
  ['feature/*', 'feature/my-branch', true],
  ['feature/*', 'feature/beta-a/my-branch', false],
  ['feature/**', 'feature/beta-a/my-branch', true],
  ['releases/mona-the-octocat', 'releases/mona-the-octocat', true],
  ['*', 'main', true],
  ['*', 'all/the/branches', false],
  ['**', 'all/the/branches', true],
  ['*feature', 'ver-10-feature', true],
  ['*feature', 'feature/x', false],
  ['v2*', 'v2.9', true],
  ['v[12].[0-9]+.[0-9]+', 'v1.10.1', true],
  ['v[12].[0-9]+.[0-9]+', 'v3.10.1', false],
  ['v[12].[0-9]+.[0-9]+', 'v1..1', false],
  ['*.jsx?', 'page.js', true],
  ['*.jsx?', 'page.jsx', true],
  ['*.jsx?', 'page.jsxx', false],
  [String.raw`a\*b`, 'a*b', true],
  [String.raw`a\*b`, 'axb', false],
  ['Main', 'main', false],
  ['', '', true],
])('%s and %s: %s', (pattern, name, matches) => {
  expect(passesFilter(name, [pattern])).toBe(matches);
});

it('lets the last pattern that matches decide', () => {
  const patterns = ['releases/**', '!releases/**-alpha', 'releases/x-alpha'];
  expect(passesFilter('releases/10', patterns)).toBe(true);
  expect(passesFilter('releases/10-alpha', patterns)).toBe(false);
  expect(passesFilter('releases/x-alpha', patterns)).toBe(true);
});

it('knows the one name of a pattern without wildcards, and how the others begin', () => {
  expect(literalOf('release/1')).toBe('release/1');
  expect(literalOf(String.raw`a\*b`)).toBe('a*b');
  expect(literalOf('release/*')).toBeUndefined();
  expect(literalOf('js?')).toBeUndefined();
  expect(startOf('release/*')).toBe('release/');
  expect(startOf('js?')).toBe('j');
  expect(startOf('a+b')).toBe('a');
});

it('quotes any name', () => {
  const name = String.raw`a*b?c+[d]!e\f`;
  expect(literalOf(quotePattern(name))).toBe(name);
});

it('takes hostile patterns in linear steps', () => {
  const pattern = '**a'.repeat(300);
  expect(passesFilter('a'.repeat(1000), [pattern])).toBe(true);
  expect(passesFilter(`${'a'.repeat(1000)}b`, [pattern])).toBe(false);
});
