import { expect, it } from 'vitest';

import { audit, linesOf, testCorpus } from '../../../test/audit.ts';

const id = 'dispatch-not-on-default-branch';
testCorpus(id);

const workflow = (on: string): string =>
  `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: make }]\n`;
const nothing = { git: { onDefaultBranch: new Set<string>() } };

it.each([
  ['workflow_dispatch', [1]],
  ['[push, workflow_dispatch]', [1]],
  ['issue_comment', [1]],
  ['[push, release, pull_request_target, workflow_call]', []],
])('on: %s', (on, lines) => {
  expect(linesOf(id, workflow(on), nothing)).toEqual(lines);
});

const notes = (repository: Record<string, string>): string[] =>
  audit(repository).notes.flatMap((note) => (note.rule === id ? [note.reason] : []));

it('says once that git is missing, and only where it would matter', () => {
  const files = {
    '.github/workflows/a.yml': workflow('workflow_dispatch'),
    '.github/workflows/b.yml': workflow('schedule'),
  };
  expect(notes(files)).toHaveLength(1);
  expect(notes({ '.github/workflows/a.yml': workflow('push') })).toEqual([]);
});

it('leaves files alone that are no workflows of the repository', () => {
  expect(linesOf(id, { 'templates/deploy.yml': workflow('workflow_dispatch') }, nothing)).toEqual(
    [],
  );
});
