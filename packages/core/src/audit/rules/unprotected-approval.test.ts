import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'unprotected-approval';
testCorpus(id);

const job = (name: string, rest: string, run: string): string =>
  `  ${name}:\n    runs-on: ubuntu-latest\n${rest}    steps: [{ run: ${run} }]\n`;
const jobs = (...list: string[]): unknown[] =>
  findingsOf(id, `on: push\njobs:\n${list.join('')}`).map(({ data }) => [
    data['asked'],
    data['taken'],
    data['job'],
  ]);
const approval = job('approve', '    environment: prod-approval\n', 'echo approved');

it.each([
  ['    environment: prod\n', [['prod-approval', 'prod', 'deploy']]],
  ['    environment: { name: prod }\n', [['prod-approval', 'prod', 'deploy']]],
  ['', [['prod-approval', null, 'deploy']]],
  ['    environment: prod-approval\n', []],
])('%j', (environment, expected) => {
  expect(jobs(approval, job('deploy', `    needs: approve\n${environment}`, 'cdk deploy'))).toEqual(
    expected,
  );
});

it('goes on to the first job that takes a role, not past it, and not past another approval', () => {
  expect(
    jobs(
      approval,
      job('build', '    needs: approve\n', 'make'),
      job('deploy', '    needs: build\n    environment: prod\n', 'cdk deploy'),
      job('second', '    needs: deploy\n    environment: more\n', 'cdk deploy'),
      job('hold', '    needs: approve\n    environment: hold\n', 'echo hold'),
      job('third', '    needs: hold\n    environment: hold\n', 'cdk deploy'),
    ),
  ).toEqual([['prod-approval', 'prod', 'deploy']]);
});

it('wants a job that does nothing else', () => {
  const working = job('approve', '    environment: prod-approval\n', 'npm test');
  const unnamed = job('wait', '    environment: x\n', 'echo hi');
  const deploy = job('deploy', '    needs: [approve, wait]\n    environment: prod\n', 'cdk deploy');
  expect(jobs(working, unnamed, deploy)).toEqual([]);
});
