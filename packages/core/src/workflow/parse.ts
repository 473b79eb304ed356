import { asMap, pairOf, resolve, valueOf, type YamlMap, type YamlNode } from '../text/node.ts';
import { parseYaml } from '../text/parse.ts';
import type { SourceFile } from '../text/source.ts';
import { defaultShell, readJobs } from './jobs.ts';
import type { Action, Job, Step, Workflow } from './model.ts';
import { readPermissions } from './permissions.ts';
import type { WorkflowProblem } from './problem.ts';
import { Problems, readEntries, textUnder } from './reader.ts';
import { readSteps } from './steps.ts';
import { readInputs, readTriggers } from './triggers.ts';

/** What a file turned out to be. A file with a fatal problem has neither. */
export interface ParsedFile {
  readonly file: SourceFile;
  readonly workflow?: Workflow;
  readonly action?: Action;
  readonly problems: readonly WorkflowProblem[];
}

/** Reads a workflow file. Never throws; problems say what GitHub would refuse. */
export function parseWorkflow(file: SourceFile): ParsedFile {
  return read(file, 'workflow');
}

/** Reads an `action.yml`. Never throws. */
export function parseAction(file: SourceFile): ParsedFile {
  return read(file, 'action');
}

/** Reads a file whose place says nothing about it: with `runs:` and no `jobs:` it is an action. */
export function parseEither(file: SourceFile): ParsedFile {
  return read(file, undefined);
}

function read(file: SourceFile, wanted: 'workflow' | 'action' | undefined): ParsedFile {
  const { root, problems: yaml } = parseYaml(file.text);
  const problems = new Problems();
  problems.list.push(...yaml);
  const refuse = (node: YamlNode | undefined, what: string): ParsedFile => {
    const code = wanted === 'action' ? 'not-an-action' : 'not-a-workflow';
    const range = {
      start: node?.start ?? 0,
      end: Math.min(node?.end ?? 1, (node?.start ?? 0) + 1),
    };
    problems.list.push({ code, range, message: what, fatal: true });
    return { file, problems: problems.list };
  };
  if (yaml.some((problem) => problem.fatal)) return { file, problems: problems.list };
  const map = asMap(root);
  if (!map) return refuse(root, resolve(root) ? 'the file is no map of keys' : 'the file is empty');
  const kind = wanted ?? (valueOf(map, 'runs') && !valueOf(map, 'jobs') ? 'action' : 'workflow');
  if (kind === 'action') {
    if (!valueOf(map, 'runs')) return refuse(map, 'an action needs runs:');
    return { file, action: readAction(file, map, problems), problems: problems.list };
  }
  if (!valueOf(map, 'jobs')) return refuse(map, 'a workflow needs jobs:');
  return { file, workflow: readWorkflow(file, map, problems), problems: problems.list };
}

function readWorkflow(file: SourceFile, root: YamlMap, problems: Problems): Workflow {
  const jobs: Job[] = [];
  const on = valueOf(root, 'on');
  if (!on) problems.missing(root.pairs[0]?.key ?? root, 'a workflow needs on:');
  const workflow: Workflow = {
    kind: 'workflow',
    file,
    root,
    name: textUnder(root, 'name', problems),
    on,
    permissions: readPermissions(pairOf(root, 'permissions'), problems),
    defaultShell: defaultShell(root),
    concurrency: valueOf(root, 'concurrency'),
    triggers: readTriggers(on, problems),
    env: readEntries(root, 'env', problems),
    jobs,
    problems: problems.list,
  };
  const block = valueOf(root, 'jobs');
  if (block && !asMap(block)) problems.wrongType(block, 'jobs', 'a map');
  jobs.push(...readJobs(workflow, asMap(block), problems));
  return workflow;
}

function readAction(file: SourceFile, root: YamlMap, problems: Problems): Action {
  const steps: Step[] = [];
  const runs = asMap(valueOf(root, 'runs'));
  const action: Action = {
    kind: 'action',
    file,
    root,
    name: textUnder(root, 'name', problems),
    using: runs ? textUnder(runs, 'using', problems) : undefined,
    inputs: readInputs(valueOf(root, 'inputs'), problems),
    outputs: readEntries(root, 'outputs', problems, { anyValue: true }),
    steps,
    problems: problems.list,
  };
  if (runs) steps.push(...readSteps(action, valueOf(runs, 'steps'), problems));
  return action;
}
