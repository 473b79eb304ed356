import {
  array,
  assert,
  constantFrom,
  integer,
  oneof,
  option,
  property,
  record,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, it } from 'vitest';

import { evaluateTrust } from '../../src/iam/trust.ts';
import { compileGlob, countSteps } from '../../src/language/glob.ts';
import { runs } from './arbitrary.ts';
import { decidePlainly, type PlainPolicy, type PlainStatement } from './plain.ts';
import { compiled, type Json } from './policies.ts';

const issuer = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
const action = 'sts:AssumeRoleWithWebIdentity';

/** Claims that AWS makes keys of, two that it does not, and what stands in tokens and policies. */
const claims: Readonly<Record<string, readonly string[]>> = {
  sub: ['repo:acme/app:ref:refs/heads/main', 'repo:acme/app:pull_request', 'repo:evil/app:x'],
  aud: ['sts.amazonaws.com', 'https://github.com/acme'],
  repository: ['acme/app', 'evil/app'],
  environment: ['prod', 'Prod', 'dev'],
  ref: ['refs/heads/main', 'refs/tags/v1'],
  job_workflow_ref: ['acme/ci/.github/workflows/deploy.yml@refs/heads/main'],
  repository_owner: ['acme', 'evil'],
  event_name: ['push', 'pull_request'],
};
const mapped = new Set(['sub', 'aud', 'repository', 'environment', 'ref', 'job_workflow_ref']);
const patterns = [
  '*',
  'repo:*',
  'repo:acme/*',
  '*:pull_request',
  'refs/*/m*n',
  '*prod',
  'acme/???',
];
const operators = [
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringNotLike',
  'StringEqualsIgnoreCase',
];

const token: Arbitrary<ReadonlyMap<string, string>> = tuple(
  ...Object.entries(claims).map(([claim, values]) =>
    option(constantFrom(...values)).map((value) => [claim, value] as const),
  ),
).map(
  (list) => new Map(list.flatMap(([claim, value]) => (value === null ? [] : [[claim, value]]))),
);

const condition = constantFrom(...Object.keys(claims)).chain((claim) =>
  tuple(
    constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
    constantFrom(...operators),
    constantFrom('', '', 'IfExists'),
    constantFrom(
      `${issuer}:${claim}`,
      `${issuer.toUpperCase()}:${claim}`,
      `token.actions.acme.example:${claim}`,
    ),
    uniqueArray(constantFrom(...(claims[claim] ?? []), ...patterns), {
      minLength: 1,
      maxLength: 2,
    }),
  ).map(([set, operator, ifExists, key, values]) => ({
    operator: `${set}${operator}${set === 'ForAnyValue:' ? '' : ifExists}`,
    key,
    values,
  })),
);

const principals = [
  { Federated: provider },
  { Federated: [provider, 'arn:aws:iam::111111111111:oidc-provider/gitlab.com'] },
  { Federated: `arn:aws:iam::222222222222:oidc-provider/${issuer}` },
  { AWS: 'arn:aws:iam::111111111111:root' },
  '*',
] as const;

const statement: Arbitrary<PlainStatement> = record({
  Effect: constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  Principal: oneof(
    { weight: 4, arbitrary: constantFrom(principals[0]) },
    constantFrom(...principals),
  ),
  Action: oneof(
    { weight: 4, arbitrary: constantFrom(action) },
    constantFrom('sts:*', 'sts:AssumeRole', 'sts:assumerolewithwebidentity', '*'),
  ),
  conditions: array(condition, { maxLength: 3 }),
}).map(({ conditions, ...rest }) => ({
  ...rest,
  Condition: Object.fromEntries(conditions.map((one) => [one.operator, { [one.key]: one.values }])),
}));

const policy: Arbitrary<PlainPolicy> = array(statement, { minLength: 1, maxLength: 3 }).map(
  (list) => ({ Version: '2012-10-17', Statement: list }),
);

function verdictOf(policy: PlainPolicy, token: ReadonlyMap<string, string>): string {
  const door = compiled(policy as unknown as Json, 'trust');
  return evaluateTrust(door, { provider, claims: token }).verdict;
}

describe('a trust policy', () => {
  it('takes and refuses the tokens that a plain evaluator takes and refuses', () => {
    const verdicts = new Map<string, number>();
    assert(
      property(policy, token, (policy, token) => {
        const context = new Map(
          [...token]
            .filter(([claim]) => mapped.has(claim))
            .map(([claim, value]) => [`${issuer}:${claim}`, [value]]),
        );
        const request = {
          names: { provider },
          sameAccount: true,
          action,
          resource: '*',
          context,
        };
        const allowed = decidePlainly({ resource: policy }, request, { everyonePasses: true });
        const verdict = verdictOf(policy, token);
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
        expect(verdict).toBe(allowed ? 'allowed' : 'denied');
      }),
      { numRuns: runs },
    );
    expect(verdicts.get('allowed')).toBeGreaterThan(runs / 20);
    expect(verdicts.get('denied')).toBeGreaterThan(runs / 20);
  });

  it('does not look at claims that AWS makes no key of', () => {
    assert(
      property(policy, token, constantFrom('x', 'acme'), (policy, token, value) => {
        const other = new Map([...token, ['repository_owner', value], ['run_id', value]]);
        expect(verdictOf(policy, other)).toBe(verdictOf(policy, token));
      }),
      { numRuns: runs },
    );
  });
});

describe('patterns of many *', () => {
  it('cost a step for each character and 32 letters between two *, however many there are', () => {
    const piece = constantFrom('a', 'ab', 'aa', '?', 'a?b', 'a'.repeat(40), `${'a?'.repeat(20)}b`);
    assert(
      property(array(piece, { maxLength: 12 }), integer({ min: 0, max: 300 }), (pieces, length) => {
        const pattern = compileGlob(`*${pieces.join('*')}*c`);
        const widest = Math.max(1, ...pieces.map((one) => Math.ceil(one.length / 32)));
        // Twice, because a segment without a `?` may look at a character again when it falls back.
        expect(countSteps(pattern, 'a'.repeat(length))).toBeLessThanOrEqual(2 * length * widest);
      }),
      { numRuns: runs },
    );
  });
});
