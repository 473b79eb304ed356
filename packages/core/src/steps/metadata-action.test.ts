import { expect, it } from 'vitest';

import { frameOf } from '../credentials/frame.ts';
import { sourceFile } from '../text/source.ts';
import { Repository } from '../workflow/repository.ts';
import { metadataReferences } from './metadata-action.ts';
import { showValue } from './value.ts';

function made(inputs: string): string[] {
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/metadata-action@v5\n        with:\n${inputs}`;
  const repository = new Repository({
    name: 'a',
    prefix: '',
    files: [sourceFile('.github/workflows/a.yml', text)],
  });
  const step = repository.workflows[0]?.jobs[0]?.steps[0];
  if (!step) throw new Error('no step');
  return metadataReferences(step, frameOf(step), repository).map(showValue);
}

it.each([
  ['          images: acme/shop\n          tags: type=raw,value=latest\n', ['acme/shop:latest']],
  ['          images: acme/shop\n          tags: edge\n', ['acme/shop:edge']],
  ['          images: acme/shop\n          tags: type=edge,enable=false\n', []],
  [
    '          images: |\n            a\n            b\n          tags: |\n            # by commit\n            type=sha\n            type=ref,event=branch\n',
    [
      'a:${{ github.sha }}',
      'a:${{ github.ref_name }}',
      'b:${{ github.sha }}',
      'b:${{ github.ref_name }}',
    ],
  ],
  [
    '          images: a\n          flavor: latest=true\n          tags: type=semver,pattern={{version}}\n',
    ['a:${{ semver }}', 'a:latest'],
  ],
])('%s', (inputs, expected) => {
  expect(made(inputs)).toEqual(expected);
});
