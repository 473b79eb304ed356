import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'role-arn-in-secret';
testCorpus(rule);

const workflow = (role: string): string => `on: push
env:
  ROLE: \${{ secrets.SHOP_ROLE }}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: ${role}
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: ${role}
`;

it.each([
  ['${{ vars.ROLE }}', []],
  ['arn:aws:iam::111111111111:role/shop', []],
  [
    '${{ secrets.ROLE }}',
    [
      ['low', 'ROLE'],
      ['low', 'ROLE'],
    ],
  ],
  [
    '|\n            ${{ secrets.ROLE }}',
    [
      ['low', 'ROLE'],
      ['low', 'ROLE'],
    ],
  ],
  [
    '${{ vars.ROLE || secrets.ROLE }}',
    [
      ['low', 'ROLE'],
      ['low', 'ROLE'],
    ],
  ],
  // One place, one finding, however many steps read it.
  ['${{ env.ROLE }}', [['low', 'SHOP_ROLE']]],
  [
    'arn:aws:iam::${{ secrets.ID }}:role/shop',
    [
      ['info', 'ID'],
      ['info', 'ID'],
    ],
  ],
  [
    '${{ secrets[matrix.name] }}',
    [
      ['low', ''],
      ['low', ''],
    ],
  ],
])('%s: %j', (role, expected) => {
  const found = findingsOf(rule, workflow(role));
  expect(found.map((one) => [one.severity, one.data['secret']])).toEqual(expected);
});
