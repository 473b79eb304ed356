import { and, type Truth } from '../workflow/evaluate.ts';
import type { Job, Step, Workflow } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Observation, Point } from './axis.ts';
import type { UnreachedTrigger } from './case.ts';
import { eventScope, type Settings } from './contexts.ts';
import type { Entry } from './entry.ts';
import type { Memory } from './memory.ts';
import { nameOfStep } from './outcome.ts';
import { reachJob } from './reach-job.ts';
import { stepRuns } from './step-scope.ts';
import type { Target } from './target.ts';
import { joinLeaves, takeApart } from './tree.ts';
import { oneLine, wordsOfPoint } from './words.ts';

interface Reach {
  readonly truth: Truth;
  readonly blocked: readonly (Job | Step)[];
}

/** The parts of an entry's runs that reach none of the targets. */
export function unreachedBy(
  entry: Entry,
  targets: readonly Target[],
  settings: Settings,
  repository: Repository,
  memory: Memory,
): UnreachedTrigger[] {
  const [first] = targets;
  if (!first) return [];
  const workflow = first.root;
  const tree = takeApart((point: Point, observation: Observation): Reach => {
    const view = { entry, point, observation, memory };
    const event = eventScope(workflow, view, settings);
    const blocked = new Set<Job | Step>();
    let truth: Truth = false;
    for (const target of targets) {
      const reached = reachJob(target, event, view, repository);
      if (reached.runs === false) {
        if (reached.blocked) blocked.add(reached.blocked);
        continue;
      }
      for (const step of target.steps) {
        const own = stepRuns(step.frame, reached.scope);
        const runs = and(reached.runs, own.runs);
        if (runs === true) return { truth: true, blocked: [] };
        if (runs === 'unknown') truth = 'unknown';
        else if (own.blocked) blocked.add(own.blocked);
      }
    }
    return { truth, blocked: [...blocked] };
  });
  const leaves = joinLeaves(tree, ({ truth, blocked }) =>
    truth === false ? JSON.stringify(blocked.map((one) => one.node.start)) : 'reached',
  );
  return leaves.flatMap(({ point, outcome }) => {
    if (outcome.truth !== false) return [];
    const where = [entry.words ?? '', shortened(wordsOfPoint(point, tree.axes))]
      .filter((words) => words !== '')
      .join('; ');
    return [
      {
        workflow,
        event: entry.trigger.event,
        reason: `${where === '' ? '' : `when ${where}: `}${why(outcome.blocked)}`,
        at: placeOf(workflow, entry, point),
        extent: where === '' ? ('all' as const) : ('some' as const),
      },
    ];
  });
}

/** Parts that many conditions make up are better told by the conditions. */
function shortened(words: string): string {
  return words.length > 300 ? 'none of these conditions holds' : words;
}

/** Why credentials are not taken: the conditions of jobs and steps that keep them from it. */
export function why(blocked: readonly (Job | Step)[]): string {
  const said = blocked.slice(0, 3).map((one) => {
    const name = one.kind === 'job' ? `job "${one.id}"` : `step "${nameOfStep(one)}"`;
    return one.if ? `${name} runs only if "${oneLine(one.if.value)}"` : `${name} never runs`;
  });
  const more = blocked.length > 3 ? ` (and ${blocked.length - 3} more)` : '';
  return said.length === 0 ? 'every step with credentials is skipped' : `${said.join(', ')}${more}`;
}

/** The option that reaches nothing, the entry of the filter, or the event. */
function placeOf(workflow: Workflow, entry: Entry, point: Point): UnreachedTrigger['at'] {
  const file = workflow.file;
  for (const { declaration, axis } of entry.inputs.values()) {
    const [only, ...others] = point.get(axis.id) ?? [];
    if (typeof only !== 'string' || others.length > 0) continue;
    const option = declaration.options.find((one) => one.value === only);
    if (option) return { file, range: { start: option.node.start, end: option.node.end } };
  }
  const { start, end } = entry.filter?.node ?? entry.trigger.key;
  return { file, range: { start, end } };
}
