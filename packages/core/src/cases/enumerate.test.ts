import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { caseCorpus, enumerate, listing, readCase } from '../../test/cases.ts';
import { jobRun } from '../steps/reach.ts';
import { sourceFile } from '../text/source.ts';
import {
  alternatives,
  evaluateText,
  known,
  object,
  type Scope,
  type Value,
} from '../workflow/evaluate.ts';
import { parseWorkflow } from '../workflow/parse.ts';
import type { Case, NameSet } from './case.ts';
import { passesFilter } from './filter-pattern.ts';

describe('corpus/cases', () => {
  it('has every repository that it had', () => {
    expect(caseCorpus().length).toBeGreaterThan(28);
  });

  it.each(caseCorpus())('%s', async (name) => {
    const { files, facts, golden } = readCase(name);
    await expect(listing(enumerate(files, facts))).toMatchFileSnapshot(golden);
  });
});

const roles = ['a', 'b', 'c'].map((name) => `arn:aws:iam::111111111111:role/acme-${name}`);
const names = ['main', 'dev', 'rel/1', 'rel/x', 'a/main', 'v1', 'mainx', 'x'];
const refs = names.flatMap((name) => [`refs/heads/${name}`, `refs/tags/${name}`]);
const stages = ['dev', 'staging', 'prod'];
const texts = ['', 'a', 'ab', 'main'];

const atom = fc.constantFrom(
  "github.ref == 'refs/heads/main'",
  "github.ref != 'refs/tags/v1'",
  "github.ref_name == 'dev'",
  "github.ref_type == 'tag'",
  "startsWith(github.ref, 'refs/tags/v')",
  "startsWith(github.ref_name, 'rel/')",
  "startsWith(github.ref_name, 'main')",
  "endsWith(github.ref, '/main')",
  "contains(github.ref, 'x')",
  `contains(fromJSON('["dev","x"]'), github.ref_name)`,
  `fromJSON('{"main":true}')[github.ref_name]`,
  "inputs.stage == 'prod'",
  "github.event.inputs.stage != 'dev'",
  'inputs.force',
  "github.event.inputs.force == 'true'",
  'inputs.text',
  "inputs.text == 'a'",
  "startsWith(inputs.text, 'a')",
  "inputs.text == github.ref_name && 'same'",
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    atom,
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `(${a} && ${b})`),
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `(${a} || ${b})`),
    tie('condition').map((one) => `!(${one})`),
  ),
}));

function source(first: string, second: string, one: string, other: string): string {
  const [a = '', b = '', c = ''] = roles;
  const role = `\${{ ${one} && '${a}' || ${other} && '${b}' || '${c}' }}`;
  return `on:
  workflow_dispatch:
    inputs:
      stage: { type: choice, options: [${stages.join(', ')}] }
      force: { type: boolean }
      text: { type: string }
permissions: { id-token: write }
jobs:
  first:
    if: ${JSON.stringify(first)}
    runs-on: x
    steps: [{ run: x }]
  second:
    needs: first
    if: ${JSON.stringify(second)}
    runs-on: x
    steps:
      - uses: aws-actions/configure-aws-credentials@v6
        with: { aws-region: eu-west-2, role-to-assume: ${JSON.stringify(role)} }
`;
}

interface Run {
  readonly ref: string;
  readonly stage: string;
  readonly force: boolean;
  readonly text: string;
}

function scopeOf({ ref, stage, force, text }: Run): Scope {
  const inputs = { stage: known(stage), force: known(force), text: known(text) };
  const raw = { ...inputs, force: known(String(force)) };
  const github = {
    event_name: known('workflow_dispatch'),
    ref: known(ref),
    ref_name: known(ref.replace(/^refs\/(?:heads|tags)\//, '')),
    ref_type: known(ref.startsWith('refs/tags/') ? 'tag' : 'branch'),
    event: object({ inputs: object(raw) }, true),
  };
  return {
    contexts: { github: object(github, true), inputs: object(inputs) },
    status: { success: true, failure: false, cancelled: false },
  };
}

function holdsRef(set: NameSet, ref: string): boolean {
  if (set.kind === 'exact') return set.value === ref;
  if (set.kind === 'template' || !ref.startsWith(set.prefix)) return false;
  return passesFilter(ref.slice(set.prefix.length), set.patterns);
}

/** Whether a value can be a text; what only a run tells can be any that it does not rule out. */
function canBe(value: Value | undefined, wanted: string | boolean): boolean {
  return alternatives(value ?? known(null)).some((one) => {
    if (one.kind === 'known') return one.value === wanted;
    return one.kind === 'unknown' && one.asks?.({ test: 'equals', text: String(wanted) }) !== false;
  });
}

function covers(one: Case, run: Run): boolean {
  const { inputs } = one.run.scope.contexts;
  const of = (name: string): Value | undefined =>
    inputs?.kind === 'object'
      ? inputs.entries.find((entry) => entry.name === name)?.value
      : undefined;
  return (
    one.run.refs.some((set) => holdsRef(set, run.ref)) &&
    canBe(of('stage'), run.stage) &&
    canBe(of('force'), run.force) &&
    canBe(of('text'), run.text)
  );
}

it('has one case for each run that takes a role, with that role, and none for the others', () => {
  const run = fc.record({
    ref: fc.constantFrom(...refs),
    stage: fc.constantFrom(...stages),
    force: fc.boolean(),
    text: fc.constantFrom(...texts),
  });
  fc.assert(
    fc.property(condition, condition, condition, condition, fc.array(run), (a, b, c, d, runs) => {
      const text = source(a, b, c, d);
      const found = enumerate(text).cases;
      const job = parseWorkflow(sourceFile('.github/workflows/test.yml', text)).workflow?.jobs[1];
      const input = job?.steps[0]?.with.items.find((item) => item.name === 'role-to-assume')?.value;
      if (!job || !input) throw new Error('the workflow has a job with a role');
      for (const one of runs) {
        const { runs: truth, scope } = jobRun(job, scopeOf(one));
        const role = evaluateText(input, scope);
        const covering = found.filter((each) => covers(each, one));
        const takes = covering.filter(
          (each) => each.role.kind === 'known' && known(each.role.arn).value === valueOf(role),
        );
        // A case whose refs no pattern can say says so.
        const exact = covering.filter(
          (each) => !each.assumptions.some((said) => said.startsWith('the ref ')),
        );
        const certain = exact.filter(
          (each) => each.runs === true && !each.run.condition.includes('comes to'),
        );
        if (truth === true) expect(takes.length, JSON.stringify(one)).toBeGreaterThan(0);
        if (truth === false) expect(certain, JSON.stringify(one)).toEqual([]);
        if (certain.length > 0) expect(exact, JSON.stringify(one)).toHaveLength(1);
      }
    }),
    { numRuns: 400 },
  );
});

function valueOf(value: Value): unknown {
  return value.kind === 'known' ? value.value : undefined;
}
