import type { Job, Workflow } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { isCallable } from '../workflow/token.ts';

/** One way in which a job comes to run: by its own workflow's triggers, or through calling jobs. */
export interface Way {
  readonly job: Job;
  /** The calling jobs of this repository, the outermost first. */
  readonly callers: readonly Job[];
  /** The workflow whose triggers start the run. */
  readonly root: Workflow;
}

// ATTACKER: ways multiply with every level of calls; GitHub allows ten levels.
const maxWays = 50;
const maxDepth = 10;

/** The jobs that a job names in `needs` and that exist, in the order of the file. */
export function neededJobs(job: Job): readonly Job[] {
  if (job.needs.length === 0) return [];
  let needed = neededBy.get(job);
  if (!needed) {
    const ids = new Set(job.needs.map((text) => text.value.toLowerCase()));
    needed = job.workflow.jobs.filter((other) => ids.has(other.id.toLowerCase()));
    neededBy.set(job, needed);
  }
  return needed;
}

const neededBy = new WeakMap<Job, readonly Job[]>();
const ancestors = new WeakMap<Job, ReadonlySet<Job>>();

/** Every job of the same workflow that must have ended before a job starts; safe with cycles. */
export function ancestorsOf(job: Job): ReadonlySet<Job> {
  const known = ancestors.get(job);
  if (known) return known;
  const found = new Set<Job>();
  const open = [...neededJobs(job)];
  for (let next = open.pop(); next; next = open.pop()) {
    if (found.has(next) || next === job) continue;
    found.add(next);
    open.push(...neededJobs(next));
  }
  ancestors.set(job, found);
  return found;
}

/** Every job of the same workflow that waits for a job, directly or not. */
export function dependantsOf(job: Job): readonly Job[] {
  return job.workflow.jobs.filter((other) => other !== job && ancestorsOf(other).has(job));
}

/** All ways to a job that this repository shows; never empty. */
export function waysTo(job: Job, repository: Repository): Way[] {
  return ways(job, repository, 0).slice(0, maxWays);
}

function ways(job: Job, repository: Repository, depth: number): Way[] {
  const { workflow } = job;
  const alone: Way = { job, callers: [], root: workflow };
  const callers = depth < maxDepth ? repository.callersOf(workflow) : [];
  if (!isCallable(workflow) || callers.length === 0) return [alone];
  const called = callers
    .flatMap((caller) => ways(caller, repository, depth + 1))
    .slice(0, maxWays)
    .map((way) => ({ job, callers: [...way.callers, way.job], root: way.root }));
  const byItself = workflow.triggers.some((trigger) => trigger.event !== 'workflow_call');
  return byItself ? [alone, ...called] : called;
}

/**
 * Every job that must have ended before the job of a way starts: what it and its callers need, and
 * the jobs of the reusable workflows that those call.
 */
export function jobsBefore(way: Way, repository: Repository): readonly Job[] {
  const found = new Set<Job>();
  for (const job of [way.job, ...way.callers]) {
    for (const before of ancestorsOf(job)) addWithCallee(before, repository, found, 0);
  }
  return [...found];
}

/** A job, and the jobs that run inside it when it calls a workflow of this repository. */
export function withCallee(job: Job, repository: Repository): readonly Job[] {
  const found = new Set<Job>();
  addWithCallee(job, repository, found, 0);
  return [...found];
}

function addWithCallee(job: Job, repository: Repository, into: Set<Job>, depth: number): void {
  if (into.has(job) || depth > maxDepth) return;
  into.add(job);
  for (const inner of repository.calleeOf(job)?.jobs ?? []) {
    addWithCallee(inner, repository, into, depth + 1);
  }
}
