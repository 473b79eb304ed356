import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'malformed-role-arn';
testCorpus(rule);

const problems = (role: string, action = 'aws-actions/configure-aws-credentials@v5'): unknown[] =>
  findingsOf(
    rule,
    `on: push
env:
  BLANK: "111111111111 "
  FINE: "111111111111"
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: ${action}
        with:
          role-to-assume: ${role}
`,
  ).map((one) => one.data['problem']);

it.each([
  ['arn:aws:iam::111111111111:role/shop', []],
  ['arn:aws-cn:iam::111111111111:role/team/shop', []],
  ['arn:aws:iam::${{ env.FINE }}:role/shop', []],
  ['arn:aws:iam::${{ env.BLANK }}:role/shop', ['blank']],
  ["arn:aws:iam::${{ inputs.prod && '222222222222' || '1' }}:role/shop", ['account']],
  ['>-\n            arn:aws:iam::111111111111:role/shop\n', []],
  ['>-\n            arn:aws:iam::111111111111:role/\n            shop\n', ['blank']],
  ['|\n            arn:aws:iam::111111111111:role/shop\n', []],
  ['${{ vars.ROLE }}', []],
  ['${{ vars.A }}:role/${{ vars.B }}', []],
  ['arn:aws:iam:${{ vars.A }}', []],
  ['arn:aws:iam:eu-west-2:${{ vars.A }}', [':iam::']],
  ['arn:aws:iam::11111111111:role/shop', ['account']],
  ['arn:aws:iam::111111111111:role', [':role/']],
  ['arn:aws:iam::111111111111:role/', ['name']],
  ['arn:aws:iam::111111111111:role/shöp', ['name']],
  ['arn:aws:iam::111111111111:assumed-role/shop/x', ['session']],
  ['ARN:aws:iam::111111111111:role/shop', ['arn:aws']],
  ['shop', ['bare-name']],
])('%s: %j', (role, expected) => {
  expect(problems(role)).toEqual(expected);
});

it('lets other actions take names, but no broken ARN', () => {
  expect(problems('shop', 'acme/assume@v1')).toEqual([]);
  expect(problems('arn:aws:iam::1:role/shop', 'acme/assume@v1')).toEqual(['account']);
});
