import { expect, it } from 'vitest';

import { linesOf, testCorpus } from '../../../test/audit.ts';

const rule = 'ciphertext-encoding-mixup';
testCorpus(rule);

const workflow = (body: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${body.replaceAll(/^/gm, '      ')}\n`;
const run = (...lines: string[]): string =>
  workflow(`- run: |\n${lines.map((line) => `    ${line}`).join('\n')}`);
const encrypt =
  'aws kms encrypt --key-id k --plaintext fileb://d.key --output text --query CiphertextBlob';

it.each([
  [`${encrypt} > c`, 'aws kms decrypt --ciphertext-blob fileb://c', [8]],
  [`${encrypt} > ./c`, 'aws kms decrypt --ciphertext-blob fileb://c', [8]],
  [`${encrypt} | base64 -d > c`, 'aws kms decrypt --ciphertext-blob fileb://c', []],
  [`${encrypt} | base64 -d > c`, 'aws kms decrypt --ciphertext-blob file://c', [8]],
  [
    `${encrypt} | base64 -d > c`,
    'aws kms decrypt --cli-binary-format raw-in-base64-out --ciphertext-blob file://c',
    [],
  ],
  [`${encrypt} > c`, 'aws kms decrypt --ciphertext-blob fileb://<(base64 -d c)', []],
  [`${encrypt} > c`, 'aws kms decrypt --ciphertext-blob fileb://other', []],
  [`BLOB=$(${encrypt}); echo "$BLOB" > c`, 'aws kms decrypt --ciphertext-blob fileb://c', [8]],
  [
    'aws kms decrypt --ciphertext-blob fileb://c --output text --query Plaintext > p.zip',
    'unzip p.zip',
    [8],
  ],
  [
    'aws kms decrypt --ciphertext-blob fileb://c --output text --query Plaintext > p.txt',
    'cat p.txt',
    [],
  ],
  [
    'aws kms generate-data-key --key-id k > k.json',
    'aws kms decrypt --ciphertext-blob fileb://k.json',
    [],
  ],
])('%s; %s', (first, second, expected) => {
  expect(linesOf(rule, run(first, second))).toEqual(expected);
});
