import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'role-chaining-without-source';
testCorpus(rule);

const workflow = (before: string, runner = 'ubuntu-latest'): string => `on: push
jobs:
  deploy:
    runs-on: ${runner}
    steps:
      - run: ./build.sh${before}
      - uses: aws-actions/configure-aws-credentials@v5
        with: { aws-region: eu-west-2, role-chaining: true, role-to-assume: "arn:aws:iam::222222222222:role/shop" }
`;

it.each([
  ['', 'ubuntu-latest', 'high'],
  ['', '[self-hosted, linux]', 'medium'],
  ['\n      - uses: acme/aws-login@v1', 'ubuntu-latest', 'low'],
])('after "%s" on %s the confidence is %s', (before, runner, confidence) => {
  expect(findingsOf(rule, workflow(before, runner))).toMatchObject([
    { severity: 'high', confidence },
  ]);
});

it.each([
  '\n      - run: aws configure set aws_access_key_id "$KEY"',
  '\n      - run: echo "AWS_ACCESS_KEY_ID=$KEY" >> "$GITHUB_ENV"',
  '\n      - { uses: aws-actions/configure-aws-credentials@v5, with: { role-to-assume: "${{ vars.HUB }}" } }',
])('is silent after a source:%s', (before) => {
  expect(findingsOf(rule, workflow(before))).toEqual([]);
});

it('does not judge an action that nothing here uses', () => {
  const step =
    '    - uses: aws-actions/configure-aws-credentials@v5\n      with: { role-chaining: true, role-to-assume: r }\n';
  const action = `name: a\nruns:\n  using: composite\n  steps:\n${step}`;
  expect(findingsOf(rule, { 'action.yml': action })).toEqual([]);
});

it('names the condition that skips the only source', () => {
  const source =
    '\n      - { name: hub, if: "github.event_name == \'push\'", uses: aws-actions/configure-aws-credentials@v5, with: { role-to-assume: "${{ vars.HUB }}" } }';
  expect(findingsOf(rule, workflow(source))).toMatchObject([
    { severity: 'low', data: { skipped: { step: 'hub', if: "github.event_name == 'push'" } } },
  ]);
});
