import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { evaluateTrust } from '../../src/iam/trust.ts';
import { evaluateFormula } from '../../src/language/evaluate.ts';
import { acceptanceOf } from '../../src/trust/acceptance.ts';
import { policyOf, provider, publishedPolicies, statement } from './policies.ts';

const key = (claim: string): string => `token.actions.githubusercontent.com:${claim}`;
const words = { allowed: 'holds', denied: 'fails', undecided: 'unknown' } as const;

describe('the formula of a trust policy', () => {
  it('says of published policies what the evaluator says', (context) => {
    const published = publishedPolicies();
    if (!published) context.skip('shared-corpus: not beside this checkout');
    for (const { action, conditions } of published?.policies ?? []) {
      const policy = policyOf(statement(conditions, action));
      const formula = acceptanceOf(policy, { provider });
      for (const token of Object.values(published?.tokens ?? {})) {
        const claims = new Map(Object.entries(token));
        const { verdict } = evaluateTrust(policy, { provider, claims });
        expect(evaluateFormula(formula, claims)).toBe(words[verdict]);
      }
    }
  });

  it('says of any policy what the evaluator says', () => {
    const claim = fc.constantFrom('aud', 'sub', 'environment', 'ref', 'event_name');
    const value = fc.constantFrom('a', 'A', 'ab', '*', 'a*', '?', '', '${*}', 'b');
    const operator = fc
      .tuple(
        fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
        fc.constantFrom(
          'StringEquals',
          'StringNotEquals',
          'StringEqualsIgnoreCase',
          'StringLike',
          'StringNotLike',
        ),
        fc.constantFrom('', '', 'IfExists'),
      )
      .map((parts) => parts.join(''));
    const nulls = fc.tuple(
      fc.constant('Null'),
      claim,
      fc.array(fc.constantFrom('true', 'false'), { minLength: 1, maxLength: 2 }),
    );
    const condition = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.tuple(operator, claim, fc.array(value, { minLength: 1, maxLength: 3 })),
      },
      nulls,
    );
    const effect = fc.constantFrom('Allow', 'Allow', 'Deny');
    const one = fc.tuple(effect, fc.array(condition, { maxLength: 3 })).map(([Effect, list]) => {
      const conditions: Record<string, Record<string, readonly string[]>> = {};
      for (const [name, on, values] of list) (conditions[name] ??= {})[key(on)] = values;
      return { ...statement(conditions), Effect };
    });
    const claims = fc.dictionary(
      fc.constantFrom('aud', 'sub', 'environment', 'ref', 'event_name'),
      fc.constantFrom('a', 'A', 'ab', 'b', '', '*'),
    );
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 3 }), claims, (statements, token) => {
        const policy = policyOf(...statements);
        const given = new Map(Object.entries(token));
        const { verdict } = evaluateTrust(policy, { provider, claims: given });
        expect(evaluateFormula(acceptanceOf(policy, { provider }), given)).toBe(words[verdict]);
      }),
      { numRuns: Number(process.env['SALLYPORT_PROPERTY_RUNS'] ?? 2000) },
    );
  });
});
