import { describe, expect, it } from 'vitest';

import { sourceFile } from '../../src/text/source.ts';
import { examinePolicyFiles } from '../../src/trust/examine-files.ts';
import { examineTrust, type KnownRole } from '../../src/trust/examine.ts';
import { hclEngine } from '../hcl.ts';
import { policyOf, provider, statement } from './policies.ts';

const key = (claim: string): string => `token.actions.githubusercontent.com:${claim}`;
const main = {
  StringEquals: {
    [key('aud')]: 'sts.amazonaws.com',
    [key('sub')]: 'repo:acme/shop:ref:refs/heads/main',
  },
};

function flawsOf(policy: object, known: KnownRole = {}): string[] | undefined {
  const report = examineTrust(policyOf(policy).policy, known);
  return report?.flaws.map((flaw) => `${flaw.severity} ${flaw.class}: ${flaw.about}`).toSorted();
}

describe('examineTrust', () => {
  it('leaves policies alone that are not about GitHub', () => {
    const lambda = { Service: 'lambda.amazonaws.com' };
    const one = { Effect: 'Allow', Principal: lambda, Action: 'sts:AssumeRole' };
    expect(flawsOf(one)).toBeUndefined();
    const gitlab = 'arn:aws:iam::111111111111:oidc-provider/gitlab.example';
    const other = { ...statement({}), Principal: { Federated: gitlab } };
    expect(flawsOf(other)).toBeUndefined();
  });

  it('knows that a provider of another account is no door', () => {
    const role = 'arn:aws:iam::222222222222:role/deploy';
    expect(flawsOf(statement(main), { role })).toEqual([`medium never-matches: ${provider}`]);
  });

  it('tells other accounts from the own one', () => {
    const both = (more: string): object => ({
      ...statement(main),
      Principal: { Federated: provider, AWS: more },
      Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'],
    });
    const principals = (more: string): string[] | undefined =>
      flawsOf(both(more))?.filter((flaw) => flaw.includes('extra-principal'));
    expect(principals('111111111111')).toEqual(['low extra-principal: 111111111111']);
    expect(principals('arn:aws:iam::222222222222:user/ci')).toEqual([
      'medium extra-principal: arn:aws:iam::222222222222:user/ci',
    ]);
    expect(principals('*')).toEqual(['medium extra-principal: everybody ("*")']);
  });

  it('examines the issuers of an enterprise, of ghe.com and of a server', () => {
    for (const issuer of [
      'token.actions.githubusercontent.com/acme',
      'token.actions.acme.ghe.com',
      'github.acme.example/_services/token',
    ]) {
      const conditions = {
        StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${issuer}:sub`]: 'repo:acme/*' },
      };
      const Federated = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
      const found = flawsOf({ ...statement(conditions), Principal: { Federated } });
      expect(found).toEqual(['high organization-wide: acme']);
    }
  });

  it('takes the key of another issuer for none of this one', () => {
    const Federated =
      'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com/acme';
    expect(flawsOf({ ...statement(main), Principal: { Federated } })).toEqual([
      `medium unsupported-key: ${key('aud')}`,
      `medium unsupported-key: ${key('sub')}`,
    ]);
  });

  it('finds everybody behind a principal for everybody', () => {
    const one = { ...statement(main), Principal: '*' };
    expect(flawsOf(one)).toEqual([
      'low mutable-name: acme/shop',
      'medium extra-principal: everybody ("*")',
    ]);
  });
});

/** Findings and notes of one file. */
function examined(path: string, text: string): { flaws: string[]; notes: readonly string[] } {
  const { roles, notes } = examinePolicyFiles([sourceFile(path, text)], hclEngine);
  const flaws = roles.flatMap(({ report, role }) =>
    report.flaws.map((flaw) => `${role.label}: ${flaw.severity} ${flaw.class}: ${flaw.about}`),
  );
  return { flaws, notes };
}

describe('what a template leaves open', () => {
  const template = (sub: string, federated = '!Ref Provider'): string => `Resources:
  Provider:
    Type: AWS::IAM::OIDCProvider
    Properties: { Url: "https://token.actions.githubusercontent.com", ClientIdList: [sts.amazonaws.com] }
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal: { Federated: ${federated} }
            Condition:
              StringEquals: { "token.actions.githubusercontent.com:aud": sts.amazonaws.com }
              StringLike: { "token.actions.githubusercontent.com:sub": ${sub} }
Parameters:
  Org: { Type: String }
  Repo: { Type: String }
  Branch: { Type: String }
  Subject: { Type: String }
`;
  it.each([
    ['!Sub "repo:${Org}/*"', 'high organization-wide: org'],
    ['!Sub "repo:${Org}/${Repo}:*"', 'high any-ref: org/repo'],
    ['!Sub "repo:${Repo}:*"', 'high any-ref: repo/repo'],
    ['!Sub "repo:${Org}/${Repo}:environment:*"', 'medium environment-pattern: org/repo'],
    ['!Sub "repo:${Org}/${Repo}:ref:refs/heads/${Branch}"', 'low mutable-name: org/repo'],
    ['!Sub "repo:${Org}*"', 'high owner-prefix: org*'],
  ])('gets a name where its place tells what it is: %s', (sub, flaw) => {
    expect(examined('a.yaml', template(sub))).toEqual({ flaws: [`Deploy: ${flaw}`], notes: [] });
  });

  it('is noted where it may be anything', () => {
    const { flaws, notes } = examined('a.yaml', template('!Ref Subject'));
    expect(flaws).toEqual([]);
    expect(notes).toEqual(['a.yaml:9: Deploy: whether anybody gets in: "<Subject>" is not known']);
  });

  it('is noted where nobody would get in but for it', () => {
    const { flaws, notes } = examined('a.yaml', template('!Sub "repo:${Org}/${Repo}"'));
    expect(flaws).toEqual([]);
    expect(notes).toEqual(['a.yaml:9: Deploy: whether anybody gets in: it hangs on Org, Repo']);
  });

  it('is noted when it is the provider, and no key tells it', () => {
    const text = template('"repo:acme/*"', '!ImportValue Provider').replaceAll(
      'token.actions.githubusercontent.com:',
      'example.org:',
    );
    expect(examined('a.yaml', text).notes.join('\n')).toContain(
      'whether it trusts GitHub: the provider is not known',
    );
  });
});

describe('bad input', () => {
  it.each([
    ['truncated', '{"Statement": [{"Effect": "Allow", "Principal": {"Federated": "token.actions.'],
    ['a comment', '{ // "AssumeRoleWithWebIdentity"\n "Statement": [] }'],
  ])('is a problem with a place: %s', (_name, text) => {
    const { problems, roles } = examinePolicyFiles([sourceFile('trust.json', text)]);
    expect(roles).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('is a flaw where the policy is there, but IAM refuses it', () => {
    const { Effect: _effect, ...rest } = statement(main) as { Effect: string };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [rest] });
    const { flaws } = examined('trust.json', text);
    expect(flaws).toEqual([expect.stringMatching(/^trust\.json: medium policy-invalid: /)]);
  });
});
