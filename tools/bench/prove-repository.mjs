import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const issuer = 'token.actions.githubusercontent.com';

/**
 * Writes a repository of many workflows and an account of many roles: pushes, tags, pull requests,
 * dispatches with choices, environments, expressions that pick a role, and called workflows.
 * @param {string} folder
 * @param {{ workflows: number, roles: number }} size
 */
export function writeRepository(folder, { workflows, roles }) {
  const place = join(folder, 'repository/.github/workflows');
  mkdirSync(place, { recursive: true });
  for (let index = 0; index < workflows; index += 1)
    writeFileSync(join(place, `deploy-${index}.yml`), workflowText(index, roles));
  const provider = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
  const list = Array.from({ length: roles }, (_, index) => ({
    RoleName: `role-${index}`,
    Arn: arn(index),
    Path: '/',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: provider },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' },
            StringLike: { [`${issuer}:sub`]: subjects(index) },
          },
        },
      ],
    },
  }));
  const account = {
    schemaVersion: 1,
    account: '111111111111',
    authorizationDetails: { RoleDetailList: list, Policies: [], IsTruncated: false },
    openIdConnectProviders: [
      { arn: provider, url: issuer, clientIds: ['sts.amazonaws.com'], thumbprints: [] },
    ],
  };
  writeFileSync(join(folder, 'iam.json'), JSON.stringify(account));
}

/** @param {number} index */
function arn(index) {
  return `arn:aws:iam::111111111111:role/role-${index}`;
}

/**
 * @param {number} index
 * @returns {readonly string[]}
 */
function subjects(index) {
  const every = [
    ['repo:acme/shop:ref:refs/heads/main'],
    ['repo:acme/shop:*'],
    ['repo:acme/shop:environment:prod', `repo:acme/shop:environment:stage-${index}`],
    ['repo:acme/shop:ref:refs/heads/release/*', 'repo:acme/shop:ref:refs/tags/v*'],
    ['repo:acme/shop:pull_request', 'repo:acme/shop:ref:refs/heads/main'],
  ];
  return every[index % every.length] ?? [];
}

/**
 * @param {number} index
 * @param {number} roles
 */
function workflowText(index, roles) {
  const [one, other] = [arn(index % roles), arn((index * 7 + 1) % roles)];
  return `name: deploy ${index}
on:
  push: { branches: [main, 'release/**'], tags: ['v*'] }
  pull_request: { branches: [main] }
  workflow_dispatch:
    inputs:
      stage: { type: choice, options: [dev, stage-${index}, prod] }
permissions: { contents: read }
jobs:
  test:
    runs-on: ubuntu-latest
    permissions: { id-token: write }
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: \${{ github.ref == 'refs/heads/main' && '${one}' || '${other}' }}
          aws-region: eu-west-2
  deploy:
    needs: test
    if: github.event_name == 'workflow_dispatch' || startsWith(github.ref, 'refs/tags/')
    runs-on: ubuntu-latest
    environment: \${{ inputs.stage || 'prod' }}
    permissions: { id-token: write }
    steps:
      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: ${one}
          aws-region: eu-west-2
`;
}
