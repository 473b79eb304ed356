import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'printed-secret';
testCorpus(rule);

const workflow = (script: string): string => `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    env: { KEY: "\${{ secrets.API_KEY }}", ACCOUNT: "\${{ secrets.ACCOUNT_ID }}" }
    steps:
      - run: ${JSON.stringify(script)}
`;
const get = 'aws secretsmanager get-secret-value --secret-id s';
const value = '--query SecretString --output text';

it.each([
  [get, ['call']],
  [`${get} | jq -r .SecretString`, ['call']],
  [`${get} | jq -r .ARN`, []],
  [`${get} --query ARN`, []],
  [`${get} --query "$FIELD"`, ['call']],
  [`${get} > s.json`, []],
  [`${get} | docker login --password-stdin r`, []],
  [`${get} | grep -q password`, []],
  [`${get} | base64 -d > s.bin`, []],
  [`timeout 10 ${get}`, ['call']],
  [`if ${get} > /dev/null; then true; fi`, []],
  [`f() { ${get}; }; A=$(f)`, []],
  [`f() { ${get}; }; f`, ['call']],
  [`echo "::add-mask::$(${get})"`, []],
  [`A=$(${get} ${value}); echo "$A"`, ['variable']],
  [`A=$(${get} ${value}); echo "$A" >> "$GITHUB_ENV"`, []],
  [`A=$(${get} ${value}); echo "::add-mask::$A"; echo "$A"`, []],
  [`A=$(${get} ${value}); echo "$A"; echo "::add-mask::$A"`, ['variable']],
  [`A=$(${get} ${value}); echo "\${#A}"`, []],
  [`set -x; A=$(${get} ${value})`, ['trace']],
  [`set -o xtrace; A=$(${get} ${value})`, ['trace']],
  [`set -x; set +x; A=$(${get} ${value})`, []],
  [`set -eu; A=$(${get} ${value})`, []],
  [`${get} > s.json; jq . s.json`, ['file']],
  [`${get} > s.json; jq -r .Name s.json > n`, []],
  ['aws ssm get-parameter --name a', []],
  ['aws ssm get-parameters --names a --with-decryption --query "Parameters[]"', ['call']],
  ['aws sts get-caller-identity', []],
  ['aws kms decrypt --ciphertext-blob fileb://a --query Plaintext --output text', ['call']],
  ['aws configure get aws_secret_access_key', ['call']],
  ['aws configure get region', []],
  ['echo "$KEY"', ['stored']],
  ['echo "$KEY" | rev', ['stored']],
  ['echo "$KEY" | gpg --import', []],
  ['echo "$ACCOUNT"', []],
  ['printenv', ['environment']],
  ['printenv HOME', []],
  ['env | sort > env.txt', []],
])('%s', (script, expected) => {
  expect(findingsOf(rule, workflow(script)).map((one) => one.data['how'])).toEqual(expected);
});
