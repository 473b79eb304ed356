import fc from 'fast-check';
import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { commandDeeds } from './command-kinds.ts';
import { commandWords } from './command-words.ts';
import { mayAct as mayActIn } from './may-act.ts';
import { askedWords } from './script-words.ts';
import { plainText } from './value.ts';

const mayAct = (script: string): boolean => mayActIn(plainText(script));

/** Whether a script does something, by its syntax. */
function acts(script: string): boolean {
  const { commands } = engine.parseShell(script);
  return commands.some((command) => commandDeeds(commandWords(command)).length > 0);
}

it.each([
  'docker push acme/shop',
  'd"ock"er p\\ush acme/shop',
  "'docker' $'push' acme/shop",
  "$'\\x64ocker' push acme/shop",
  'dock\\\ner push acme/shop',
  '# a remark\\\ndocker push acme/shop',
  'echo a;\\\ndocker push acme/shop',
  'if true; then /usr/local/bin/docker push acme/shop; fi',
  'A=$(docker push acme/shop)',
  'A=`docker push acme/shop`',
  'cat <<E\n$(docker push acme/shop)\nE\n',
  'sudo -u root npx --yes aws-cdk@2 deploy',
  'python3 -m pytest',
  'npm run deploy -- --all',
  'make "te"st',
  'bash ./ci/deploy',
  '"./ci"/deploy.s"h"',
  'bash tools/Release.sh',
  './helper.sh push',
  'docker run --rm ghcr.io/aquasecurity/tri"vy":0.50 image x',
  'curl -X POST "$SLACK_URL"',
  'curl -X POST https://hoo"ks.sla"ck.com/services/x',
  'aws s3 cp x s3://acme/y\r\n',
])('does not overlook %j', (script) => {
  expect(acts(script)).toBe(true);
  expect(mayAct(script)).toBe(true);
});

it.each([
  'echo hello',
  'npm install',
  'aws sts get-caller-identity',
  'curl https://example.com',
  'docker run --rm -v "$PWD:/x" alpine ls',
  'python - <<"PY"\nprint("docker")\nPY\n',
])('spares %j the reading', (script) => {
  expect(mayAct(script)).toBe(false);
});

it('never says that a script does nothing which does something', () => {
  const words = [
    ...'docker push build run npm test yarn lint make deploy aws s3 sync cdk trivy image curl'.split(
      ' ',
    ),
    ...'s3://x ./x.sh deploy.py python -m sudo npx SLACK A=b echo'.split(' '),
  ];
  const marks = [' ', ' ', ' ', '\n', ';', '"', "'", '\\', '\\\n', '`', '$(', ')', '$', '#', '|'];
  const piece = fc.constantFrom(...words, ...marks);
  const split = fc
    .constantFrom(...words)
    .chain((word) =>
      fc
        .nat(word.length)
        .map((at) => `${word.slice(0, at)}${at % 2 ? '"' : '\\'}${word.slice(at)}`),
    );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, piece, split), { maxLength: 14 }), (parts) => {
      const script = parts.join('');
      expect(mayAct(script) || !acts(script)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('tells all its words apart', () => {
  const given = new Set(askedWords.given);
  expect(askedWords.size).toBe(given.size);
  for (const word of given) expect(word).toMatch(/^[a-z0-9_.-]+$/);
});
