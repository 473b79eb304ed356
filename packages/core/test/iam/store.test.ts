import { describe, expect, it } from 'vitest';

import { compilePolicy, type CompiledPolicy } from '../../src/iam/compile.ts';
import { readJsonDocument } from '../../src/iam/document/json.ts';
import { parsePolicy } from '../../src/iam/parse/policy.ts';
import type { PolicyKind } from '../../src/iam/policy-kind.ts';
import { policySize, quotaProblems, type RolePolicies } from '../../src/iam/quotas.ts';
import { storeAnswer } from '../../src/iam/store.ts';
import { writeTimeAnswers } from '../../src/iam/write-time.ts';
import { sourceFile } from '../../src/text/source.ts';
import { compiled, type Json } from './policies.ts';

const issuer = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
const refused = `Trust policy with trusted principal ${provider} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${issuer}:sub or ${issuer}:job_workflow_ref which is not scoped to all.`;

const trust = (Condition: Json, more: { readonly [key: string]: Json } = {}): Json => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
      ...more,
    },
  ],
});
const on = (operator: string, claim: string, value: Json): Json => ({
  StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' },
  [operator]: { [`${issuer}:${claim}`]: value },
});

function answers(policy: Json): ReturnType<typeof writeTimeAnswers> {
  return writeTimeAnswers(compiled(policy, 'trust').policy);
}

describe('what IAM says when the trust policy of a workflow is written', () => {
  const other = `arn:aws:iam::111111111111:oidc-provider/${issuer}/acme`;
  const ghe = 'arn:aws:iam::111111111111:oidc-provider/token.actions.acme.ghe.com';
  const rows: readonly (readonly [string, Json, string])[] = [
    ['no subject', { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' } }, refused],
    ['no condition', {}, refused],
    ['everybody', on('StringLike', 'sub', '*'), refused],
    ['everybody, in a list', on('StringLike', 'sub', ['*']), refused],
    ['the repository alone', on('StringLike', 'repository', 'acme/app'), refused],
    ['the id alone', on('StringLike', 'repository_id', '456789'), refused],
    ['a negation', on('StringNotLike', 'sub', 'repo:evil/*'), refused],
    ['a subject of another issuer', { StringLike: { 'gitlab.com:sub': 'x' } }, refused],
    ['Null', on('Null', 'sub', 'false'), refused],
    ['a subject', on('StringLike', 'sub', 'repo:acme/app:*'), 'accepted'],
    ['any repository', on('StringLike', 'sub', 'repo:*'), 'accepted'],
    ['any repository of any owner', on('StringLike', 'sub', 'repo:*/*'), 'accepted'],
    ['equal subjects', on('StringEqualsIgnoreCase', 'sub', ['repo:a/b:c', 'x']), 'accepted'],
    ['a workflow', on('StringLike', 'job_workflow_ref', 'acme/*'), 'accepted'],
    ['a key in another case', { StringLike: { [`${issuer.toUpperCase()}:SUB`]: 'x' } }, 'accepted'],
    ['IfExists', on('StringLikeIfExists', 'sub', 'repo:acme/*'), 'StringLikeIfExists is enough'],
    ['a set', on('ForAnyValue:StringLike', 'sub', 'x'), 'ForAnyValue:StringLike is enough'],
    ['two stars', on('StringLike', 'sub', '**'), 'StringLike [**] is scoped to all'],
    ['a star beside others', on('StringLike', 'sub', ['x', '*']), '[x, *] is scoped to all'],
    ['question marks', on('StringLike', 'sub', '?*'), '[?*] is scoped to all'],
    ['a star for itself', { StringEquals: { [`${issuer}:sub`]: '*' } }, '[*] is scoped to all'],
    ['no value', on('StringLike', 'sub', []), '[] is scoped to all'],
    ['an unknown operator', on('StringMatches', 'sub', 'x'), 'StringMatches is not known'],
  ];
  it.each(rows)('%s', (_name, condition, expected) => {
    const verdict =
      expected === 'accepted' ? expected : expected === refused ? 'rejected' : 'undecided';
    const message =
      expected === 'accepted' ? {} : { message: expect.stringContaining(expected) as string };
    expect(answers(trust(condition))).toEqual([{ statement: 0, provider, verdict, ...message }]);
    if (verdict === 'rejected') expect(answers(trust(condition))[0]?.message).toBe(refused);
  });

  it.each<[string, { readonly [key: string]: Json }, string[]]>([
    ['a Deny', { Effect: 'Deny' }, []],
    ['another principal', { Principal: { AWS: '111111111111' } }, []],
    ['everybody', { Principal: '*' }, []],
    ['everybody else', { NotPrincipal: { Federated: provider }, Principal: [] }, []],
    [
      'another issuer',
      { Principal: { Federated: 'arn:aws:iam::111111111111:oidc-provider/gitlab.com' } },
      [],
    ],
    ['one enterprise', { Principal: { Federated: other } }, ['undecided']],
    ['ghe.com', { Principal: { Federated: ghe } }, ['undecided']],
    ['several', { Principal: { Federated: [ghe, provider, 'x'] } }, ['undecided', 'rejected']],
    ['all actions of STS', { Action: 'sts:*' }, ['rejected']],
    ['another action', { Action: 'sts:TagSession' }, ['undecided']],
    ['no action', { Action: [] }, ['undecided']],
  ])('of a statement with %s', (_name, more, verdicts) => {
    expect(answers(trust({}, more)).map(({ verdict }) => verdict)).toEqual(verdicts);
  });

  it('answers for each statement', () => {
    const policy = {
      Statement: [
        { Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:*' },
        { Effect: 'Deny', Principal: '*', Action: 'sts:*' },
        {
          Effect: 'Allow',
          Principal: { Federated: provider },
          Action: 'sts:*',
          Condition: on('StringLike', 'sub', 'repo:*'),
        },
      ],
    };
    expect(answers(policy).map((one) => [one.statement, one.verdict])).toEqual([
      [0, 'rejected'],
      [2, 'accepted'],
    ]);
  });

  it('knows nothing of a provider or key that a template leaves open', () => {
    const file = sourceFile('trust.json', '');
    const range = { start: 0, end: 0 };
    const text = (...pieces: (string | { hole: string })[]) => ({ pieces, range });
    const statement = (federated: ReturnType<typeof text>, key: ReturnType<typeof text>) => ({
      index: 0,
      effect: 'Allow' as const,
      range,
      principal: {
        negated: false,
        range,
        values: [{ kind: 'Federated' as const, everyone: false, value: federated }],
      },
      action: { negated: false, values: [text('sts:*')], range },
      conditions: [
        {
          operator: { written: 'StringLike', base: 'StringLike' as const, ifExists: false, range },
          key,
          values: [text({ hole: 'subject' })],
          range,
        },
      ],
    });
    const ask = (federated: ReturnType<typeof text>, key: ReturnType<typeof text>): string[] =>
      writeTimeAnswers({ file, range, statements: [statement(federated, key)], problems: [] }).map(
        ({ verdict, message }) => `${verdict}: ${message}`,
      );
    const [hole, known] = [{ hole: 'x' }, text(provider)];
    expect(ask(text('arn:', hole), known)).toEqual([
      'undecided: the provider arn:<x> is not known',
    ]);
    expect(ask(known, text(hole, ':sub'))).toEqual(['undecided: the key <x>:sub is not known']);
    expect(ask(known, text(`${issuer}:sub`))).toEqual([
      'undecided: nobody has tried whether StringLike [<subject>] is scoped to all',
    ]);
  });
});

describe('the size of a policy', () => {
  it.each<[string, number, number]>([
    ['', 0, 0],
    [' \t\r\n', 0, 0],
    ['{"a": 1}', 7, 7],
    ['{"a b": "\tc d"}', 11, 14],
    ['"a\\" b" c', 7, 8],
    ['"\\\\" b', 5, 5],
    ['"\u00a0\u{1f680}"', 4, 4],
  ])('%j', (text, least, most) => {
    expect(policySize(text)).toEqual({ least, most });
  });
});

const sized = (count: number): string => `"${'x'.repeat(count - 2)}"`;

describe('quotas', () => {
  it.each<[string, RolePolicies, readonly string[]]>([
    ['nothing', {}, []],
    ['a full trust policy', { trust: sized(2048) }, []],
    ['a trust policy that is larger', { trust: sized(2049) }, ['trustPolicySize 2049 true']],
    ['blanks between tokens', { trust: `${' '.repeat(3000)}${sized(2048)}` }, []],
    ['blanks in strings', { trust: `"${' '.repeat(3000)}"` }, ['trustPolicySize 3002 false']],
    ['full inline policies', { inline: [sized(5000), sized(5240)] }, []],
    ['larger ones', { inline: [sized(5000), sized(5241)] }, ['rolePolicySize 10241 true']],
    ['managed ones', { managed: [sized(6144), sized(6145)] }, ['managedPolicySize 6145 true 1']],
    ['ten managed ones', { managed: Array.from({ length: 10 }, () => '{}') }, []],
    ['eleven', { managed: Array.from({ length: 11 }, () => '{}') }, ['policiesPerRole 11 true']],
    ['more than are at hand', { attached: 11 }, ['policiesPerRole 11 true']],
  ])('%s', (_name, role, problems) => {
    expect(
      quotaProblems(role).map(({ quota, used, certain, index }) =>
        [quota, used.most, certain, ...(index === undefined ? [] : [index])].join(' '),
      ),
    ).toEqual(problems);
  });

  it('are those of the account', () => {
    const quotas = {
      trustPolicySize: 1,
      rolePolicySize: 2,
      managedPolicySize: 3,
      policiesPerRole: 0,
    };
    const role = { trust: '{}', inline: ['{}', '1'], managed: ['1234'] };
    expect(quotaProblems(role, quotas).map(({ quota, limit }) => [quota, limit])).toEqual([
      ['trustPolicySize', 1],
      ['rolePolicySize', 2],
      ['managedPolicySize', 3],
      ['policiesPerRole', 0],
    ]);
  });
});

/** A policy of so many characters without white space. */
function ofSize(count: number, kind: PolicyKind, name = `${kind}.json`): CompiledPolicy {
  const statement =
    kind === 'trust'
      ? { Effect: 'Deny', Principal: '*', Action: 'sts:*' }
      : { Effect: 'Deny', Action: '*', Resource: '*' };
  const text = JSON.stringify({ Statement: { ...statement, Sid: '' } });
  const padded = text.replace('"Sid":""', `"Sid":"${'x'.repeat(count - text.length)}"`);
  return compilePolicy(parsePolicy(readJsonDocument(sourceFile(name, padded))), kind);
}

const many = (count: number, size: number): CompiledPolicy[] =>
  Array.from({ length: count }, (_, index) => ofSize(size, 'identity', `${index}.json`));

describe('whether IAM would take policies', () => {
  it.each<[string, readonly CompiledPolicy[], string, readonly (string | RegExp)[]]>([
    ['nothing', [], 'accepted', []],
    [
      'a good role',
      [ofSize(2048, 'trust'), ofSize(10_240, 'identity'), ofSize(6144, 'boundary')],
      'accepted',
      [],
    ],
    [
      'a trust policy over the default',
      [ofSize(2049, 'trust')],
      'undecided',
      [
        'trust.json: characters of the trust policy without white space: 2049; IAM takes 2048 by default, 4096 on request',
      ],
    ],
    [
      'a trust policy over everything',
      [ofSize(4097, 'trust')],
      'rejected',
      [/4097; IAM takes 2048/],
    ],
    [
      'a boundary',
      [ofSize(6145, 'boundary')],
      'rejected',
      [
        'boundary.json: characters of the managed policy without white space: 6145; IAM takes 6144 by default',
      ],
    ],
    [
      'an identity policy',
      [ofSize(10_241, 'identity')],
      'rejected',
      [
        'identity.json: characters of all inline policies of the role without white space: 10241; IAM takes 10240 by default',
      ],
    ],
    [
      'two of which one can be managed',
      [ofSize(6144, 'identity'), ofSize(10_240, 'identity')],
      'accepted',
      [],
    ],
    [
      'two that cannot',
      [ofSize(6145, 'identity'), ofSize(6146, 'identity')],
      'rejected',
      [/^undefined: .*12291/],
    ],
    [
      'ten managed ones and an inline one',
      [...many(10, 6144), ofSize(10_240, 'identity')],
      'accepted',
      [],
    ],
    ['small ones stand inline', [...many(10, 6144), ...many(10, 1024)], 'accepted', []],
    ['as many as may be attached on request', many(21, 6144), 'undecided', [/67584/]],
    ['more than that', many(22, 6144), 'rejected', [/73728/]],
    ['policies of others', [ofSize(90_000, 'scp'), ofSize(90_000, 'session')], 'accepted', []],
    [
      'a policy that is none',
      [compiled({ Statement: { Effect: 'Allow' } })],
      'rejected',
      [/neither Action/, /no Resource/],
    ],
    [
      'a trust policy that lets everybody in',
      [compiled(trust({}), 'trust')],
      'rejected',
      [`trust.json: ${refused}`],
    ],
    [
      'a trust policy of which nothing is known',
      [compiled(trust(on('StringLike', 'sub', '**')), 'trust')],
      'undecided',
      [/nobody has tried/],
    ],
  ])('%s', (_name, policies, verdict, reasons) => {
    const answer = storeAnswer(policies);
    expect(answer.verdict).toBe(verdict);
    const shown = answer.reasons.map(({ policy, message }) => `${policy}: ${message}`);
    expect(shown.length).toBe(reasons.length);
    for (const [index, reason] of reasons.entries())
      if (typeof reason === 'string') expect(shown[index]).toBe(reason);
      else expect(shown[index]).toMatch(reason);
    for (const { code, message } of answer.reasons)
      expect(code).toBe(
        message.includes('IAM takes') ? 'LimitExceeded' : 'MalformedPolicyDocument',
      );
  });

  it('goes by the quotas of the account where they are known', () => {
    const policy = [ofSize(2049, 'trust')];
    expect(storeAnswer(policy, { trustPolicySize: 2048 })).toMatchObject({
      verdict: 'rejected',
      reasons: [
        { message: expect.stringMatching(/2049; IAM takes 2048 in this account$/) as string },
      ],
      sizes: [{ policy: 'trust.json', size: { least: 2049, most: 2049 } }],
    });
    expect(storeAnswer(policy, { trustPolicySize: 4096 }).verdict).toBe('accepted');
    expect(storeAnswer(many(21, 6144), { policiesPerRole: 20 }).verdict).toBe('accepted');
  });

  it('says nothing certain of documents that are not known, or of blanks in strings', () => {
    const huge = readJsonDocument(sourceFile('huge.json', 'x'.repeat(3_000_000)));
    expect(storeAnswer([compilePolicy(parsePolicy(huge), 'trust')]).reasons[0]).toMatchObject({
      verdict: 'undecided',
      code: 'MalformedPolicyDocument',
    });
    const blank = JSON.stringify({
      Statement: { Sid: ' '.repeat(9000), Effect: 'Deny', Principal: '*', Action: 'sts:*' },
    });
    const policy = compilePolicy(
      parsePolicy(readJsonDocument(sourceFile('b.json', blank))),
      'trust',
    );
    expect(storeAnswer([policy])).toMatchObject({ verdict: 'undecided' });
    expect(storeAnswer([policy]).reasons[0]?.message).toMatch(/: 73 to 9073;/);
  });
});
