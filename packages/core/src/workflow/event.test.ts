import { expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import { conditionHolds } from './evaluate.ts';
import { dispatch, eventsOf, witness } from './event.ts';
import type { Workflow } from './model.ts';
import { parseWorkflow } from './parse.ts';

const read = (on: string, condition = 'true'): Workflow => {
  const text = `on:\n${on}\njobs:\n  a:\n    if: ${condition}\n    runs-on: x\n`;
  const { workflow } = parseWorkflow(sourceFile('w.yml', text));
  if (!workflow) throw new Error(text);
  return workflow;
};
const refs = (on: string): unknown[] => eventsOf(read(on)).map((event) => event.ref);

it.each([
  ['  push:', ['refs/heads/any-other-branch', 'refs/tags/any-other-tag']],
  ['  push: { branches: [main, dev] }', ['refs/heads/main', 'refs/heads/dev']],
  ['  push: { branches: ["**", "!wip/**"] }', ['refs/heads/any-other-branch']],
  ['  push: { tags: ["v[0-9]+.*"] }', ['refs/tags/v0.any']],
  ['  push: { branches-ignore: [main] }', ['refs/heads/any-other-branch']],
  ['  pull_request: { branches: [main] }', ['refs/pull/1/merge']],
  ['  workflow_dispatch:', ['refs/heads/any-other-branch']],
  ['  release: { types: [published] }', ['refs/tags/any-other-tag']],
  ['  schedule: [{ cron: "0 0 * * *" }]', [undefined]],
  ['  workflow_call:', []],
])('%s comes from %j', (on, expected) => {
  expect(refs(on)).toEqual(expected);
});

it.each([
  ['release/**', 'release/any'],
  ['*', 'any-other-branch'],
  ['releases/v?', 'releases/v'],
  ['v1.[0-9]+', 'v1.0'],
  ['a\\*b', 'a*b'],
  ['main', 'main'],
])('%s lets %s through', (pattern, name) => {
  expect(witness(pattern)).toBe(name);
});

it.each<[string, string, unknown[]]>([
  ['  push: { branches: [main, dev] }', "github.ref == 'refs/heads/main'", [true, false]],
  ['  push: { tags: ["v*"] }', "startsWith(github.ref, 'refs/tags/')", [true]],
  ['  push: { tags: ["v*"] }', "github.ref_type == 'tag'", [true]],
  ['  push:', "github.event.inputs.stage == 'prod'", [false, false]],
  ['  push:', "contains(github.event.head_commit.message, 'deploy')", ['unknown', 'unknown']],
  ['  schedule: [{ cron: "0 0 * * *" }]', "github.ref == 'refs/heads/main'", ['unknown']],
  ['  workflow_dispatch: { inputs: { go: { type: boolean } } }', 'inputs.go', ['unknown']],
  ['  workflow_dispatch:', "inputs.go == ''", [true]],
  ['  pull_request: { branches: [main] }', "github.base_ref == 'main'", [true]],
  ['  pull_request:', 'github.event.pull_request', [true]],
  ['  issues: { types: [opened] }', "github.event.action == 'opened'", [true]],
  ['  release: { types: [created, edited] }', "github.event.action == 'created'", ['unknown']],
])('%s: %s is %j', (on, condition, expected) => {
  const workflow = read(on, condition);
  const held = eventsOf(workflow).map((event) => conditionHolds(workflow.jobs[0]?.if, event.scope));
  expect(held).toEqual(expected);
});

it('fixes the inputs of a dispatch in both contexts', () => {
  const on = '  workflow_dispatch: { inputs: { stage: {}, go: { type: boolean } } }';
  const both = "github.event.inputs.stage == 'prod' && inputs.stage == 'prod' && inputs.go == true";
  const workflow = read(on, both);
  const [trigger] = workflow.triggers;
  if (!trigger) throw new Error('no trigger');
  const holds = (inputs: Record<string, string>): unknown =>
    conditionHolds(workflow.jobs[0]?.if, dispatch(trigger, inputs).scope);
  expect(holds({ stage: 'prod', go: 'true' })).toBe(true);
  expect(holds({ stage: 'prod', go: 'false' })).toBe(false);
  expect(holds({ stage: 'dev', go: 'true' })).toBe(false);
  expect(holds({ stage: 'prod' })).toBe('unknown');
});
