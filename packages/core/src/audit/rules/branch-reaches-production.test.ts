import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'branch-reaches-production';
testCorpus(id);

function found(on: string, job = '', steps = '- run: cdk deploy ShopProd'): unknown[] {
  const text = `on: ${on}\njobs:\n  release:\n    runs-on: ubuntu-latest\n${job}    steps:\n      ${steps}\n`;
  return findingsOf(id, text).map(
    ({ severity, data }) => `${severity} ${data['event'] as string} ${data['branch'] as string}`,
  );
}

it.each([
  ['push', ['medium push null']],
  ['{ push: { branches: ["**"] } }', ['medium push **']],
  [
    '{ push: { branches: [main, develop, staging] } }',
    ['medium push develop', 'medium push staging'],
  ],
  ['{ push: { branches: [main, "feature/*"] } }', ['medium push feature/*']],
  ['{ push: { branches-ignore: [main] } }', ['medium push null']],
  ['{ push: { branches: [main, "release/**", v2, live, hotfix-1] } }', []],
  ['{ push: { tags: ["v*"] } }', []],
  ['pull_request', ['medium pull_request null']],
  ['{ pull_request: { types: [closed] } }', []],
  ['workflow_dispatch', ['low workflow_dispatch null']],
  ['[release, schedule, workflow_run, repository_dispatch]', []],
])('on: %s', (on, expected) => {
  expect(found(on)).toEqual(expected);
});

it.each([
  ["    if: github.ref == 'refs/heads/main'\n", []],
  ["    if: github.ref_name != 'dev'\n", []],
  ["    if: github.event_name == 'push'\n", ['medium push dev']],
  ["    if: contains(github.ref, 'dev')\n", ['medium push dev']],
  ['    if: vars.DEPLOY\n', ['medium push dev']],
  ["    if: github.repository == 'acme/shop'\n", ['medium push dev']],
  ["    if: github.event.head_commit.message == 'deploy'\n", []],
  ['    environment: prod\n', ['low push dev']],
  ['    environment: dev\n', []],
  ["    environment: ${{ github.ref_name == 'dev' && 'dev' || 'prod' }}\n", []],
  ['    environment: ${{ vars.PRODUCTION }}\n', ['low push dev']],
  ['    environment: ${{ matrix.environment }}\n', []],
])('%j', (job, expected) => {
  expect(found('{ push: { branches: [main, dev] } }', job)).toEqual(expected);
});

const role = (arn: string): string =>
  `- { uses: aws-actions/configure-aws-credentials@v5, with: { role-to-assume: ${arn}, aws-region: x } }`;

it('takes the stage from the role before the name', () => {
  const on = '{ push: { branches: [main, dev] } }';
  expect(found(on, '', role('arn:aws:iam::111111111111:role/shop-prod'))).toEqual([
    'medium push dev',
  ]);
  expect(found(on, '', role('arn:aws:iam::111111111111:role/product'))).toEqual([]);
  expect(
    found(on, '    name: Deploy to production\n', role('arn:aws:iam::111111111111:role/dev')),
  ).toEqual([]);
  expect(found(on, '', role('"${{ secrets[format(\'ROLE_{0}\', github.ref_name)] }}"'))).toEqual(
    [],
  );
});

it('knows the default branch where git tells it', () => {
  const text =
    'on: { push: { branches: [develop] } }\njobs: { a: { runs-on: x, steps: [{ run: cdk deploy ShopProd }] } }\n';
  expect(findingsOf(id, text)).toHaveLength(1);
  expect(findingsOf(id, text, { git: { defaultBranch: 'develop' } })).toEqual([]);
});
