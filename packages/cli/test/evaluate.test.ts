import { describe, expect, it } from 'vitest';

import { folderWith, run } from './run.ts';

const issuer = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
const trust = (sub: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { [`${issuer}:sub`]: sub } },
    },
  });
const claims = JSON.stringify({ aud: 'sts.amazonaws.com', sub: 'repo:acme/app:pull_request' });

async function evaluate(
  policy: string,
  more: readonly string[] = ['--claims', 'claims.json'],
): Promise<Awaited<ReturnType<typeof run>>> {
  const config = 'version: 1\nquotas:\n  trust-policy-size: 2048\n';
  const cwd = folderWith({ 'p.json': policy, 'claims.json': claims, 'config.yml': config });
  return run(['evaluate', '--policy', 'p.json', ...more], { cwd });
}

describe('sallyport evaluate', () => {
  it.each([
    ['repo:acme/*', 'allowed', 0],
    ['repo:evil/*', 'denied', 1],
  ])('asks a trust policy for %s: %s', async (sub, verdict, exit) => {
    const { code, stdout, stderr } = await evaluate(trust(sub));
    expect([code, stderr]).toEqual([exit, '']);
    expect(stdout).toMatch(new RegExp(`^${verdict}: `));
    expect(stdout).toMatch(/would IAM store it\? yes\n$/);
  });

  it("says in IAM's words that it would not store a policy", async () => {
    const { code, stdout } = await evaluate(trust('*'));
    expect(code).toBe(0);
    expect(stdout).toContain(
      'would IAM store it? no\n  MalformedPolicyDocument p.json: Trust policy with',
    );
    const { stdout: json } = await evaluate(trust('*'), ['--claims', 'claims.json', '-f', 'json']);
    expect(JSON.parse(json)).toMatchObject({
      verdict: 'allowed',
      stored: {
        verdict: 'rejected',
        reasons: [{ code: 'MalformedPolicyDocument', policy: 'p.json' }],
      },
    });
  });

  it('takes the quotas of the account from the configuration', async () => {
    const long = trust(`repo:acme/${'a'.repeat(2048)}`);
    const usual = await evaluate(long);
    expect(usual.stdout).toMatch(/not known\n {2}LimitExceeded p\.json: .*2048 by default, 4096/);
    const told = await evaluate(long, ['--claims', 'claims.json', '-c', 'config.yml']);
    expect(told.stdout).toMatch(/store it\? no\n {2}LimitExceeded p\.json: .*in this account/);
    const missing = await evaluate(long, ['--claims', 'claims.json', '-c', 'nothing.yml']);
    expect([missing.code, missing.stdout]).toEqual([2, '']);
  });

  it.each([
    ['cut off', trust('*').slice(0, -1), /line 1, column \d+: a comma or "}"/],
    [
      'with a comment',
      `{\n// all\n${trust('*').slice(1)}`,
      /line 2, column 1: JSON has no comments/,
    ],
    ['of more than two megabytes', `"${'x'.repeat(2_200_000)}"`, /2200002 characters, more than/],
    ['that is YAML', 'Version: 2012-10-17\n', /line 1, column 1/],
    ['empty', '', /line 1, column 1: the JSON ends too early/],
  ])('refuses a policy %s and names the place', async (_name, policy, message) => {
    const { code, stdout, stderr } = await evaluate(policy);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(message);
  });

  it.each([
    ['an unknown operator', trust('*').replace('StringLike', 'StringMatches'), 'unknown-operator'],
    ['a wrong type', trust('*').replace('"Allow"', '1'), 'invalid-value'],
    ['an unknown element', trust('*').replace('"Condition"', '"Conditions"'), 'unknown-element'],
    ['a resource', trust('*').replace('"Effect"', '"Resource":"*","Effect"'), 'unknown-element'],
    ['10,001 statements', `{"Statement":[${'{},'.repeat(10_000)}{}]}`, 'too-large'],
  ])('does not decide on %s', async (_name, policy, problem) => {
    const { code, stdout } = await evaluate(policy, [
      '--claims',
      'claims.json',
      '--provider',
      provider,
    ]);
    expect(code).toBe(4);
    expect(stdout).toMatch(
      new RegExp(`^undecided: [\\s\\S]*problem\\[policy-${problem}\\] p\\.json:1:\\d+`),
    );
  });
});
