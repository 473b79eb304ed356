import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { sourceFile } from '../text/source.ts';
import { Repository } from '../workflow/repository.ts';
import { Scripts } from '../workflow/scripts.ts';
import { allRunningSteps } from './running.ts';
import { sealingsOf } from './sealing.ts';

function sealings(step: string): string[] {
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${step}\n`;
  const repository = new Repository({
    name: 'acme',
    prefix: '',
    files: [sourceFile('.github/workflows/a.yml', text)],
  });
  const scripts = new Scripts(engine);
  return [...allRunningSteps(repository)].flatMap((running) =>
    sealingsOf(running, scripts).map((one) => [one.kind, one.tool, ...one.files].join(' ')),
  );
}

const run = (line: string): string => `      - run: |\n          ${line}`;

it.each([
  [
    'aws kms encrypt --key-id k --plaintext fileb://a.tgz --output text --query CiphertextBlob > ./a.enc',
    ['seal aws kms encrypt a.enc'],
  ],
  ['aws kms generate-data-key --key-id k > key.json', ['seal aws kms generate-data-key']],
  ['aws kms decrypt --ciphertext-blob fileb://a.enc > a.json', ['open aws kms decrypt']],
  [
    'openssl enc -aes-256-cbc -pbkdf2 -in a.tgz -out a.tgz.enc -pass env:KEY',
    ['seal openssl enc a.tgz.enc'],
  ],
  ['openssl enc -d -aes-256-cbc -in a.tgz.enc -out a.tgz -pass env:KEY', ['open openssl enc']],
  ['openssl dgst -sha256 -binary a.zip | openssl enc -base64', []],
  ['openssl aes-256-cbc -K $key -iv $iv -in a.enc -out a -d', ['open openssl aes-256-cbc']],
  ['gpg --batch --symmetric --cipher-algo AES256 dist.tgz', ['seal gpg dist.tgz.gpg dist.tgz.asc']],
  ['gpg --quiet --batch --yes --decrypt --passphrase="$P" --output a a.gpg', ['open gpg']],
  ['gpg --import key.asc', []],
  ['tar cz dist | age -r age1xyz > dist.tgz.age', ['seal age dist.tgz.age']],
  ['sops -d secrets.yaml > plain.yaml', ['open sops']],
  ['npx sallyport seal dist', ['seal sallyport seal']],
  [
    './scripts/encrypt-artifact.sh',
    ['seal ./scripts/encrypt-artifact.sh'.replace('./scripts/', '')],
  ],
  ['npm run decrypt', ['open run decrypt']],
  ['npm run build', []],
])('%s', (line, expected) => {
  expect(sealings(run(line))).toEqual(expected);
});

it('takes words of libraries for encryption', () => {
  const lines = "python3 - <<'PY'\n          kms.encrypt(KeyId='k')\n          PY";
  expect(sealings(run(lines))).toEqual(['seal a library']);
});

it('knows the project itself as an action', () => {
  expect(sealings('      - { uses: acme/sallyport@v1, with: { command: open } }')).toEqual([
    'open sallyport open',
  ]);
});
