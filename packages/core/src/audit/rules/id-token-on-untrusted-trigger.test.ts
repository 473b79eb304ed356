import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'id-token-on-untrusted-trigger';
testCorpus(rule);

const workflow = (on: string, job = '', steps = ''): string => `on: ${on}
permissions: { contents: read, id-token: write }
jobs:
  a:
    ${job}
    runs-on: ubuntu-latest
    steps:${steps}
      - uses: aws-actions/configure-aws-credentials@v5
        with: { aws-region: eu-west-2, role-to-assume: "arn:aws:iam::111111111111:role/shop" }
`;

it.each([
  'pull_request_target',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'gollum',
])('outsiders cause %s', (event) => {
  expect(findingsOf(rule, workflow(event))).toMatchObject([{ severity: 'medium' }]);
});

it.each([
  'push',
  'pull_request',
  'pull_request_review',
  'schedule',
  'workflow_dispatch',
  'release',
])('outsiders get no token by %s', (event) => {
  expect(findingsOf(rule, workflow(event))).toEqual([]);
});

it.each([
  ["if: github.actor == 'dependabot[bot]'", 'low'],
  ["if: github.event.pull_request.author_association == 'OWNER'", 'low'],
  ['if: github.event.pull_request.merged', 'low'],
  ["if: contains(github.event.pull_request.labels.*.name, 'safe')", 'low'],
  ["if: ${{ !contains(github.event.pull_request.labels.*.name, 'skip') }}", 'medium'],
  ["if: github.repository == 'acme/shop'", 'medium'],
  ['environment: preview', 'low'],
])('%s makes it %s', (line, severity) => {
  expect(findingsOf(rule, workflow('pull_request_target', line))).toMatchObject([{ severity }]);
});

it.each([
  ['- uses: actions/checkout@v5', 'medium'],
  ['- { uses: actions/checkout@v5, with: { ref: "${{ github.head_ref }}" } }', 'high'],
  [
    '- { uses: actions/checkout@v5, with: { ref: "refs/pull/${{ github.event.number }}/merge" } }',
    'high',
  ],
  [
    '- { uses: actions/checkout@v5, with: { repository: "${{ github.event.pull_request.head.repo.full_name }}" } }',
    'high',
  ],
  ['- run: git fetch origin pull/${{ github.event.number }}/head && make', 'high'],
  ['- run: echo "${{ github.event.pull_request.title }}"', 'high'],
  ['- run: echo "${{ github.event.pull_request.number }}"', 'medium'],
])('a step %s makes it %s', (step, severity) => {
  const found = findingsOf(rule, workflow('pull_request_target', '', `\n      ${step}`));
  expect(found).toMatchObject([{ severity }]);
});

const subject = (line: string): unknown =>
  findingsOf(rule, workflow('pull_request_target', line))[0]?.data['subject'];

const after = '{ workflow_run: { workflows: [elsewhere] } }';
it.each([
  ['', 'low'],
  [
    '- { uses: actions/checkout@v5, with: { ref: "${{ github.event.workflow_run.head_sha }}" } }',
    'high',
  ],
  [
    '- { uses: actions/download-artifact@v5, with: { run-id: "${{ github.event.workflow_run.id }}" } }',
    'medium',
  ],
  ['- run: gh run download "$RUN"', 'medium'],
  ['- uses: actions/download-artifact@v5', 'low'],
])('after another workflow, a step %s makes it %s', (step, severity) => {
  const found = findingsOf(rule, workflow(after, '', step && `\n      ${step}`));
  expect(found).toMatchObject([{ severity, data: { who: 'perhaps' } }]);
});

it('says which subject AWS sees', () => {
  expect(subject('')).toBe('ref:refs/heads/<default branch>');
  expect(subject('environment: preview')).toBe('environment:preview');
});
