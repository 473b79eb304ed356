import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'unsealed-artifact';
testCorpus(rule);

const workflow = (name: string, path: string, consumer: string): string => `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
      - uses: actions/upload-artifact@v4
        with: { name: "${name}", path: "${path}" }
  use:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with: { name: "${name}" }
${consumer.replaceAll(/^/gm, '      ')}
`;
const login =
  '- uses: aws-actions/configure-aws-credentials@v5\n  with: { role-to-assume: r, aws-region: x }';
const deploy = `${login}\n- run: aws cloudformation deploy --stack-name shop --template-file t.yml`;

it.each([
  ['dist', 'dist', deploy, ['medium']],
  ['dist', 'dist', login, ['low']],
  ['dist', 'dist', '- run: make test', []],
  ['dist', 'dist', '- run: npm publish', []],
  ['test-results', 'out', deploy, []],
  ['coverage', 'coverage', deploy, []],
  ['sbom', 'sbom.spdx.json', deploy, []],
  ['out', 'logs/build.log', deploy, []],
  // A name that is made of words by chance is no report.
  ['catalogs', 'dist', deploy, ['medium']],
  ['latest', 'dist', deploy, ['medium']],
])('%s (%s): %#', (name, path, consumer, expected) => {
  expect(findingsOf(rule, workflow(name, path, consumer)).map((one) => one.severity)).toEqual(
    expected,
  );
});

it('counts a key in the environment of the consumer as AWS credentials', () => {
  const keys =
    'env: { AWS_ACCESS_KEY_ID: "${{ secrets.A }}", AWS_SECRET_ACCESS_KEY: "${{ secrets.B }}" }';
  const text = workflow('dist', 'dist', '- run: ./load').replace(
    'needs: build',
    `needs: build\n    ${keys}`,
  );
  expect(findingsOf(rule, text).map((one) => one.message)).toEqual([
    'artifact "dist" ("dist") is uploaded unencrypted; job "use" downloads it and holds AWS credentials',
  ]);
});

it('keeps to what the configuration calls public', () => {
  const text = workflow('web-1', 'dist', deploy);
  expect(findingsOf(rule, text, { config: { publicArtifacts: ['web-*'] } })).toEqual([]);
  expect(findingsOf(rule, text, { config: { publicArtifacts: ['docs-*'] } })).toHaveLength(1);
});
