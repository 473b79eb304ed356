import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'retry-masks-denial';
testCorpus(rule);

it.each([
  ['', [12]],
  ['disable-retry: true', []],
  ['disable-retry: "TRUE"', []],
  ['disable-retry: false', [12]],
  ['disable-retry: ${{ vars.NO_RETRY }}', []],
  ['retry-max-attempts: 1', []],
  ['retry-max-attempts: 3', []],
  ['retry-max-attempts: 4', [4]],
  ['special-characters-workaround: true', [12]],
])('%s: %j attempts', (input, attempts) => {
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v5\n        with:\n          role-to-assume: arn:aws:iam::111111111111:role/shop\n          ${input}\n`;
  expect(findingsOf(rule, text).map((one) => one.data['attempts'])).toEqual(attempts);
});
