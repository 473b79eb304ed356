import { frameOf, type Frame } from '../credentials/frame.ts';
import type { Job, Step } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';

/**
 * A step as a job runs it: one of its own, or one inside a local composite action that it uses.
 * `jobStep` is the step of the job that leads here.
 */
export interface RunningStep {
  readonly job: Job;
  readonly jobStep: Step;
  readonly step: Step;
  readonly frame: Frame;
}

const maxDepth = 10;
const maxSteps = 2000;

const known = new WeakMap<Job, { repository: Repository; steps: readonly RunningStep[] }>();

/** The steps of a job in the order in which they run, composite actions replaced by their steps. */
export function runningSteps(job: Job, repository: Repository): readonly RunningStep[] {
  const before = known.get(job);
  if (before?.repository === repository) return before.steps;
  const steps: RunningStep[] = [];
  for (const step of job.steps)
    expand({ job, jobStep: step, step, frame: frameOf(step) }, repository, 0, steps);
  known.set(job, { repository, steps });
  return steps;
}

/** The steps of every job of a repository. */
export function* allRunningSteps(repository: Repository): Generator<RunningStep> {
  for (const workflow of repository.workflows) {
    for (const job of workflow.jobs) yield* runningSteps(job, repository);
  }
}

function expand(
  running: RunningStep,
  repository: Repository,
  depth: number,
  into: RunningStep[],
): void {
  const action = repository.actionOf(running.step);
  // ATTACKER: composite actions can use each other; GitHub stops at ten levels.
  if (into.length >= maxSteps) return;
  if (!action || action.steps.length === 0 || depth >= maxDepth) {
    into.push(running);
    return;
  }
  for (const step of action.steps) {
    expand({ ...running, step, frame: frameOf(step, running.frame) }, repository, depth + 1, into);
  }
}
