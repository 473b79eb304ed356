import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'shared-role-across-environments';
testCorpus(rule);

const job = (id: string, environment: string, role: string): string => `  ${id}:
    ${environment && `environment: ${environment}`}
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: "${role}" }
`;
const arn = 'arn:aws:iam::111111111111:role/shop';

it.each([
  ['dev', 'prod', arn, ['medium/high']],
  ['dev', '', arn, ['medium/high']],
  ['prod', 'production', arn, []],
  ['docs', 'pages', arn, ['medium/high']],
  ['', '', arn, []],
  ['Prod', 'prod', arn, []],
  ['${{ inputs.stage }}', 'prod', arn, []],
  ['dev', 'prod', '${{ vars.ROLE }}', ['info/low']],
  ['dev', '', '${{ vars.ROLE }}', ['low/low']],
  ['dev', '', '${{ secrets.ROLE }}', ['low/low']],
  ['dev', 'prod', 'arn:aws:iam::${{ vars.ACCOUNT }}:role/shop', []],
])('%s and %s with %s: %j', (one, other, role, expected) => {
  const text = `on: push\njobs:\n${job('a', one, role)}${job('b', other, role)}`;
  const found = findingsOf(rule, text);
  expect(found.map(({ severity, confidence }) => `${severity}/${confidence}`)).toEqual(expected);
});

it.each([
  ['deploy-dev', 'deploy-prod', 1],
  ['deployStaging', 'deployProd', 1],
  ['product', 'development-notes', 0],
  ['build', 'deploy-prod', 0],
])('jobs %s and %s without environments: %i', (one, other, count) => {
  expect(
    findingsOf(rule, `on: push\njobs:\n${job(one, '', arn)}${job(other, '', arn)}`),
  ).toHaveLength(count);
});
