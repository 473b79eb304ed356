import { expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import { eventsOf } from '../workflow/event.ts';
import { Repository } from '../workflow/repository.ts';
import { jobRuns } from './reach.ts';

function reached(files: Record<string, string>): Record<string, unknown> {
  const repository = new Repository({
    name: 'acme/shop',
    prefix: '',
    files: Object.entries(files).map(([path, text]) =>
      sourceFile(`.github/workflows/${path}`, text),
    ),
  });
  const [workflow] = repository.workflows;
  const [event] = workflow ? eventsOf(workflow) : [];
  if (!workflow || !event) throw new Error('no event');
  return Object.fromEntries(
    jobRuns(event, workflow, repository).map((run) => [
      [...run.callers, run.job].map((job) => job.id).join('/'),
      run.runs,
    ]),
  );
}

const job = (id: string, rest = ''): string =>
  `  ${id}:\n    runs-on: x\n${rest}    steps: [{ run: x }]\n`;
const on = 'on: { push: { branches: [dev] } }\njobs:\n';
const never = "    if: github.ref_name == 'main'\n";

it('skips what needs a skipped job, however far back, unless it asks for the status', () => {
  const text =
    on +
    job('a', never) +
    job('b', '    needs: a\n') +
    job('c', '    needs: [a]\n    if: always()\n') +
    job('d', '    needs: c\n') +
    job('e', "    needs: a\n    if: always() && needs.a.result == 'success'\n") +
    job('f', '    needs: a\n    if: ${{ !failure() }}\n');
  expect(reached({ 'w.yml': text })).toEqual({
    a: false,
    b: false,
    c: true,
    d: false,
    e: false,
    f: true,
  });
});

it('does not guess at outputs, and survives circles', () => {
  const text =
    on +
    job('a') +
    job('b', "    needs: a\n    if: needs.a.outputs.go == 'yes'\n") +
    job('c', '    needs: b\n') +
    job('x', '    needs: y\n') +
    job('y', '    needs: x\n');
  expect(reached({ 'w.yml': text })).toEqual({
    a: true,
    b: 'unknown',
    c: 'unknown',
    x: false,
    y: false,
  });
});

it('follows calls with their inputs', () => {
  const caller = `${on}  call:\n    uses: ./.github/workflows/callee.yml\n    with: { stage: '\${{ github.ref_name }}', go: true }\n`;
  const callee =
    'on: { workflow_call: { inputs: { stage: { type: string }, go: { type: boolean }, more: { type: string, default: x } } } }\njobs:\n' +
    job('dev', "    if: inputs.stage == 'dev' && inputs.go && inputs.more == 'x'\n") +
    job('prod', "    if: inputs.stage == 'prod'\n");
  expect(reached({ 'a.yml': caller, 'callee.yml': callee })).toEqual({
    call: true,
    'call/dev': true,
    'call/prod': false,
  });
});

it('reads what needed jobs put out from their expressions', () => {
  const text =
    on +
    "  a:\n    runs-on: x\n    outputs: { stage: \"${{ github.ref_name == 'dev' && 'test' || 'prod' }}\", made: '${{ steps.s.outputs.x }}' }\n    steps: [{ run: x }]\n" +
    job('b', "    needs: a\n    if: needs.a.outputs.stage == 'test'\n") +
    job('c', "    needs: a\n    if: needs.a.outputs.stage == 'prod'\n") +
    job('d', "    needs: a\n    if: needs.a.outputs.made == 'x'\n");
  expect(reached({ 'ci.yml': text })).toMatchObject({ b: true, c: false, d: 'unknown' });
});
