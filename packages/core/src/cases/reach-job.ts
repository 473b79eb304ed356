import { ancestorsOf } from '../steps/graph.ts';
import { calledScope, jobRun, runsAfterFailure } from '../steps/reach.ts';
import {
  and,
  asksForStatus,
  conditionHolds,
  evaluateText,
  known,
  lazyObject,
  traced,
  type Scope,
  type Truth,
  type Value,
} from '../workflow/evaluate.ts';
import type { Job } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { conditionOf } from '../workflow/template.ts';
import type { OptionAxis } from './axis.ts';
import type { View } from './contexts.ts';
import { matrixAxis, matrixRows, matrixValue } from './matrix.ts';
import type { Target } from './target.ts';
import { oneLine } from './words.ts';

/** A job in one event: whether it runs, and what its steps and its environment see. */
export interface Reached {
  readonly runs: Truth;
  readonly scope: Scope;
  /** What must be for it to run that only a run can tell, in words. */
  readonly open: readonly string[];
  /** The job whose condition keeps this one from running. */
  readonly blocked?: Job;
}

/** Follows the calls to a job, from the scope of the event's workflow. */
export function reachJob(
  { callers, job }: Pick<Target, 'callers' | 'job'>,
  event: Scope,
  view: View,
  repository: Repository,
): Reached {
  let scope = event;
  let runs: Truth = true;
  const open: string[] = [];
  for (const [depth, one] of [...callers, job].entries()) {
    const truths = view.memory.at(view.point, callers.slice(0, depth), view.observation);
    const run = jobRun(one, scope, truths);
    if (view.observation.settled) break;
    const trouble = run.runs === false ? afterTrouble(one, scope, run.scope) : undefined;
    if (run.runs === false && trouble === undefined) {
      return { runs: false, scope: run.scope, open: [], blocked: blockerOf(one, truths) };
    }
    runs = and(runs, trouble === undefined ? run.runs : 'unknown');
    if (trouble !== undefined) open.push(trouble);
    else if (run.runs === 'unknown') open.push(...openConditions(one, scope, truths));
    const inner = withMatrix(one, run.scope, depth, view);
    if (inner.empty) return { runs: false, scope: inner.scope, open: [], blocked: one };
    if (one === job)
      return { runs, scope: withJobName(job, inner.scope), open: [...new Set(open)] };
    const callee = repository.calleeOf(one);
    if (!callee) break;
    const called = calledScope(callee, one, scope, inner.scope);
    // Environments give secrets to their own job only.
    const receiver = depth === callers.length - 1 ? job : undefined;
    scope = withSecrets(one, receiver, called, inner.scope);
  }
  return { runs: false, scope, open: [] };
}

/** `github.job` is there in steps only. */
function withJobName(job: Job, scope: Scope): Scope {
  const { github } = scope.contexts;
  if (github?.kind !== 'object') return scope;
  const entries = [{ name: 'job', value: known(job.id) }, ...github.entries];
  return { ...scope, contexts: { ...scope.contexts, github: { ...github, entries } } };
}

function withMatrix(
  job: Job,
  scope: Scope,
  depth: number,
  { point, observation }: View,
): { readonly scope: Scope; readonly empty: boolean } {
  if (!job.matrix) return { scope, empty: false };
  const rows = matrixRows(job, scope);
  const axis: OptionAxis = matrixAxis(`matrix ${depth}`, rows ?? []);
  const matrix = matrixValue(rows, axis, point, observation);
  return {
    scope: { ...scope, contexts: { ...scope.contexts, matrix } },
    empty: rows?.length === 0,
  };
}

/**
 * The secrets of a called workflow: those that its caller passes on. One that is not passed is empty,
 * unless the job has an environment, which may hold one of that name.
 * Source: https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows#passing-inputs-and-secrets-to-a-reusable-workflow
 */
function withSecrets(caller: Job, receiver: Job | undefined, scope: Scope, inner: Scope): Scope {
  if (caller.secretsInherit) return scope;
  const outer = inner.contexts['secrets'];
  const passed = caller.secrets.items.map(
    ({ name, value }) =>
      [name, (): Value => (value ? traced(evaluateText(value, inner)) : known(''))] as const,
  );
  const names = new Set(passed.map(([name]) => name.toLowerCase()));
  const before = outer?.kind === 'object' ? outer.entries : [];
  // An environment's secret of the same name is used before a passed one, but nobody sees it here.
  const own = receiver?.environment
    ? before
    : before.filter((entry) => entry.name === 'GITHUB_TOKEN');
  const others = own
    .filter((entry) => !names.has(entry.name.toLowerCase()))
    .map((entry) => [entry.name, (): Value => entry.value] as const);
  const secrets = lazyObject([...passed, ...others], receiver?.environment !== undefined);
  return { ...scope, contexts: { ...scope.contexts, secrets } };
}

/** The conditions that decide whether a job runs and that nobody can tell. */
function openConditions(job: Job, scope: Scope, truths: Map<Job, Truth>): string[] {
  return [...ancestorsOf(job), job].flatMap((one) => {
    if (!one.if || truths.get(one) !== 'unknown') return [];
    const { scope: own } = jobRun(one, scope, truths);
    return conditionHolds(one.if, own) === 'unknown' ? `"${oneLine(one.if.value)}" holds` : [];
  });
}

/** The first job whose own condition does not hold, of those that a skipped job waits for. */
function blockerOf(job: Job, truths: ReadonlyMap<Job, Truth>): Job {
  const before = [...ancestorsOf(job)].toReversed();
  return before.find((one) => one.if && truths.get(one) === false) ?? job;
}

const maxFailing = 50;

/** When a job runs that does not run while everything goes well; undefined when it never does. */
function afterTrouble(job: Job, scope: Scope, own: Scope): string | undefined {
  const before = [...ancestorsOf(job)];
  if (![job, ...before].some((one) => asksForStatus(conditionOf(one.if)))) return undefined;
  const failing = before
    .slice(0, maxFailing)
    .find((one) => runsAfterFailure(job, one, scope) !== false);
  if (failing) return `job "${failing.id}" fails`;
  if (!job.if || !asksForStatus(conditionOf(job.if))) return undefined;
  const status = { success: false, failure: false, cancelled: true } as const;
  return conditionHolds(job.if, { ...own, status }) === false ? undefined : 'the run is cancelled';
}
