import { expect, it } from 'vitest';

import { isEcr, reference, references } from './image-reference.ts';
import { showValue, type Value } from './value.ts';

const sha = { source: 'github.sha' };

it.each<[Value, string, string | undefined]>([
  [['acme/shop:v1'], 'acme/shop', 'v1'],
  [['localhost:5000/shop'], 'localhost:5000/shop', undefined],
  [['localhost:5000/shop:', sha], 'localhost:5000/shop', '${{ github.sha }}'],
  [
    [{ source: 'vars.REGISTRY' }, '/shop:git-', sha],
    '${{ vars.REGISTRY }}/shop',
    'git-${{ github.sha }}',
  ],
])('cuts %j', (value, name, tag) => {
  const cut = reference(value);
  expect([showValue(cut.name), cut.tag && showValue(cut.tag), cut.digest, cut.open]).toEqual([
    name,
    tag,
    false,
    undefined,
  ]);
});

it('knows digests, and values that may hold a tag of their own', () => {
  expect(reference(['acme/shop@sha256:00']).digest).toBe(true);
  expect(reference(['acme/', sha]).open).toBe(true);
});

it('cuts lists at lines and commas', () => {
  expect(references(['a:1\n b:', sha, ', c:2\n']).map(showValue)).toEqual([
    'a:1',
    'b:${{ github.sha }}',
    'c:2',
  ]);
});

it.each<[Value, boolean]>([
  [['111111111111.dkr.ecr.eu-west-2.amazonaws.com/shop'], true],
  [['public.ecr.aws/acme/shop'], true],
  [[{ source: 'vars.ECR_REGISTRY' }, '/shop'], true],
  [[{ source: 'inputs.ecr_repo_uri' }], true],
  [['ghcr.io/acme/shop'], false],
  [['acme/secret-recipes'], false],
])('%j is a registry of ECR: %s', (name, expected) => {
  expect(isEcr(name)).toBe(expected);
});
