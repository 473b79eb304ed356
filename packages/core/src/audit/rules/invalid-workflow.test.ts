import { expect, it } from 'vitest';

import { audit, linesOf, testCorpus } from '../../../test/audit.ts';

testCorpus('invalid-workflow');

it('names the place of a duplicate key and still examines the rest', () => {
  expect(linesOf('invalid-workflow', 'on: push\njobs: {}\non: pull_request\n')).toEqual([3]);
});

it('counts a file that cannot be read as not examined', () => {
  const { invalid, findings } = audit('on: push\njobs: [\n');
  expect(invalid.map((one) => [one.code, one.fatal])).toEqual([['yaml-syntax', true]]);
  expect(findings.map((one) => one.rule)).toEqual(['invalid-workflow']);
});
