import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'environment-secret-in-workflow-env';
testCorpus(rule);

const workflow = (entry: string, script: string, more = ''): string => `on: push
env:
  ${entry}
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: prod
    ${more}
    steps:
      - run: ${JSON.stringify(script)}
`;

it.each([
  ['ACCOUNT_ID: "${{ secrets.ACCOUNT_ID }}"', './deploy $ACCOUNT_ID', 1],
  ['TARGET: "${{ vars.PROD_TARGET }}"', './deploy ${{ env.TARGET }}', 1],
  ['ROLE: "${{ secrets.X }}"', 'python -c "import os; os.environ[\'ROLE\']"', 1],
  ['ACCOUNT_ID: "111111111111"', './deploy $ACCOUNT_ID', 0],
  ['ACCOUNT_ID: "${{ secrets.ACCOUNT_ID }}"', './deploy $ACCOUNT_IDS', 0],
  ['REGION: "${{ secrets.AWS_REGION }}"', './deploy $REGION', 0],
  ['PRODUCT: "${{ secrets.PRODUCT }}"', './deploy $PRODUCT', 0],
])('%s read by %s', (entry, script, expected) => {
  expect(findingsOf(rule, workflow(entry, script))).toHaveLength(expected);
});

it('is silent when the job sets the variable itself', () => {
  const entry = 'ROLE: "${{ secrets.ROLE }}"';
  const own = 'env: { ROLE: "${{ secrets.ROLE }}" }';
  expect(findingsOf(rule, workflow(entry, './deploy $ROLE', own))).toEqual([]);
});
