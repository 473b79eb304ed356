import { expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import { Repository } from '../workflow/repository.ts';
import { patternsOf, showPattern, showText } from './pattern.ts';

/** The values of `X` in the environment of a step below the given environments. */
function read(value: string, { workflow = '{}', job = '{}', matrix = '{}' } = {}): string[] {
  const text = `on: push\nenv: ${workflow}\njobs:\n  a:\n    strategy: { matrix: ${matrix} }\n    env: ${job}\n    steps:\n      - { run: x, env: { X: ${JSON.stringify(value)} } }\n`;
  const repository = new Repository({
    name: 'r',
    prefix: '',
    files: [sourceFile('.github/workflows/a.yml', text)],
  });
  const step = repository.workflows[0]?.jobs[0]?.steps[0];
  const x = step?.env.items[0]?.value;
  if (!step || !x || step.owner.kind !== 'job') throw new Error(text);
  const frame = { job: step.owner, step };
  const shown = patternsOf(x, frame, repository).map(showPattern);
  expect(shown.length === 1 ? [showText({ text: x, frame }, repository)] : shown).toEqual(shown);
  return shown;
}

it.each([
  ['plain', ['plain']],
  ['a-${{ vars.B }}-c', ['a-${{ vars.B }}-c']],
  ["${{ github.ref == 'x' && 'a' || 'b' }}", ['a', 'b']],
  ['${{ secrets[matrix.x] }}', ['${{ secrets[...] }}']],
  ["${{ format('{0}', vars.B) }}", ['${{ ... }}']],
])('%s: %j', (value, expected) => {
  expect(read(value)).toEqual(expected);
});

it('follows values through every level, with the text around them', () => {
  const levels = { workflow: '{ ID: "1${{ vars.REST }}" }', job: '{ ARN: "arn:${{ env.ID }}:x" }' };
  expect(read('<${{ env.ARN }}>', levels)).toEqual(['<arn:1${{ vars.REST }}:x>']);
});

it('multiplies alternatives, but not without end', () => {
  const matrix = '{ a: [1, 2], b: [x, y] }';
  expect(read('${{ matrix.a }}${{ matrix.b }}', { matrix })).toEqual(['1x', '1y', '2x', '2y']);
  const many = `{ a: [${Array.from({ length: 40 }, (_, index) => index).join(', ')}] }`;
  expect(read('${{ matrix.a }}${{ matrix.a }}${{ matrix.a }}', { matrix: many })).toHaveLength(64);
});

it('ends where values go in circles', () => {
  expect(read('x${{ env.X }}', { job: '{ X: "y${{ env.X }}" }' }).length).toBeGreaterThan(0);
  expect(
    read('${{ env.A }}', { job: '{ A: "a${{ env.B }}", B: "b${{ env.A }}" }' }).length,
  ).toBeGreaterThan(0);
});
