import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'secrets-inherit';
testCorpus(rule);

it.each([
  ['AWS_ACCESS_KEY_ID', 1],
  ['PROD_AWS_ROLE_ARN', 1],
  ['AWS_DEPLOY_ROLE', 1],
  ['AWS_REGION', 0],
  ['AWS_ACCOUNT_ID', 0],
  ['NPM_TOKEN', 0],
  ['GITHUB_TOKEN', 0],
])('a callee that reads %s: %i findings', (secret, count) => {
  const found = findingsOf(rule, {
    '.github/workflows/a.yml':
      'on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    secrets: inherit\n',
    '.github/workflows/b.yml': `on: workflow_call\njobs:\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./b.sh\n        env: { X: "\${{ secrets.${secret} }}" }\n`,
  });
  expect(found).toHaveLength(count);
});

it('only says of another repository that nothing can be seen', () => {
  const text =
    'on: push\njobs:\n  a:\n    uses: acme/ci/.github/workflows/b.yml@v1\n    secrets: inherit\n';
  expect(findingsOf(rule, text)).toMatchObject([
    { severity: 'low', confidence: 'low', data: { remote: true, aws: [] } },
  ]);
});

const call = (to: string): string =>
  `on: workflow_call\njobs:\n  a:\n    uses: ./.github/workflows/${to}.yml\n    secrets: inherit\n`;

it('ends in a circle of calls', () => {
  const files = { '.github/workflows/a.yml': call('b'), '.github/workflows/b.yml': call('a') };
  expect(findingsOf(rule, files)).toEqual([]);
});
