import { expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import type { Job } from '../workflow/model.ts';
import { Repository } from '../workflow/repository.ts';
import { ancestorsOf, dependantsOf, jobsBefore, waysTo } from './graph.ts';

const job = (id: string, rest = ''): string =>
  `  ${id}:\n    runs-on: x\n${rest}    steps: [{ run: x }]\n`;
const call = (id: string, path: string, rest = ''): string =>
  `  ${id}:\n${rest}    uses: ./.github/workflows/${path}\n`;

function read(files: Readonly<Record<string, string>>): {
  repository: Repository;
  find: (id: string) => Job;
} {
  const repository = new Repository({
    name: 'acme/shop',
    prefix: '',
    files: Object.entries(files).map(([path, text]) =>
      sourceFile(`.github/workflows/${path}`, text),
    ),
  });
  const jobs = repository.workflows.flatMap((workflow) => workflow.jobs);
  const find = (id: string): Job => {
    const found = jobs.find((one) => one.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  return { repository, find };
}

const ids = (jobs: Iterable<Job>): string[] => [...jobs].map((one) => one.id).toSorted();

it('follows needs, without regard to case and to jobs that are not there, and survives circles', () => {
  const { find } = read({
    'a.yml':
      'on: push\njobs:\n' +
      job('a') +
      job('b', '    needs: A\n') +
      job('c', '    needs: [b, nowhere]\n') +
      job('x', '    needs: [y, a]\n') +
      job('y', '    needs: x\n'),
  });
  expect(ids(ancestorsOf(find('c')))).toEqual(['a', 'b']);
  expect(ids(ancestorsOf(find('x')))).toEqual(['a', 'y']);
  expect(ids(dependantsOf(find('a')))).toEqual(['b', 'c', 'x', 'y']);
});

it('goes through callers, and into the callees of what they need', () => {
  const { repository, find } = read({
    'main.yml': `on: push\njobs:\n${call('checks', 'checks.yml')}${call('ship', 'ship.yml', '    needs: checks\n')}`,
    'nightly.yml': `on: schedule\njobs:\n${call('nightly', 'ship.yml')}`,
    'checks.yml': `on: workflow_call\njobs:\n${job('test')}`,
    'ship.yml': `on: [workflow_call, workflow_dispatch]\njobs:\n${job('build')}${job('push', '    needs: build\n')}`,
  });
  const ways = waysTo(find('push'), repository);
  expect(
    ways.map((way) => [
      way.root.file.path.split('/').at(-1),
      ids(way.callers),
      ids(jobsBefore(way, repository)),
    ]),
  ).toEqual([
    ['ship.yml', [], ['build']],
    ['main.yml', ['ship'], ['build', 'checks', 'test']],
    ['nightly.yml', ['nightly'], ['build']],
  ]);
});

it('survives workflows that call each other', () => {
  const { repository, find } = read({
    'a.yml': `on: workflow_call\njobs:\n${call('a', 'b.yml')}`,
    'b.yml': `on: workflow_call\njobs:\n${call('b', 'a.yml')}${job('work')}`,
  });
  expect(waysTo(find('work'), repository).length).toBeLessThanOrEqual(50);
});
