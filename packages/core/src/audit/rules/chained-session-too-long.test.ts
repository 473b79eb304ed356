import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'chained-session-too-long';
testCorpus(rule);

it.each([
  ['3600', []],
  ['3601', [3601]],
  ['"43200"', [43_200]],
  ['${{ inputs.seconds }}', []],
  ["${{ github.ref == 'refs/heads/main' && '7200' || '900' }}", [7200]],
  ['an hour', []],
])('role-duration-seconds: %s', (value, expected) => {
  const found = findingsOf(
    rule,
    `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-chaining: true
          role-to-assume: arn:aws:iam::222222222222:role/shop
          role-duration-seconds: ${value}
`,
  );
  expect(found.map((one) => one.data['seconds'])).toEqual(expected);
});
