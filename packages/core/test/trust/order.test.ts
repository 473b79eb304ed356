import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { evaluateTrust } from '../../src/iam/trust.ts';
import { findFlaws } from '../../src/trust/find-flaws.ts';
import { policyOf, provider, statement } from './policies.ts';

const key = (claim: string): string => `token.actions.githubusercontent.com:${claim}`;

const subject = fc.constantFrom(
  'repo:acme/shop:ref:refs/heads/main',
  'repo:acme/shop:environment:production',
  'repo:acme/shop:pull_request',
  'repo:acme/shop:*',
  'repo:acme/shop:ref:refs/heads/release/*',
  'repo:acme/shop:ref:refs/tags/*',
  'repo:acme/shop*',
  'repo:acme/*',
  'repo:acme*',
  'repo:*:environment:production',
  'repo:acme@12/shop@34:ref:refs/heads/main',
  'repo:acme@12/shop@34:*',
  'repo:acme/shop:ref:main',
  'environment:production',
);
const operator = fc.constantFrom(
  'StringEquals',
  'StringLike',
  'StringNotLike',
  'ForAllValues:StringLike',
);
const more = fc.constantFrom<Record<string, string>>(
  {},
  { [key('aud')]: 'sts.amazonaws.com' },
  { [key('aud')]: 'sts.amazonaws.com', [key('repository')]: 'acme/shop' },
  { [key('aud')]: 'sts.amazonaws.com', [key('ref')]: 'refs/heads/main' },
  { [key('aud')]: 'sts.amazonaws.com', [key('repository_owner')]: 'acme' },
);
const one = fc.record({
  operator,
  more,
  subjects: fc.uniqueArray(subject, { minLength: 1, maxLength: 3 }),
});
type One = typeof one extends fc.Arbitrary<infer Value> ? Value : never;

function written({ operator: name, more: equals, subjects }: One): object {
  const sub = { [key('sub')]: subjects };
  return statement(
    name === 'StringEquals'
      ? { StringEquals: { ...equals, ...sub } }
      : { StringEquals: equals, [name]: sub },
  );
}

function classesOf(list: readonly One[]): string[] {
  const { flaws } = findFlaws(policyOf(...list.map(written)).policy, { provider });
  return [
    ...new Set(flaws.map((flaw) => `${flaw.severity} ${flaw.class} ${flaw.about}`)),
  ].toSorted();
}

const numRuns = Number(process.env['SALLYPORT_TRUST_RUNS'] ?? 40);

describe('findings of a trust policy', () => {
  it('do not hang on the order of statements and values', () => {
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 3 }), (list) => {
        const turned = list
          .toReversed()
          .map((each) => ({ ...each, subjects: each.subjects.toReversed() }));
        expect(classesOf(turned)).toEqual(classesOf(list));
      }),
      { numRuns },
    );
  });

  it('have witnesses that the plain evaluator accepts, and places inside the policy', () => {
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 2 }), (list) => {
        const policy = policyOf(...list.map(written));
        for (const { witness, range } of findFlaws(policy.policy, { provider }).flaws) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThanOrEqual(policy.policy.file.text.length);
          if (!witness || list.length > 1) continue;
          const { verdict } = evaluateTrust(policy, { provider, claims: witness.claims });
          expect(verdict).toBe('allowed');
        }
      }),
      { numRuns },
    );
  });
});
