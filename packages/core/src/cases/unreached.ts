import { and, type Truth } from '../workflow/evaluate.ts';
import type { Job, Workflow } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Observation, Point } from './axis.ts';
import type { UnreachedTrigger } from './case.ts';
import { eventScope, type Settings } from './contexts.ts';
import type { Entry } from './entry.ts';
import { reachJob } from './reach-job.ts';
import { stepRuns } from './step-scope.ts';
import type { Target } from './target.ts';
import { joinLeaves, takeApart } from './tree.ts';
import { oneLine, wordsOfPoint } from './words.ts';

interface Reach {
  readonly truth: Truth;
  readonly blocked: readonly Job[];
}

/** The parts of an entry's runs that reach none of the targets. */
export function unreachedBy(
  entry: Entry,
  targets: readonly Target[],
  settings: Settings,
  repository: Repository,
): UnreachedTrigger[] {
  const [first] = targets;
  if (!first) return [];
  const workflow = first.root;
  const tree = takeApart((point: Point, observation: Observation): Reach => {
    const view = { entry, point, observation };
    const event = eventScope(workflow, view, settings);
    const blocked = new Set<Job>();
    let truth: Truth = false;
    for (const target of targets) {
      const reached = reachJob(target, event, view, repository);
      const steps = target.steps.map((step) => stepRuns(step.frame, reached.scope).runs);
      const some =
        reached.runs === false ? false : anyOf(steps.map((one) => and(reached.runs, one)));
      if (some === true) return { truth: true, blocked: [] };
      if (some === 'unknown') truth = 'unknown';
      else if (reached.blocked) blocked.add(reached.blocked);
    }
    return { truth, blocked: [...blocked] };
  });
  const leaves = joinLeaves(tree, ({ truth, blocked }) =>
    truth === false ? JSON.stringify(blocked.map((job) => job.key.start)) : 'reached',
  );
  return leaves.flatMap(({ point, outcome }) => {
    if (outcome.truth !== false) return [];
    const where = [entry.words ?? '', wordsOfPoint(point, tree.axes)]
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

/** Why jobs do not run: the conditions that keep them from it. */
export function why(blocked: readonly Job[]): string {
  const said = blocked.slice(0, 3).map((job) => {
    if (job.if) return `job "${job.id}" runs only if "${oneLine(job.if.value)}"`;
    return `job "${job.id}" never runs`;
  });
  const more = blocked.length > 3 ? ` (and ${blocked.length - 3} more)` : '';
  return said.length === 0 ? 'every step with credentials is skipped' : `${said.join(', ')}${more}`;
}

function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes('unknown') ? 'unknown' : false;
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
