import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'role-from-free-text';
testCorpus(rule);

const workflow = (input: string, more = '', role = '${{ inputs.role }}'): string => `on:
  workflow_dispatch:
    inputs:
      role: ${input}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: ${role}
          ${more}
`;

it.each([
  ['{}', '', 1],
  ['{ type: string }', '', 1],
  ['{ type: string, default: "arn:aws:iam::111111111111:role/shop" }', '', 1],
  ['{ type: choice, options: ["arn:aws:iam::111111111111:role/shop"] }', '', 0],
  ['{ type: environment }', '', 0],
  ['{ type: boolean }', '', 0],
  ['{}', 'allowed-account-ids: "111111111111"', 0],
  ['{}', 'allowed-account-ids: ${{ vars.ACCOUNTS }}', 0],
  ['{}', 'allowed-account-ids: ${{ inputs.role }}', 1],
])('an input %s and "%s": %i findings', (input, more, count) => {
  expect(findingsOf(rule, workflow(input, more))).toHaveLength(count);
});

it.each([
  ['${{ inputs.role }}', 'role', 'medium'],
  ["${{ inputs.role || 'arn:aws:iam::111111111111:role/shop' }}", 'role', 'medium'],
  ['arn:aws:iam::${{ inputs.role }}:role/shop', 'account', 'medium'],
  ['arn:aws:iam::${{ vars.ACCOUNT }}:role/${{ inputs.role }}', 'name', 'low'],
])('in %s it is the %s', (role, part, severity) => {
  expect(findingsOf(rule, workflow('{}', '', role))).toMatchObject([{ severity, data: { part } }]);
});
