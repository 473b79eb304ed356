import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'change-set-after-the-fact';
testCorpus(id);

const describeIt = 'aws cloudformation describe-change-set --stack-name shop --change-set-name c1';
/** The same with the word written in another way wherever it stands. */
const spelt = (word: string): string => describeIt.replaceAll('change-set', () => word);
const found = (...scripts: string[]): unknown[] => {
  const list = scripts.map((run) => `      - run: ${JSON.stringify(run)}\n`).join('');
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${list}`;
  return findingsOf(id, text).map(({ data }) => [data['deployed'], data['swallowedBy']]);
};

it.each([
  [['cdk deploy', describeIt], [['cdk deploy', null]]],
  [['cdk deploy', `${describeIt} || true`], [['cdk deploy', '|| true']]],
  [['sam deploy', describeIt], [['sam deploy', null]]],
  [['cdk deploy', spelt('"change"-set')], [['cdk deploy', null]]],
  [['cdk deploy', spelt(String.raw`ch\ange-set`)], [['cdk deploy', null]]],
  [['cdk deploy', spelt(String.raw`$'change\x2dset'`)], [['cdk deploy', null]]],
  [['cdk deploy --no-execute', describeIt], []],
  [['cdk deploy --method prepare-change-set', describeIt], []],
  [['aws cloudformation deploy --no-execute-changeset', describeIt], []],
  [[describeIt, 'cdk deploy'], []],
  [['terraform apply', describeIt], []],
  [['cdk deploy', 'aws cloudformation describe-stacks --stack-name shop'], []],
])('%j', (scripts, expected) => {
  expect(found(...scripts)).toEqual(expected);
});
