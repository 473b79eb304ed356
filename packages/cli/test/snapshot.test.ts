import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { readPolicySources, sourceFile } from '@sallyport/core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { type Answer, FakeIam } from './fake-iam.ts';
import { folderWith, run, type Ran } from './run.ts';

const secret = 'made-up-secret-access-key-for-tests';
const host = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111111111111:oidc-provider/${host}`;

const trusting = (federated: string): string =>
  encodeURIComponent(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: federated },
        },
      ],
    }),
  );
const service = encodeURIComponent(
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}}]}',
);
const permissions = encodeURIComponent(
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}]}',
);

const role = (name: string, trust: string, more = ''): string =>
  `<Path>/</Path><RoleName>${name}</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::111111111111:role/${name}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument>${more}`;
const member = (...items: readonly string[]): string =>
  items.map((item) => `<member>${item}</member>`).join('');

const account: Readonly<Record<string, Answer>> = {
  GetCallerIdentity: () =>
    '<Account>111111111111</Account><Arn>arn:aws:iam::111111111111:user/ann</Arn><UserId>AIDAEXAMPLE</UserId>',
  ListOpenIDConnectProviders: () =>
    `<OpenIDConnectProviderList>${member(`<Arn>${provider}</Arn>`)}</OpenIDConnectProviderList>`,
  GetOpenIDConnectProvider: () =>
    `<Url>${host}</Url><ClientIDList>${member('sts.amazonaws.com')}</ClientIDList><ThumbprintList>${member('a'.repeat(40))}</ThumbprintList>`,
  ListRoles: (parameters) =>
    parameters.get('Marker') === null
      ? `<IsTruncated>true</IsTruncated><Marker>second</Marker><Roles>${member(role('shop', trusting(provider)), role('ec2', service))}</Roles>`
      : `<IsTruncated>false</IsTruncated><Roles>${member(role('anyone', trusting('*')))}</Roles>`,
  GetRole: (parameters) => {
    const name = parameters.get('RoleName') ?? '';
    const boundary =
      '<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>arn:aws:iam::111111111111:policy/boundary</PermissionsBoundaryArn></PermissionsBoundary>';
    return `<Role>${role(name, service, name === 'shop' ? boundary : '')}</Role>`;
  },
  ListRolePolicies: (parameters) => {
    if (parameters.get('RoleName') !== 'shop')
      return '<IsTruncated>false</IsTruncated><PolicyNames></PolicyNames>';
    return parameters.get('Marker') === null
      ? `<IsTruncated>true</IsTruncated><Marker>m</Marker><PolicyNames>${member('push')}</PolicyNames>`
      : `<IsTruncated>false</IsTruncated><PolicyNames>${member('logs')}</PolicyNames>`;
  },
  GetRolePolicy: (parameters) =>
    `<RoleName>shop</RoleName><PolicyName>${parameters.get('PolicyName')}</PolicyName><PolicyDocument>${permissions}</PolicyDocument>`,
  ListAttachedRolePolicies: (parameters) =>
    `<IsTruncated>false</IsTruncated><AttachedPolicies>${parameters.get('RoleName') === 'shop' ? member('<PolicyName>team</PolicyName><PolicyArn>arn:aws:iam::111111111111:policy/team</PolicyArn>') : ''}</AttachedPolicies>`,
  GetPolicy: (parameters) =>
    `<Policy><PolicyName>${(parameters.get('PolicyArn') ?? '').split('/').at(-1)}</PolicyName><DefaultVersionId>v2</DefaultVersionId></Policy>`,
  GetPolicyVersion: (parameters) =>
    `<PolicyVersion><Document>${permissions}</Document><VersionId>${parameters.get('VersionId')}</VersionId><IsDefaultVersion>true</IsDefaultVersion></PolicyVersion>`,
};

async function serve(answers: Readonly<Record<string, Answer>>): Promise<FakeIam> {
  const server = new FakeIam(answers);
  vi.stubEnv('AWS_ENDPOINT_URL', await server.start());
  onTestFinished(() => server.stop());
  return server;
}

/** Runs the command in a folder of its own and gives the snapshot that it wrote. */
async function snap(...options: readonly string[]): Promise<Ran & { root: string; text: string }> {
  const root = folderWith({});
  const ran = await run(['snapshot', '-o', 'out.json', ...options], { cwd: root });
  let text = '';
  try {
    text = readFileSync(join(root, 'out.json'), 'utf8');
  } catch {
    // Nothing was written; the test says whether that is right.
  }
  return { ...ran, root, text };
}

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials');
  for (const name of ['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_SESSION_TOKEN']) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('sallyport snapshot', () => {
  it('writes the roles that trust GitHub, their policies and the providers', async () => {
    await serve(account);
    const { code, text, root, stderr, stdout } = await snap();
    expect(stderr).toContain('account 111111111111: 2 roles, 1 OIDC providers -> out.json');
    expect([code, stdout]).toEqual([0, '']);
    expect(statSync(join(root, 'out.json')).mode & 0o777).toBe(0o600);
    const { states, problems } = readPolicySources([sourceFile('out.json', text)]);
    expect(problems).toEqual([]);
    const [state] = states;
    expect(state?.account).toBe('111111111111');
    expect(state?.complete).toEqual({ roles: false, providers: true });
    expect(state?.listsRolesTrusting).toEqual([`https://${host}`]);
    expect(state?.roles.map(({ label }) => label)).toEqual(['anyone', 'shop']);
    const shop = state?.roles.find(({ label }) => label === 'shop');
    expect(shop?.policies.map(({ name, document }) => [name, document?.root.kind])).toEqual([
      ['logs', 'map'],
      ['push', 'map'],
      ['team', 'map'],
    ]);
    expect(shop?.boundary?.document?.root.kind).toBe('map');
    expect(shop?.unresolved).toEqual([]);
    expect(state?.providers.map(({ url, clientIds }) => [url, clientIds])).toEqual([
      [[host], [['sts.amazonaws.com']]],
    ]);
  });

  it('writes every role with --all-roles, and nothing that depends on the order of answers', async () => {
    await serve(account);
    const first = await snap('--all-roles');
    const second = await snap('--all-roles');
    const plain = (text: string): string => text.replace(/"takenAt": "[^"]*"/, '');
    expect(plain(first.text)).toBe(plain(second.text));
    const [state] = readPolicySources([sourceFile('out.json', first.text)]).states;
    expect(state?.roles.map(({ label }) => label)).toEqual(['anyone', 'ec2', 'shop']);
    expect(state?.complete).toEqual({ roles: true, providers: true });
  });

  it('tries again when IAM throttles', async () => {
    const throttled: Answer = (parameters, nth) =>
      nth <= 2
        ? { status: 400, code: 'Throttling', message: 'Rate exceeded' }
        : (account['GetRole']?.(parameters, nth) ?? '');
    const server = await serve({ ...account, GetRole: throttled });
    const { code, text } = await snap();
    expect(code).toBe(0);
    expect(text).not.toContain('"partial"');
    expect(server.asked.filter((action) => action === 'GetRole')).toHaveLength(4);
  });

  it('names what was refused, marks the snapshot as partial and ends with 4', async () => {
    const { GetPolicyVersion: _, ListOpenIDConnectProviders: __, ...rest } = account;
    await serve(rest);
    const { code, text, stderr } = await snap();
    expect(code).toBe(4);
    expect(stderr).toContain('error[SNAPSHOT_PARTIAL]');
    expect(stderr).toContain('allow iam:GetPolicyVersion, iam:ListOpenIDConnectProviders');
    const [state] = readPolicySources([sourceFile('out.json', text)]).states;
    expect(state?.complete).toEqual({ roles: false, providers: false });
    expect(state?.missing).toContain(
      'the OIDC providers: iam:ListOpenIDConnectProviders was refused',
    );
    expect(state?.listsRolesTrusting).toBeUndefined();
  });

  it('says that there are no credentials', async () => {
    await serve(account);
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    const { code, text, stderr } = await snap();
    expect([code, text]).toEqual([4, '']);
    expect(stderr).toContain('error[AWS_NO_CREDENTIALS]');
  });

  it('says that credentials have ended', async () => {
    await serve({
      ...account,
      GetCallerIdentity: () => ({
        status: 403,
        code: 'ExpiredToken',
        message: 'The security token included in the request is expired',
      }),
    });
    const { code, text, stderr } = await snap();
    expect([code, text]).toEqual([4, '']);
    expect(stderr).toContain('error[AWS_CREDENTIALS_INVALID]');
    expect(stderr).toContain('sts:GetCallerIdentity');
  });

  it('says that AWS cannot be reached', async () => {
    const server = new FakeIam(account);
    vi.stubEnv('AWS_ENDPOINT_URL', await server.start());
    await server.stop();
    const { code, text, stderr } = await snap();
    expect([code, text]).toEqual([4, '']);
    expect(stderr).toContain('error[AWS_UNREACHABLE]');
  });

  it('prints no credentials, whatever happens', async () => {
    await serve({
      ...account,
      GetCallerIdentity: () => ({ status: 500, code: 'InternalFailure', message: 'x' }),
    });
    const broken = await snap('--verbose');
    await serve(account);
    const good = await snap('--verbose');
    for (const { stdout, stderr, text } of [broken, good])
      expect(stdout + stderr + text).not.toContain(secret);
  });

  it('asks with a profile', async () => {
    await serve(account);
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    const root = folderWith({
      credentials: `[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`,
    });
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(root, 'credentials'));
    expect((await snap('--profile', 'prod')).code).toBe(0);
    expect((await snap('--profile', 'dev')).stderr).toContain('error[AWS_NO_CREDENTIALS]');
  });

  it.each([
    [
      ['--all-roles', '--issuer', 'https://a.example'],
      '--all-roles and --issuer exclude each other',
    ],
    [['--issuer', 'http://a.example'], '--issuer "http://a.example" is no URL of an issuer'],
  ])('refuses %j', async (options, message) => {
    const { code, stderr } = await snap(...options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
