import { expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import { Repository } from '../workflow/repository.ts';
import { allRunningSteps } from './running.ts';

function steps(files: Record<string, string>): string[] {
  const repository = new Repository({
    name: 'acme',
    prefix: '',
    files: Object.entries(files).map(([path, text]) => sourceFile(path, text)),
  });
  return [...allRunningSteps(repository)].map(
    ({ jobStep, step }) => `${jobStep.index}: ${step.run?.value ?? step.uses?.value ?? ''}`,
  );
}

const workflow =
  'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: one\n      - uses: ./act\n      - uses: ./gone\n';

it('puts the steps of composite actions in the place of their use', () => {
  const files = {
    '.github/workflows/a.yml': workflow,
    'act/action.yml':
      'runs:\n  using: composite\n  steps:\n    - { run: two, shell: bash }\n    - uses: ./deep\n',
    'deep/action.yml': 'runs:\n  using: composite\n  steps:\n    - { run: three, shell: bash }\n',
  };
  expect(steps(files)).toEqual(['0: one', '1: two', '1: three', '2: ./gone']);
});

it('survives actions that use themselves', () => {
  const files = {
    '.github/workflows/a.yml': workflow,
    'act/action.yml': 'runs:\n  using: composite\n  steps:\n    - uses: ./act\n    - uses: ./act\n',
  };
  expect(steps(files).length).toBeGreaterThan(0);
});
