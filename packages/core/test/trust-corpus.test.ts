import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { compilePolicy } from '../src/iam/compile.ts';
import { parseJsonDocument } from '../src/iam/document/json.ts';
import { parsePolicy } from '../src/iam/parse/policy.ts';
import { evaluateTrust } from '../src/iam/trust.ts';
import { sourceFile } from '../src/text/source.ts';

const provider = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';

function verdictOf(statement: object, claims: Readonly<Record<string, string>>): string {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const file = sourceFile('trust.json', text);
  const { root } = parseJsonDocument(file);
  if (!root) throw new Error('the policy is no JSON');
  const policy = compilePolicy(parsePolicy({ file, root }), 'trust');
  return evaluateTrust(policy, { provider, claims: new Map(Object.entries(claims)) }).verdict;
}

const statementOf = (Condition: object, Action = 'sts:AssumeRoleWithWebIdentity'): object => ({
  Effect: 'Allow',
  Principal: { Federated: provider },
  Action,
  Condition,
});

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
    expect(verdictOf(statementOf(condition), main)).toBe(verdict);
  });
});

const corpus = fileURLToPath(
  new URL('../../../../shared/corpus/trust-policies.json', import.meta.url),
);

describe('published trust policies', () => {
  it('accept the tokens that a reference engine accepts', (context) => {
    if (!existsSync(corpus)) context.skip('shared-corpus: not beside this checkout');
    const { tokens, policies } = JSON.parse(readFileSync(corpus, 'utf8'));
    const differing: string[] = [];
    for (const { id, action, conditions, reference } of policies) {
      for (const [name, allowed] of Object.entries(reference)) {
        const verdict = verdictOf(statementOf(conditions, action), tokens[name]);
        if (verdict !== (allowed === true ? 'allowed' : 'denied')) differing.push(`${id} ${name}`);
      }
    }
    expect(differing).toEqual([]);
  });
});
