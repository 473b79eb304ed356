import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'kms-encrypt-oversize';
testCorpus(rule);

const run = (script: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${script}\n`;

it.each([
  ['aws kms encrypt --key-id k --plaintext fileb://a.tar.gz', ['high']],
  ['aws kms encrypt --key-id k --plaintext=fileb://a.zip', ['high']],
  ['aws kms encrypt --key-id k --plaintext fileb://a.json', ['low']],
  ['aws kms encrypt --key-id k --plaintext fileb://data.key', []],
  ['aws kms encrypt --key-id k --plaintext fileb:///dev/stdin', []],
  ['aws kms encrypt --key-id k --plaintext "$TEXT"', []],
  ['aws kms decrypt --ciphertext-blob fileb://a.tar.gz', []],
  ['tar czf bundle cdk.out && aws kms encrypt --key-id k --plaintext fileb://bundle', ['high']],
  ['jq -n 1 > one.json && aws kms encrypt --key-id k --plaintext fileb://one.json', []],
])('%s', (script, expected) => {
  expect(findingsOf(rule, run(script)).map((one) => one.severity)).toEqual(expected);
});

it.each([
  [4096, '', 0],
  [4097, '', 1],
  [300, ' --encryption-algorithm RSAES_OAEP_SHA_256', 0],
  [447, ' --encryption-algorithm RSAES_OAEP_SHA_256', 1],
])('judges a file of %i bytes%s by its size', (size, algorithm, expected) => {
  const text = run(`aws kms encrypt --key-id k --plaintext fileb://./a.zip${algorithm}`);
  expect(findingsOf(rule, text, { sizes: { 'a.zip': size } })).toHaveLength(expected);
});
