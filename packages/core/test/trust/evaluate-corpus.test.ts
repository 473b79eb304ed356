import { describe, expect, it } from 'vitest';

import { evaluateTrust } from '../../src/iam/trust.ts';
import { policyOf, provider, publishedPolicies, statement } from './policies.ts';

function verdictOf(given: object, claims: Readonly<Record<string, string>>): string {
  return evaluateTrust(policyOf(given), { provider, claims: new Map(Object.entries(claims)) })
    .verdict;
}

const key = (claim: string): string => `token.actions.githubusercontent.com:${claim}`;
const main = { aud: 'sts.amazonaws.com', sub: 'repo:acme/app:ref:refs/heads/main' };

describe('a trust policy', () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ['exact', { StringEquals: { [key('aud')]: main.aud, [key('sub')]: main.sub } }, 'allowed'],
    [
      'another branch',
      { StringEquals: { [key('sub')]: 'repo:acme/app:ref:refs/heads/dev' } },
      'denied',
    ],
    ['a wildcard under StringEquals', { StringEquals: { [key('sub')]: 'repo:acme/*' } }, 'denied'],
    ['a wildcard under StringLike', { StringLike: { [key('sub')]: 'repo:acme/*' } }, 'allowed'],
    ['other case', { StringEquals: { [key('sub')]: main.sub.toUpperCase() } }, 'denied'],
    ['a key that AWS does not map', { StringEquals: { [key('event_name')]: 'push' } }, 'denied'],
    ['the same, vacuous', { 'ForAllValues:StringEquals': { [key('event_name')]: 'x' } }, 'allowed'],
    ['an absent claim', { StringEquals: { [key('environment')]: 'prod' } }, 'denied'],
    ['an absent claim, negated', { StringNotEquals: { [key('environment')]: 'prod' } }, 'allowed'],
  ];
  it.each(cases)('%s', (_name, condition, verdict) => {
    expect(verdictOf(statement(condition), main)).toBe(verdict);
  });
});

describe('published trust policies', () => {
  it('accept the tokens that a reference engine accepts', (context) => {
    const published = publishedPolicies();
    if (!published) context.skip('shared-corpus: not beside this checkout');
    const differing: string[] = [];
    for (const { id, action, conditions, reference } of published?.policies ?? []) {
      for (const [name, allowed] of Object.entries(reference)) {
        const verdict = verdictOf(statement(conditions, action), published?.tokens[name] ?? {});
        if (verdict !== (allowed ? 'allowed' : 'denied')) differing.push(`${id} ${name}`);
      }
    }
    expect(differing).toEqual([]);
  });
});
