import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'forbidden-secret-name';
testCorpus(rule);

it.each([
  ['secrets.AWS_ROLE', []],
  ['secrets.GITHUB_TOKEN', []],
  ['secrets.GITHUB', []],
  ['secrets.GITHUB_ROLE', ['prefix']],
  ['secrets.github_role', ['prefix']],
  ["secrets['GITHUB_ROLE']", ['prefix']],
  ["secrets['1st']", ['digit']],
  ['secrets.deploy-key', ['character']],
  ["secrets[format('{0}', matrix.x)]", []],
  ['vars.GITHUB_ROLE', []],
])('%s: %j', (read, problems) => {
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./a.sh\n        env:\n          X: \${{ ${read} }}\n`;
  expect(findingsOf(rule, text).map((one) => one.data['problem'])).toEqual(problems);
});

it('is one finding for a secret, with every read', () => {
  const read = '      - run: ./a.sh "${{ secrets.GITHUB_KEY }}"\n';
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${read}${read}${read}`;
  const [finding, ...others] = findingsOf(rule, text);
  expect(others).toEqual([]);
  expect(finding?.data['reads']).toBe(3);
  expect(finding?.locations.map((one) => one.startLine)).toEqual([6, 7, 8]);
});
