import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'missing-id-token-permission';
testCorpus(rule);

const job = (permissions: string, runner = 'ubuntu-latest'): string => `
  deploy:
    ${permissions}
    runs-on: ${runner}
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { aws-region: eu-west-2, role-to-assume: "arn:aws:iam::111111111111:role/shop" }
`;
const workflow = (top: string, own: string, runner?: string): string =>
  `on: push\n${top}\njobs:${job(own, runner)}`;

it.each([
  ['permissions: { id-token: write }', '', 0],
  ['permissions: { id-token: write }', 'permissions: { contents: read }', 1],
  ['permissions: { contents: read }', 'permissions: { id-token: write }', 0],
  ['permissions: {}', 'permissions: write-all', 0],
  ['permissions: write-all', '', 0],
  ['permissions: write-all', 'permissions: {}', 1],
  ['permissions: read-all', '', 1],
  ['permissions: { id-token: read }', '', 1],
  ['permissions: { id-token: none }', '', 1],
  ['', '', 1],
])('"%s" on the workflow and "%s" on the job: %i findings', (top, own, count) => {
  expect(findingsOf(rule, workflow(top, own))).toHaveLength(count);
});

const sure = (runner: string): unknown =>
  findingsOf(rule, workflow('', '', runner)).map((one) => one.confidence);

it('is less sure of runners that may have an instance profile', () => {
  expect(sure('ubuntu-latest')).toEqual(['high']);
  expect(sure('[self-hosted, linux]')).toEqual(['medium']);
  expect(sure('{ group: acme-large }')).toEqual(['medium']);
  expect(sure('${{ inputs.runner }}')).toEqual(['medium']);
});

it('calls what a setting of the repository decides undecided, never missing', () => {
  const [finding, ...others] = findingsOf(rule, {
    '.github/workflows/call.yml':
      'on: push\njobs:\n  a:\n    uses: ./.github/workflows/_deploy.yml\n',
    '.github/workflows/_deploy.yml': `on: workflow_call\njobs:${job('permissions: { id-token: write }')}`,
  });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'low',
    confidence: 'low',
    data: { verdict: 'undecided', reason: 'caller-without-block', job: 'a', jobs: ['deploy'] },
  });
  expect(finding?.locations[0].file).toBe('.github/workflows/call.yml');
});

it('reports a chain of calls at the call that grants too little', () => {
  const found = findingsOf(rule, {
    '.github/workflows/a.yml':
      'on: push\npermissions: { contents: read }\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n',
    '.github/workflows/b.yml':
      'on: workflow_call\njobs:\n  b:\n    permissions: { id-token: write }\n    uses: ./.github/workflows/c.yml\n',
    '.github/workflows/c.yml': `on: workflow_call\njobs:${job('')}`,
  });
  expect(found.map((one) => [one.locations[0].file, one.severity])).toEqual([
    ['.github/workflows/a.yml', 'high'],
  ]);
});

it('never guesses what a workflow of another repository does', () => {
  expect(
    findingsOf(rule, 'on: push\njobs:\n  a:\n    uses: acme/ci/.github/workflows/d.yml@v1\n'),
  ).toEqual([]);
});

it('gives fixes the job whose permissions decide', () => {
  const [finding] = findingsOf(rule, workflow('', ''));
  expect(finding?.subject.job?.id).toBe('deploy');
});
