import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'sealed-but-never-opened';
testCorpus(rule);

const workflow = (seal: string, path: string, use: string): string => `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: ${seal}
      - uses: actions/upload-artifact@v4
        with: { name: dist, path: ${path} }
  use:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with: { name: dist }
      - run: ${use}
`;

it.each([
  ['age -r age1x -o d.age d', 'd.age', 'aws s3 cp d.age s3://b', ['high']],
  ['age -r age1x -o d.age d', 'd.age', 'age -d -i key d.age > d', []],
  ['age -r age1x -o d.age d', 'd.age', './use.sh', ['low']],
  ['age -r age1x -o d.age d', 'd.age', 'make deploy', ['low']],
  ['age -r age1x -o d.age d', 'other', 'aws s3 cp other s3://b', []],
  ['sops -e s.yml > s.enc.yml', 's.enc.yml', 'sops exec-env s.enc.yml ./go', []],
  ['./encrypt.sh', 'd', 'aws s3 cp d s3://b', []],
])('%s, %s, %s', (seal, path, use, expected) => {
  expect(findingsOf(rule, workflow(seal, path, use)).map((one) => one.confidence)).toEqual(
    expected,
  );
});
