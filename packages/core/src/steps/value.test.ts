import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { frameOf } from '../credentials/frame.ts';
import type { ShellScript } from '../script/shell.ts';
import { sourceFile } from '../text/source.ts';
import { Repository } from '../workflow/repository.ts';
import { fixedText, showValue, variableValues, wordValues, type WordScope } from './value.ts';

const text = `on: push
env: { REGION: eu-west-2, REGISTRY: "\${{ vars.ACCOUNT }}.dkr.ecr.\${{ env.REGION }}.amazonaws.com" }
jobs:
  a:
    runs-on: ubuntu-latest
    strategy: { matrix: { stage: [dev, prod] } }
    env: { STAGE: "\${{ matrix.stage }}" }
    steps:
      - run: x
`;

function prepare(script: string): { parsed: ShellScript; scope: WordScope } {
  const repository = new Repository({
    name: 'a',
    prefix: '',
    files: [sourceFile('.github/workflows/a.yml', text)],
  });
  const step = repository.workflows[0]?.jobs[0]?.steps[0];
  const parsed = engine.parseShell(script);
  if (!step) throw new Error('no step');
  return { parsed, scope: { script: parsed, frame: frameOf(step), repository } };
}

function values(script: string): string[] {
  const { parsed, scope } = prepare(script);
  const word = parsed.commands.find((one) => one.name?.text === 'show')?.args[0];
  if (!word) throw new Error('no word');
  return wordValues(word, scope).map(showValue);
}

it.each([
  ['show plain', ['plain']],
  [
    'show "$REGISTRY/shop:$GITHUB_SHA"',
    ['${{ vars.ACCOUNT }}.dkr.ecr.eu-west-2.amazonaws.com/shop:${{ github.sha }}'],
  ],
  ['show "shop-$STAGE"', ['shop-dev', 'shop-prod']],
  ['show ${{ matrix.stage }}', ['dev', 'prod']],
  ['TAG=v1; show "shop:$TAG"', ['shop:v1']],
  ['if x; then TAG=v1; else TAG=v2; fi; show "$TAG"', ['v1', 'v2']],
  ['show "${TAG:-latest}"', ['${{ env.TAG }}', 'latest']],
  ['show "${GITHUB_SHA::7}"', ['${GITHUB_SHA::7}']],
  ['show "$(git rev-parse HEAD)"', ['$(git rev-parse HEAD)']],
  ['A=$A; show "$A"', ['${{ env.A }}']],
])('%s', (script, expected) => {
  expect(values(script)).toEqual(expected);
});

it.each([
  ['A="$B x"; B="$A y"; show', ['A', 'B']],
  ['A="$B x"; B="$C y"; C="$A z"; show', ['A', 'B', 'C']],
  ['A="$A$B"; B="${A:-$C}"; C="$B"; D="$C"; show', ['A', 'B', 'C', 'D']],
])('gives the same values in every order of questions: %s', (script, names) => {
  const ask = (order: readonly string[]): Map<string, string[]> => {
    const { scope } = prepare(script);
    const found = order.map((name) => [name, variableValues(name, scope).map(showValue)] as const);
    return new Map(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  };
  const alone = new Map(names.map((name) => [name, ask([name]).get(name)]));
  expect(ask(names)).toEqual(alone);
  expect(ask(names.toReversed())).toEqual(alone);
});

it('has a fixed text only without holes', () => {
  expect([fixedText(['a', 'b']), fixedText(['a', { source: 'x' }])]).toEqual(['ab', undefined]);
});
