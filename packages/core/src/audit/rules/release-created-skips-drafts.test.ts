import { expect, it } from 'vitest';

import { linesOf, testCorpus } from '../../../test/audit.ts';

testCorpus('release-created-skips-drafts');

const jobs = 'jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: make }]\n';

it.each([
  ['[created]', [3]],
  ['[created, edited, deleted]', [3]],
  ['[created, released]', []],
  ['[created, prereleased]', []],
  ['[Created]', []],
  ['[]', []],
])('types %s', (types, lines) => {
  const on = `on:\n  release:\n    types: ${types}\n`;
  expect(linesOf('release-created-skips-drafts', on + jobs)).toEqual(lines);
});
