import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'missing-session-name';
testCorpus(rule);

const named = (name: string, head = 'on: push'): unknown[] =>
  findingsOf(
    rule,
    `${head}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: arn:aws:iam::111111111111:role/shop
          role-session-name: ${name}
`,
  ).map((one) => one.data['problem']);

it.each([
  ['deploy-${{ github.run_id }}', []],
  ['a1', []],
  ['a', ['too-short']],
  ['"  spaced-at-the-ends  "', []],
  ['two words', ['characters']],
  ['straße', ['characters']],
  ['x'.repeat(64), []],
  ['x'.repeat(65), ['too-long']],
  [`${'x'.repeat(24)}\${{ github.sha }}`, []],
  [`${'x'.repeat(25)}\${{ github.sha }}`, ['too-long']],
  ['${{ github.repository }}', ['characters']],
  ['${{ github.event.repository.name }}', []],
  ['${{ github.ref_name }}', ['perhaps-characters']],
  ['${{ github.head_ref || github.ref_name }}', ['perhaps-characters', 'perhaps-characters']],
  ['${{ github.triggering_actor }}', ['perhaps-characters']],
  ['${{ inputs.anything }}', []],
  ['${{ steps.name.outputs.value }}', []],
])('%s: %j', (name, problems) => {
  expect(named(name)).toEqual(problems);
});

it.each([
  ['on: push\nname: deploy-shop', []],
  ['on: push\nname: Deploy shop', ['characters']],
  ['on: push', ['characters']],
  ['on: workflow_call\nname: deploy-shop', ['perhaps-characters']],
])('github.workflow under "%s": %j', (head, problems) => {
  expect(named('${{ github.workflow }}', head)).toEqual(problems);
});
