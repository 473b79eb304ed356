import type { Credentials } from '../credentials/credentials.ts';
import type { CredentialStep } from '../credentials/step.ts';
import type { Job, Workflow } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';

/** A job with credential steps, as a workflow's event reaches it. */
export interface Target {
  readonly root: Workflow;
  /** The calling jobs, the outermost first. */
  readonly callers: readonly Job[];
  readonly job: Job;
  readonly steps: readonly CredentialStep[];
}

/** A job that calls a workflow of another repository, or one that is not there. */
export type OpenCall = Omit<Target, 'steps'>;

const maxDepth = 10;
const maxTargets = 1000;

/** The targets of a workflow, and the calls that lead out of sight. */
export interface FoundTargets {
  readonly targets: readonly Target[];
  readonly open: readonly OpenCall[];
  readonly complete: boolean;
}

/** Finds the jobs with credential steps of workflows and of what those call. */
export class Targets {
  readonly #repository: Repository;
  readonly #credentials: Credentials;
  readonly #reaching = new Map<Workflow, boolean>();

  constructor(repository: Repository, credentials: Credentials) {
    this.#repository = repository;
    this.#credentials = credentials;
  }

  /** Those of one workflow; `complete` unless there are more than are followed. */
  of(root: Workflow): FoundTargets {
    const targets: Target[] = [];
    const open: OpenCall[] = [];
    const complete = this.#collect(root, root, [], targets, open);
    return { targets, open, complete };
  }

  #collect(
    root: Workflow,
    workflow: Workflow,
    callers: readonly Job[],
    into: Target[],
    open: OpenCall[],
  ): boolean {
    let complete = true;
    for (const job of workflow.jobs) {
      if (into.length >= maxTargets) return false;
      const steps = this.#credentials.of(job);
      if (steps.length > 0) into.push({ root, callers, job, steps });
      const callee = this.#repository.calleeOf(job);
      if (!callee) {
        if (job.uses && open.length < maxTargets) open.push({ root, callers, job });
        continue;
      }
      if (!this.#reaches(callee, 0)) continue;
      // ATTACKER: workflows can call each other; GitHub stops at ten levels.
      if (callers.length >= maxDepth) continue;
      // GitHub refuses workflows that call themselves.
      if (callee === root || callers.some((one) => one.workflow === callee)) continue;
      if (callee === workflow) continue;
      complete = this.#collect(root, callee, [...callers, job], into, open) && complete;
    }
    return complete;
  }

  /** Whether a workflow, or one that it calls, has a credential step or a call out of sight. */
  #reaches(workflow: Workflow, depth: number): boolean {
    const before = this.#reaching.get(workflow);
    if (before !== undefined) return before;
    this.#reaching.set(workflow, false);
    const reaches = workflow.jobs.some((job) => {
      if (this.#credentials.of(job).length > 0) return true;
      const callee = this.#repository.calleeOf(job);
      if (!callee) return job.uses !== undefined;
      return depth < maxDepth && this.#reaches(callee, depth + 1);
    });
    this.#reaching.set(workflow, reaches);
    return reaches;
  }
}
