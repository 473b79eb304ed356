import fc from 'fast-check';
import { expect, it } from 'vitest';

import { passesFilter } from '../../src/cases/filter-pattern.ts';
import { evaluateTrust } from '../../src/iam/trust.ts';
import type { Claims } from '../../src/oidc/claims.ts';
import { githubCom } from '../../src/oidc/issuer.ts';
import { mintClaims } from '../../src/oidc/mint.ts';
import type { RunPattern } from '../../src/oidc/run-tokens.ts';
import { runTokens } from '../../src/prove/run-tokens.ts';
import { verdictOfTokens } from '../../src/prove/token-verdict.ts';
import { acceptanceOf } from '../../src/trust/acceptance.ts';
import { policyOf, provider, statement } from '../trust/policies.ts';

const runs = Number(process.env['SALLYPORT_PROVE_RUNS'] ?? 300);
const names = ['main', 'dev', 'release/1', 'release/x', 'x'];
const refs = names.flatMap((name) => [`refs/heads/${name}`, `refs/tags/${name}`]);
const role = 'arn:aws:iam::111111111111:role/shop';
const format = { kind: 'classic' } as const;
const prefix = 'token.actions.githubusercontent.com';

const filter = fc.constantFrom(
  ['main'],
  ['**'],
  ['release/**'],
  ['release/*', '!release/x'],
  ['*', '!dev'],
);
const environment = fc.constantFrom(undefined, 'prod', 'dev');
const subject = fc.constantFrom(
  'repo:acme/shop:ref:refs/heads/main',
  'repo:acme/shop:ref:refs/heads/release/*',
  'repo:acme/shop:ref:refs/heads/*',
  'repo:acme/shop:ref:refs/tags/?',
  'repo:acme/shop:*',
  'repo:acme/shop:pull_request',
  'repo:acme/shop:environment:prod',
  'repo:acme/*:ref:refs/*/main',
  '*',
);
const operator = fc.constantFrom(
  'StringLike',
  'StringNotLike',
  'StringEquals',
  'ForAllValues:StringLike',
);
const claim = fc.constantFrom('sub', 'ref', 'environment', 'job_workflow_ref');
const condition = fc
  .tuple(operator, claim, fc.array(subject, { minLength: 1, maxLength: 3 }))
  .map(([name, key, values]) => [name, `${prefix}:${key}`, values] as const);
const policies = fc
  .array(fc.tuple(fc.boolean(), fc.array(condition, { minLength: 1, maxLength: 2 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((statements) =>
    policyOf(
      ...statements.map(([deny, conditions]) => {
        const block: Record<string, Record<string, readonly string[]>> = {};
        for (const [name, key, values] of conditions) (block[name] ??= {})[key] = values;
        return { ...statement(block), ...(deny ? { Effect: 'Deny' } : {}) };
      }),
    ),
  );

/** The run of one ref, fully known. */
function token(event: string, ref: string, name: string | undefined): Claims {
  const minted = mintClaims({
    issuer: githubCom,
    format,
    audience: 'sts.amazonaws.com',
    repository: { fullName: 'acme/shop', id: '2', ownerId: '1', visibility: 'private' },
    event,
    ref,
    refProtected: false,
    sha: '0'.repeat(40),
    ...(name === undefined ? {} : { environment: { name } }),
    actor: { login: 'someone', id: '3' },
    run: { id: '4', number: '5', attempt: '1' },
    runner: 'github-hosted',
    workflow: { name: 'ci', file: '.github/workflows/ci.yml' },
  });
  if (minted.kind !== 'minted') throw new Error(minted.reason);
  return minted.claims;
}

it('the verdict for a set of tokens is that of each of them', () => {
  fc.assert(
    fc.property(policies, filter, environment, (policy, patterns, name) => {
      const run: RunPattern = {
        issuer: githubCom,
        repository: {
          owner: 'acme',
          name: 'shop',
          ownerId: '1',
          id: '2',
          visibility: 'private',
          enterprise: 'none',
        },
        event: 'push',
        refs: [
          { kind: 'filter', prefix: 'refs/heads/', patterns },
          { kind: 'filter', prefix: 'refs/tags/', patterns },
        ],
        environment:
          name === undefined
            ? { kind: 'none' }
            : { kind: 'named', name: { kind: 'exact', value: name } },
        audience: { kind: 'exact', value: 'sts.amazonaws.com' },
        workflow: { file: '.github/workflows/ci.yml', name: { kind: 'exact', value: 'ci' } },
      };
      const { verdict, accepted, refused } = verdictOfTokens({
        tokens: runTokens(run, ['GitHubActions'], [format]),
        formula: acceptanceOf(policy, { provider, role }),
      });
      const ask = (claims: Claims): string => {
        const trust = { provider, role, claims, sessionName: 'GitHubActions' };
        return evaluateTrust(policy, trust).verdict;
      };
      const started = refs.filter((ref) =>
        passesFilter(ref.replace(/^refs\/(?:heads|tags)\//, ''), patterns),
      );
      const each = new Set(started.map((ref) => ask(token('push', ref, name))));
      if (verdict === 'allowed') expect([...each]).toEqual(['allowed']);
      if (verdict === 'denied') expect([...each]).toEqual(['denied']);
      expect(verdict).not.toBe('undecided');
      if (each.size > 1) expect(verdict).toBe('sometimes');
      if (accepted) expect(ask(accepted.fields)).toBe('allowed');
      if (refused) expect(ask(refused.fields)).toBe('denied');
      expect(verdict === 'denied').toBe(accepted === undefined);
      expect(verdict === 'allowed').toBe(refused === undefined);
    }),
    { numRuns: runs },
  );
});
