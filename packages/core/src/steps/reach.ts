import {
  and,
  choice,
  conditionHolds,
  evaluateText,
  known,
  lazyObject,
  object,
  traced,
  unknown,
  type Scope,
  type Truth,
  type Value,
} from '../workflow/evaluate.ts';
import type { WorkflowEvent } from '../workflow/event.ts';
import { entryOf, type Job, type Workflow } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { ancestorsOf, neededJobs } from './graph.ts';

/** Whether a job runs in an event when nothing before it fails, and what its expressions see. */
export interface JobRun {
  readonly job: Job;
  /** The calling jobs, the outermost first. */
  readonly callers: readonly Job[];
  readonly runs: Truth;
  /** The contexts of the job: `github`, `inputs` and `needs`; others are unknown. */
  readonly scope: Scope;
}

const maxDepth = 10;
const maxRuns = 2000;

/**
 * The jobs of a workflow, and of the local workflows that it calls, in one event. A job that needs a
 * skipped one is skipped too, however far back that is, unless its `if:` asks for the status.
 * Source: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-jobs#defining-prerequisite-jobs
 */
export function jobRuns(
  event: WorkflowEvent,
  workflow: Workflow,
  repository: Repository,
): JobRun[] {
  const found: JobRun[] = [];
  collect(workflow, event.scope, { repository, callers: [], runs: true }, found);
  return found;
}

/** Whether a job runs although another one ran and failed, or none did; everything else is well. */
export function runsAfterFailure(job: Job, failing: Job | undefined, scope: Scope): Truth {
  if (!failing) return runOf(job, scope, new Map(), new Set());
  return runOf(job, { ...scope, failing }, new Map([[failing, true]]), new Set());
}

/** A scope in which one job fails. */
interface JobsScope extends Scope {
  readonly failing?: Job;
}

interface Surroundings {
  readonly repository: Repository;
  readonly callers: readonly Job[];
  /** Whether the calling job runs. */
  readonly runs: Truth;
}

/** Most runs are never asked for their scope, and to make it is most of the work. */
class LazyRun implements JobRun {
  readonly job: Job;
  readonly callers: readonly Job[];
  readonly runs: Truth;
  readonly #make: () => Scope;
  #scope: Scope | undefined;

  constructor(job: Job, callers: readonly Job[], runs: Truth, make: () => Scope) {
    this.job = job;
    this.callers = callers;
    this.runs = runs;
    this.#make = make;
  }

  get scope(): Scope {
    this.#scope ??= this.#make();
    return this.#scope;
  }
}

function collect(workflow: Workflow, scope: Scope, around: Surroundings, found: JobRun[]): void {
  const truths = new Map<Job, Truth>();
  for (const job of workflow.jobs) {
    if (found.length >= maxRuns) return;
    const own = runOf(job, scope, truths, new Set());
    const runs = and(around.runs, own);
    found.push(new LazyRun(job, around.callers, runs, () => jobScope(job, scope, truths)));
    const callee = around.repository.calleeOf(job);
    // ATTACKER: workflows can call each other; GitHub stops at ten levels.
    if (!callee || around.callers.length >= maxDepth) continue;
    const called = calledScope(callee, job, scope, jobScope(job, scope, truths));
    collect(callee, called, { ...around, callers: [...around.callers, job], runs }, found);
  }
}

/**
 * Whether a job of a workflow runs in the workflow's scope, as far as its own workflow decides.
 * `truths` are those that are known already; more are added.
 */
export function jobRun(
  job: Job,
  scope: Scope,
  truths: Map<Job, Truth> = new Map(),
): Omit<JobRun, 'callers'> {
  const runs = runOf(job, scope, truths, new Set());
  return { job, runs, scope: jobScope(job, scope, truths) };
}

/** The scope of the workflow that a job calls; `inner` is what the job's own expressions see. */
export function calledScope(callee: Workflow, caller: Job, scope: Scope, inner: Scope): Scope {
  const inputs = callInputs(callee, caller, inner);
  return { ...scope, contexts: { ...scope.contexts, inputs } };
}

function runOf(job: Job, scope: JobsScope, truths: Map<Job, Truth>, open: Set<Job>): Truth {
  const before = truths.get(job);
  if (before !== undefined) return before;
  // GitHub refuses jobs that need each other.
  if (open.has(job)) return false;
  open.add(job);
  for (const needed of ancestorsOf(job)) runOf(needed, scope, truths, open);
  open.delete(job);
  const plain = job.if === undefined || job.if.value.trim() === '';
  const truth = plain
    ? statusOf(job, scope, truths).success
    : conditionHolds(job.if, jobScope(job, scope, truths));
  truths.set(job, truth);
  return truth;
}

/** What the status functions say before a job. */
function statusOf(
  job: Job,
  { failing }: JobsScope,
  truths: ReadonlyMap<Job, Truth>,
): { success: Truth; failure: Truth; cancelled: false } {
  const ancestors = ancestorsOf(job);
  // A job that did not run did not fail; a failed one counts wherever it stands before the job.
  const failed = failing !== undefined && ancestors.has(failing) ? truths.get(failing) : false;
  let success: Truth = true;
  for (const ancestor of ancestors) success = and(success, truths.get(ancestor) ?? false);
  if (failed === true) success = false;
  else if (failed === 'unknown') success = and(success, 'unknown');
  return { success, failure: failed ?? false, cancelled: false };
}

function jobScope(job: Job, scope: JobsScope, truths: ReadonlyMap<Job, Truth>): Scope {
  const { failing } = scope;
  const needs: Record<string, Value> = {};
  for (const needed of neededJobs(job)) {
    const ended = result(truths.get(needed) ?? false, needed === failing ? 'failure' : 'success');
    needs[needed.id] = object({ result: ended, outputs: outputsOf(needed, scope, truths) });
  }
  return {
    contexts: { ...scope.contexts, needs: object(needs) },
    status: statusOf(job, scope, truths),
  };
}

/** What a job puts out as far as its expressions tell; a skipped one puts out nothing. */
function outputsOf(job: Job, scope: JobsScope, truths: ReadonlyMap<Job, Truth>): Value {
  if (truths.get(job) === false) return object({});
  return lazyObject(
    job.outputs.items.map(({ name, value }) => [
      name,
      () => {
        if (!value) return unknown(`needs.${job.id}.outputs.${name}`);
        const made = traced(evaluateText(value, jobScope(job, scope, truths)));
        return truths.get(job) === true ? made : choice([known(''), made]);
      },
    ]),
    true,
  );
}

function result(runs: Truth, ended: 'success' | 'failure'): Value {
  if (runs === 'unknown') return unknown('needs.*.result', { truth: true });
  return known(runs ? ended : 'skipped');
}

/** The `inputs` of a called workflow: what the caller gives, else the default. */
function callInputs(callee: Workflow, caller: Job, scope: Scope): Value {
  const values: [string, () => Value][] = [];
  const declared = callee.triggers.find((trigger) => trigger.event === 'workflow_call')?.inputs;
  for (const input of declared ?? []) {
    const given = entryOf(caller.with, input.name, true)?.value ?? input.default;
    values.push([
      input.name,
      () => (given ? typed(traced(evaluateText(given, scope)), input.type) : absent(input.type)),
    ]);
  }
  return lazyObject(values);
}

function typed(value: Value, type: string): Value {
  if (type !== 'boolean' || value.kind !== 'known' || typeof value.value !== 'string') return value;
  return known(value.value === 'true');
}

function absent(type: string): Value {
  if (type === 'boolean') return known(false);
  return known(type === 'number' ? 0 : '');
}
