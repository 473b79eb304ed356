import { describe, expect, it } from 'vitest';

import { compileGlob, countSteps, globOf, matchGlob, one, writeGlob } from './glob.ts';

describe('a glob', () => {
  const cases: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
    ['repo:acme/app:*', 'repo:acme/app:ref:refs/heads/main', true],
    ['repo:acme/app:*', 'repo:acme/app', false],
    ['repo:acme/app:*', 'repo:acme/app:', true],
    ['repo:acme*', 'repo:acme-evil/x:pull_request', true],
    ['*', '', true],
    ['?', '', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?c', 'a\u{1F600}c', true],
    ['a*b*c', 'a\nb/c', true],
    ['a*b*c', 'acb', false],
    ['*ab', 'aab', true],
    ['**', 'x', true],
    ['ab*ba', 'aba', false],
    ['main', 'Main', false],
    ['', '', true],
    ['', 'x', false],
  ];
  it.each(cases)('%s against %j is %s', (pattern, text, matches) => {
    expect(matchGlob(compileGlob(pattern), text)).toBe(matches);
  });

  it('takes wildcards literally for the Equals operators', () => {
    const glob = compileGlob('repo:acme/*', { wildcards: false });
    expect(matchGlob(glob, 'repo:acme/app')).toBe(false);
    expect(matchGlob(glob, 'repo:acme/*')).toBe(true);
  });

  it('folds case for the IgnoreCase operators', () => {
    const glob = compileGlob('repo:Acme/?', { ignoreCase: true });
    expect(matchGlob(glob, 'REPO:aCME/x')).toBe(true);
    expect(matchGlob(glob, 'repo:acne/x')).toBe(false);
  });

  it('is written as IAM writes it, literal wildcards as variables', () => {
    expect(writeGlob(compileGlob('a**b?'))).toBe('a*b?');
    expect(writeGlob(globOf(['a*', one]))).toBe('a${*}?');
  });

  it('looks at each character a bounded number of times, however many stars there are', () => {
    const text = 'a'.repeat(20_000);
    const single = countSteps(compileGlob('*a?????????b*'), text);
    const many = countSteps(compileGlob('*a*a*a*a*a*a?????????b*'), text);
    expect(many).toBeLessThanOrEqual(single + 100);
  });
});
