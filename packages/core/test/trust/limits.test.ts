import { describe, expect, it } from 'vitest';

import { findFlaws } from '../../src/trust/find-flaws.ts';
import { policyOf, provider, statement } from './policies.ts';

const key = (claim: string): string => `token.actions.githubusercontent.com:${claim}`;
const like = (sub: string | readonly string[]): object =>
  statement({
    StringEquals: { [key('aud')]: 'sts.amazonaws.com' },
    StringLike: { [key('sub')]: sub },
  });

function openIn(statements: readonly object[], budget?: number): string[] {
  const report = findFlaws(
    policyOf(...statements).policy,
    { provider },
    budget === undefined ? {} : { budget },
  );
  return report.open.map(({ question, reason }) => `${question}: ${reason}`);
}

describe('a policy that is made to be searched for long', () => {
  it.each([
    ['a value of a million letters', [like(`repo:acme/${'a'.repeat(1_000_000)}*`)]],
    ['a thousand values', [like(Array.from({ length: 1000 }, (_, n) => `repo:acme/shop${n}:*`))]],
    ['ten thousand statements', Array.from({ length: 10_000 }, () => like('repo:acme/shop:*'))],
  ])('is left open: %s', (_name, statements) => {
    expect(openIn(statements)).toEqual([
      expect.stringMatching(/^whom the policy lets in: its conditions have \d+ characters/),
    ]);
  });

  it('is given up after a few searches without an end, and says so of each question', () => {
    const open = openIn([like(`repo:acme/${'*a?'.repeat(20)}:*`)], 300);
    expect(open.some((one) => one.includes('more than its budget of 300 states'))).toBe(true);
    expect(open.some((one) => one.includes('the searches before it'))).toBe(true);
    for (const one of open) expect(one.length).toBeLessThan(450);
  });

  it('is asked about twenty repositories, and says that there are more', () => {
    const names = Array.from({ length: 25 }, (_, n) => `repo:acme/shop${n}:ref:refs/heads/main`);
    expect(openIn([like(names)])).toEqual([
      'which refs of each repository get in: the policy names 25 repositories, only the first 20 were asked about',
    ]);
  });
});
