import { expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import { Repository } from '../workflow/repository.ts';
import { artifactsOf } from './artifacts.ts';

function pairs(files: Record<string, string>): string[] {
  const repository = new Repository({
    name: 'acme/shop',
    prefix: '',
    files: Object.entries(files).map(([path, text]) => sourceFile(path, text)),
  });
  const artifacts = artifactsOf(repository);
  return artifacts.uploads.flatMap((upload) =>
    artifacts.downloadsOf(upload).map((one) => `${upload.job.id} -> ${one.job.id}`),
  );
}

const job = (id: string, step: string): string =>
  `  ${id}:\n    runs-on: ubuntu-latest\n    steps:\n      - { ${step} }\n`;
const up = (name?: string): string =>
  `uses: actions/upload-artifact@v4, with: { path: dist${name === undefined ? '' : `, name: "${name}"`} }`;
const down = (inputs: string): string => `uses: actions/download-artifact@v4, with: { ${inputs} }`;

it.each([
  ['the same name', up('dist'), down('name: dist'), true],
  ['another name', up('dist'), down('name: docs'), false],
  ['no name takes everything', up('dist'), down('path: x'), true],
  ['the default name', up(), down('name: artifact'), true],
  ['a pattern', up('dist-linux'), down('pattern: dist-*'), true],
  ['a pattern for everything', up('dist-linux'), down('pattern: "*"'), true],
  ['another pattern', up('docs-linux'), down('pattern: dist-*'), false],
  [
    'an unknown part',
    up('dist-${{ github.sha }}'),
    down('name: "dist-${{ needs.a.outputs.sha }}"'),
    true,
  ],
  ['nothing but an unknown', up('dist'), down('name: "${{ github.event.inputs.name }}"'), false],
  ['the same unknown', up('${{ github.sha }}'), down('name: "${{ github.sha }}"'), true],
])('matches %s', (_, upload, download, expected) => {
  const text = `on: push\njobs:\n${job('a', upload)}${job('b', download)}`;
  expect(pairs({ '.github/workflows/a.yml': text })).toEqual(expected ? ['a -> b'] : []);
});

it('follows env and matrix to the name', () => {
  const text = `on: push\nenv: { NAME: dist }\njobs:\n${job('a', up('${{ env.NAME }}'))}${job('b', down('name: dist'))}${job('c', down('name: other'))}`;
  expect(pairs({ '.github/workflows/a.yml': text })).toEqual(['a -> b']);
});

it('follows calls and local actions, and keeps other runs apart', () => {
  const files = {
    '.github/workflows/main.yml': `on: push\njobs:\n  build: { uses: ./.github/workflows/build.yml }\n${job('deploy', down('name: dist'))}`,
    '.github/workflows/build.yml': `on: workflow_call\njobs:\n${job('make', 'uses: ./.github/actions/up, with: { name: dist }')}`,
    '.github/workflows/other.yml': `on: push\njobs:\n${job('elsewhere', down('name: dist'))}`,
    '.github/actions/up/action.yml':
      'inputs: { name: { required: true } }\nruns:\n  using: composite\n  steps:\n    - { uses: actions/upload-artifact@v4, with: { name: "${{ inputs.name }}", path: dist } }\n',
  };
  expect(pairs(files)).toEqual(['make -> deploy']);
});

it('follows workflow_run, by action and by gh', () => {
  const after = 'on: { workflow_run: { workflows: [Build], types: [completed] } }\njobs:\n';
  const files = {
    '.github/workflows/build.yml': `name: Build\non: push\njobs:\n${job('build', up('dist'))}`,
    '.github/workflows/one.yml': `${after}${job('one', down('name: dist, run-id: "${{ github.event.workflow_run.id }}"'))}`,
    '.github/workflows/two.yml': `${after}${job('two', 'run: gh run download "$RUN" --name dist')}`,
    '.github/workflows/three.yml': `${after}${job('three', 'run: gh run download "$RUN" --name docs')}`,
    '.github/workflows/four.yml': `on: push\njobs:\n${job('four', down('name: dist, run-id: "1"'))}`,
  };
  expect(pairs(files)).toEqual(['build -> one', 'build -> two']);
});

const caller = (other: string): string =>
  `on: workflow_call\njobs:\n  c: { uses: ./.github/workflows/${other}.yml }\n${job('j', up('dist'))}`;

it('survives workflows that call each other', () => {
  const files = {
    '.github/workflows/a.yml': caller('b'),
    '.github/workflows/b.yml': caller('a'),
  };
  expect(pairs(files)).toEqual([]);
});
