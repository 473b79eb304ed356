import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { inLetters, lettersOf } from './automaton.ts';
import { anyText } from './expression.ts';
import { filterLetters, matchFilters, parseFilter, type FilterPattern } from './filter-pattern.ts';

const within = lettersOf(anyText, { longest: 100 });

function read(...sources: readonly string[]): FilterPattern[] {
  return sources.map((source) => {
    const pattern = parseFilter(source);
    if ('problem' in pattern) throw new Error(pattern.problem);
    return pattern;
  });
}

const table: readonly (readonly [patterns: string, takes: string, not: string])[] = [
  ['feature/*', 'feature/my-branch feature/your-branch feature/', 'feature/a/b feature Feature/a'],
  [
    'feature/**',
    'feature/beta-a/my-branch feature/your-branch feature/mona/the/octocat',
    'feature',
  ],
  ['main', 'main', 'Main main2 refs/heads/main'],
  ['*', 'main releases', 'all/the/branches'],
  ['**', 'all/the/branches every/tag main', ''],
  ['*feature', 'mona-feature feature ver-10-feature', 'a/feature feature2'],
  ['v2*', 'v2 v2.0 v2.9', 'v1 v2/a'],
  ['v[12].[0-9]+.[0-9]+', 'v1.10.1 v2.0.0', 'v3.0.0 v1.a.1 v1..1 v1.10.1x'],
  ['v[0-9]+.*', 'v1.x v10.', 'v.x va.1'],
  ['*.jsx?', 'page.js page.jsx', 'page.jsxx page.ts a/page.js'],
  ['**.js', 'index.js js/index.js src/js/app.js', 'index.jsx'],
  ['docs/*', 'docs/README.md docs/file.txt', 'docs/a/b docs'],
  ['docs/**/*.md', 'docs/README.md docs/mona/hello-world.md docs/a/markdown/file.md', 'docs/a.txt'],
  ['**/docs/**', 'docs/hello.md dir/docs/my-file.txt space/docs/plan/space.doc', 'adocs/x'],
  ['**/README.md', 'README.md js/README.md', 'aREADME.md'],
  ['**/*src/**', 'a/src/app.js my-src/code/js/app.js', 'src'],
  ['**/*-post.md', 'my-post.md path/their-post.md', 'post.md'],
  [
    '**/migrate-*.sql',
    'migrate-10909.sql db/migrate-v1.0.sql db/sept/migrate-v1.sql',
    'migrate.sql',
  ],
  ['*.md !README.md', 'hello.md', 'README.md docs/hello.md'],
  ['*.md !README.md README*', 'hello.md README.md README.doc', ''],
  ['!main', '', 'main other'],
  ['releases/** !releases/**-alpha', 'releases/10 releases/beta/mona', 'releases/10-alpha'],
  ['a\\*b\\+', 'a*b+', 'axb+ a*bb'],
  ['+a ?b', '+a ?b', 'a b'],
  ['a*+ b**?', 'a axx b b/x', 'c'],
  [`a${'+'.repeat(100)}${'?'.repeat(100)}b`, 'ab aaab b', 'c'],
  ['**/?a', 'a /a x/a xa', 'b'],
  ['ab?+c', 'ac abc abbc', 'adc'],
  ['[A-Cx0-2]', 'A B C x 0 2', 'D 3 a AB'],
  ['a!b', 'a!b', 'ab'],
];

describe('filter patterns', () => {
  it.each(table)('%s takes what GitHub takes', (patterns, takes, not) => {
    const list = read(...patterns.split(' '));
    const letters = filterLetters(list, within);
    const names = (text: string): string[] => text.split(' ').filter((name) => name !== '');
    for (const name of names(takes)) {
      expect(matchFilters(list, name), name).toBe(true);
      expect(letters !== undefined && inLetters(letters, name), name).toBe(true);
    }
    for (const name of names(not)) {
      expect(matchFilters(list, name), name).toBe(false);
      expect(letters !== undefined && inLetters(letters, name), name).toBe(false);
    }
  });

  it.each([
    '[',
    'a[',
    '[]',
    '[a',
    '[!a]',
    '[^a]',
    '[z-a]',
    '[a-Z]',
    '[a-9]',
    '[._]',
    'a\\',
    '',
    '!',
  ])('refuses %j', (source) => {
    expect(parseFilter(source)).toHaveProperty('problem', expect.stringContaining(`"${source}"`));
  });

  it('gives up on an exponential automaton, and still matches single names', () => {
    const list = read(`**a${'[a-z]'.repeat(30)}`);
    expect(filterLetters(list, within)).toBeUndefined();
    expect(matchFilters(list, `xxa${'b'.repeat(30)}`)).toBe(true);
    expect(matchFilters(list, `xxa${'b'.repeat(31)}`)).toBe(false);
  });

  it('takes the same names one by one and as a set', () => {
    const pattern = array(constantFrom('a', 'b', '/', '*', '**', '?', '+', '[ab]', '\\*'), {
      minLength: 1,
      maxLength: 5,
    }).map((pieces) => pieces.join(''));
    const negated = pattern.map((text) => `!${text}`);
    const name = string({ unit: constantFrom('a', 'b', '/', '*', 'é', '😀'), maxLength: 6 });
    assert(
      property(pattern, negated, pattern, array(name), (first, second, third, names) => {
        const list = read(first, second, third);
        const letters = filterLetters(list, within);
        for (const name of names)
          expect(letters !== undefined && inLetters(letters, name)).toBe(matchFilters(list, name));
      }),
      { numRuns: 300 },
    );
  });
});
