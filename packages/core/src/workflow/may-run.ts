import { asksForStatus, conditionHolds, type Scope } from './evaluate.ts';
import type { Job } from './model.ts';
import { conditionOf } from './template.ts';

/**
 * Whether a job can run where a scope holds: its own condition, and those of the jobs it waits for,
 * unless it asks for their status. Only a certain no is a no.
 */
export function mayRun(job: Job, scope: Scope, seen: Set<Job> = new Set()): boolean {
  // A job met before could run, or the question would have been settled there.
  if (seen.has(job)) return true;
  seen.add(job);
  if (conditionHolds(job.if, scope) === false) return false;
  if (asksForStatus(conditionOf(job.if))) return true;
  return job.needs.every((need) => {
    const other = job.workflow.jobs.find((one) => one.id === need.value);
    return !other || mayRun(other, scope, seen);
  });
}
