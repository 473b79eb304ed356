import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'key-alias-across-accounts';
testCorpus(rule);

const take = (role: string): string =>
  `      - uses: aws-actions/configure-aws-credentials@v5\n        with: { role-to-assume: "${role}", aws-region: x }\n`;
const workflow = (key: string, mine: string, theirs: string): string => `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
${take(mine)}      - run: aws kms encrypt --key-id ${key} --plaintext fileb://a.key --output text --query CiphertextBlob > a.enc
      - uses: actions/upload-artifact@v4
        with: { name: sealed, path: a.enc }
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
${take(theirs)}      - uses: actions/download-artifact@v4
        with: { name: sealed }
`;
const arn = (account: string): string => `arn:aws:iam::${account}:role/ci`;
const [one, two] = ['111111111111', '222222222222'];

it.each([
  ['alias/shop', arn(one), arn(two), ['high']],
  ['alias/shop', arn(one), arn(one), []],
  ['"$KEY"', arn(one), arn(two), []],
  [`arn:aws:kms:eu-west-2:${one}:alias/shop`, arn(one), arn(two), []],
  ['alias/shop', arn('${{ vars.DEV }}'), arn('${{ vars.PROD }}'), ['medium']],
  ['alias/shop', arn('${{ vars.DEV }}'), arn('${{ vars.DEV }}'), []],
  ['alias/shop', '${{ vars.ROLE }}', arn(two), ['low']],
  ['alias/shop', arn(one), '${{ vars.ROLE }}', []],
])('%s, %s, %s', (key, mine, theirs, expected) => {
  expect(findingsOf(rule, workflow(key, mine, theirs)).map((found) => found.confidence)).toEqual(
    expected,
  );
});
