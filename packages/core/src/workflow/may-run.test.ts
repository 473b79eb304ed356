import { expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import { eventsOf } from './event.ts';
import { mayRun } from './may-run.ts';
import { parseWorkflow } from './parse.ts';

/** Whether the last job can run on a push. */
function lastRuns(jobs: string): boolean {
  const { workflow } = parseWorkflow(
    sourceFile('w.yml', `on: { push: { branches: [main] } }\njobs:\n${jobs}`),
  );
  const [event] = workflow ? eventsOf(workflow) : [];
  const job = workflow?.jobs.at(-1);
  if (!event || !job) throw new Error(jobs);
  return mayRun(job, event.scope);
}

it.each([
  ['  a: { if: "github.event_name == \'push\'" }\n', true],
  ['  a: { if: "github.event_name == \'schedule\'" }\n', false],
  ['  a: { if: "vars.GO" }\n', true],
  ['  a: { if: false }\n  b: { needs: a }\n', false],
  ['  a: { if: false }\n  b: { needs: a }\n  c: { needs: [b] }\n', false],
  ['  a: { if: false }\n  b: { needs: a, if: always() }\n', true],
  ['  a: { needs: b }\n  b: { needs: a }\n', true],
])('%s', (jobs, expected) => {
  expect(lastRuns(jobs)).toBe(expected);
});

it('asks each job once, however many paths lead to it', () => {
  const layers = Array.from({ length: 40 }, (_, index) => {
    const needs = index === 0 ? '' : `, needs: [a${index - 1}, b${index - 1}]`;
    return `  a${index}: { if: true${needs} }\n  b${index}: { if: true${needs} }\n`;
  });
  expect(lastRuns(layers.join(''))).toBe(true);
});
