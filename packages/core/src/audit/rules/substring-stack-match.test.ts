import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'substring-stack-match';
testCorpus(rule);

const workflow = (script: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${JSON.stringify(script)}\n`;
const list = (query: string): string =>
  `aws cloudformation list-stacks --query "StackSummaries[?${query}].StackName" --output text`;
const prod = "contains(StackName,'prod')";

it.each([
  [list(prod), ['low prod']],
  [`S=$(${list(prod)}); aws cloudformation delete-stack --stack-name "$S"`, ['high prod']],
  [`S=$(${list(prod)}); aws cloudformation delete-stack --stack-name other`, ['low prod']],
  [
    `for s in $(${list(prod)}); do aws cloudformation update-stack --stack-name $s; done`,
    ['high prod'],
  ],
  [`${list(prod)} | xargs -n1 aws cloudformation delete-stack --stack-name`, ['high prod']],
  [
    `${list('contains(StackName,\\`prod\\`)')} | xargs -n1 aws cloudformation delete-stack --stack-name`,
    ['high prod'],
  ],
  [list("starts_with(StackName,'shop-prod-')"), []],
  [list("StackName=='shop-prod'"), []],
  [list("contains(StackStatus,'FAILED')"), []],
  [
    `${list('true')} | grep prod | xargs -n1 aws cloudformation delete-stack --stack-name`,
    ['high prod'],
  ],
  [`${list('true')} | grep -w prod | xargs -n1 aws cloudformation delete-stack --stack-name`, []],
  [`${list('true')} | grep '^shop-prod-'`, []],
  [
    'aws rds describe-db-instances --query "DBInstances[?contains(DBInstanceIdentifier,\'shop\')]"',
    ['low shop'],
  ],
  ['aws s3 ls s3://bucket/ | grep prod', []],
])('%s', (script, expected) => {
  const found = findingsOf(rule, workflow(script));
  expect(found.map((one) => `${one.severity} ${one.data['word'] as string}`)).toEqual(expected);
});
