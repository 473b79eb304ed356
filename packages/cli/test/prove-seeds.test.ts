import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { folderWith, run } from './run.ts';

const workflows = fileURLToPath(new URL('../../../../shared/corpus/workflows', import.meta.url));
const provider = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';
const prefix = 'token.actions.githubusercontent.com';

interface Report {
  readonly summary: Readonly<Record<string, number>>;
  readonly cases: readonly {
    readonly id: string;
    readonly role: { readonly arn?: string };
    readonly authentication: {
      readonly verdict: string;
      readonly reasons: readonly { readonly code: string }[];
      readonly accepted?: Token;
      readonly refused?: Token;
    };
  }[];
  readonly trust: readonly {
    readonly role: string;
    readonly findings: readonly { readonly class: string; readonly witness: Token }[];
    readonly unused: readonly { readonly subject: string }[];
  }[];
  readonly unreachable: readonly {
    readonly job?: string;
    readonly trigger?: string;
    readonly reason: string;
  }[];
  readonly deadArms: readonly { readonly role: string }[];
}

interface Token {
  readonly claims: Readonly<Record<string, string>>;
}

/** An account of one role per name, which trusts these subjects. */
function account(roles: Readonly<Record<string, readonly string[]>>, withProvider = true): string {
  return JSON.stringify({
    account: '111111111111',
    authorizationDetails: {
      RoleDetailList: Object.entries(roles).map(([name, subjects]) => ({
        RoleName: name,
        Arn: `arn:aws:iam::111111111111:role/${name}`,
        Path: '/',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Federated: provider },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: {
                StringEquals: { [`${prefix}:aud`]: 'sts.amazonaws.com' },
                StringLike: { [`${prefix}:sub`]: subjects },
              },
            },
          ],
        },
      })),
    },
    openIdConnectProviders: withProvider
      ? [{ arn: provider, url: prefix, clientIds: ['sts.amazonaws.com'], thumbprints: [] }]
      : [],
  });
}

async function prove(
  root: string,
  repository: string,
  iam: string,
  more: readonly string[],
): Promise<Report> {
  const cwd = folderWith({ 'iam.json': iam });
  const { stdout } = await run(
    [
      'prove',
      root,
      '--iam',
      'iam.json',
      '--repository',
      repository,
      '--no-git',
      '--subject-format',
      'classic',
      '--format',
      'json',
      ...more,
    ],
    { cwd },
  );
  return JSON.parse(stdout) as Report;
}

const hindsight = `${workflows}/arshargithub+HindsightRoboMemSetup`;
const fraud = `${workflows}/EsosaOrumwese+fraud-detection-system`;

it.skipIf(!existsSync(hindsight))(
  'a stage is dispatched from a branch that the role does not trust',
  async () => {
    const name = 'arshargithub/HindsightRoboMemSetup';
    const report = await prove(
      hindsight,
      name,
      account({
        dev: [`repo:${name}:ref:refs/heads/main`],
        prod: [`repo:${name}:ref:refs/tags/*`],
        blank: [`repo:${name}:*`],
      }),
      [
        '--default-branch',
        'main',
        '--secret',
        'AWS_ROLE_ARN_DEV=arn:aws:iam::111111111111:role/blank',
        '--secret',
        'AWS_ROLE_ARN_PROD=arn:aws:iam::111111111111:role/prod',
      ],
    );
    const verdicts = report.cases.map(
      ({ id, authentication }) => `${id} ${authentication.verdict}`,
    );
    expect(verdicts).toEqual([
      'deploy-hindsight.yml/deploy-dev@push allowed',
      'deploy-hindsight.yml/deploy-prod@workflow_dispatch sometimes',
      'deploy-hindsight.yml/deploy-prod@release allowed',
    ]);
    const dispatch = report.cases[1]?.authentication;
    expect(dispatch?.refused?.claims['sub']).toBe(`repo:${name}:ref:refs/heads/main`);
    expect(dispatch?.accepted?.claims['sub']).toBe(`repo:${name}:ref:refs/tags/v1`);
    const unreached = report.unreachable.filter(({ trigger }) => trigger === 'workflow_dispatch');
    expect(unreached[0]?.reason).toContain('"dev"');
    const blank = report.trust.find(({ role }) => role.endsWith('/blank'));
    const witnesses = blank?.findings.map(({ witness }) => witness.claims['sub']);
    expect(witnesses).toContain(`repo:${name}:pull_request`);
  },
);

it.skipIf(!existsSync(fraud))('a job that is switched off is unreachable', async () => {
  const name = 'EsosaOrumwese/fraud-detection-system';
  const report = await prove(fraud, name, account({}, false), ['--default-branch', 'main']);
  expect(report.unreachable.map(({ reason }) => reason).join('\n')).toMatch(/false/);
});
