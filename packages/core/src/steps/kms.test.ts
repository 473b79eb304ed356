import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { kmsCalls } from './kms.ts';

function calls(source: string): string[] {
  return kmsCalls(engine.parseShell(source)).map((call) =>
    [
      call.operation,
      call.keyId?.text,
      call.plaintext?.word.text,
      call.ciphertext?.word.text,
      ...call.outputs.map((output) => `${output.form}:${output.member ?? '*'}>${output.file.text}`),
    ]
      .filter((one) => one !== undefined)
      .join(' '),
  );
}

it.each([
  [
    'aws kms encrypt --key-id alias/a --plaintext fileb://a.tgz --output text --query CiphertextBlob > a.enc',
    'encrypt alias/a fileb://a.tgz base64:CiphertextBlob>a.enc',
  ],
  [
    'aws --region x kms encrypt --key-id=alias/a --plaintext=fileb://a.tgz --output=text --query=CiphertextBlob | base64 --decode > a.enc',
    'encrypt alias/a fileb://a.tgz binary:CiphertextBlob>a.enc',
  ],
  [
    'BLOB=$(aws kms encrypt --key-id alias/a --plaintext fileb://a --query CiphertextBlob --output text)\necho "$BLOB" | base64 -d > a.enc',
    'encrypt alias/a fileb://a binary:CiphertextBlob>a.enc',
  ],
  [
    'BLOB=$(aws kms encrypt --key-id alias/a --plaintext fileb://a --query CiphertextBlob --output text)\nbase64 -d <<< "$BLOB" > a.enc',
    'encrypt alias/a fileb://a binary:CiphertextBlob>a.enc',
  ],
  [
    'aws kms generate-data-key --key-id k --key-spec AES_256 > key.json',
    'generate-data-key k json:*>key.json',
  ],
  [
    'aws kms generate-data-key --key-id k | jq -r .CiphertextBlob > key.b64',
    'generate-data-key k base64:*>key.b64',
  ],
  [
    'sudo -E aws kms decrypt --ciphertext-blob fileb://a.enc --output text --query Plaintext | openssl base64 -d -A > a.tgz',
    'decrypt fileb://a.enc binary:Plaintext>a.tgz',
  ],
])('%s', (source, expected) => {
  expect(calls(source)).toEqual([expected]);
});
