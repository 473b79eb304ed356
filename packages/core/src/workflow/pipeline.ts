import type { Job, Workflow } from './model.ts';
import type { Repository } from './repository.ts';
import { isCallable } from './token.ts';

/**
 * What one event sets in motion: the jobs of a workflow, those of the local workflows that it calls,
 * and the workflows that start when it ends (`workflow_run`).
 */
export interface Pipeline {
  readonly root: Workflow;
  readonly workflows: readonly Workflow[];
  readonly jobs: readonly Job[];
}

/** One pipeline per workflow that starts by itself; a workflow that is only called belongs to its callers. */
export function pipelinesOf(repository: Repository): Pipeline[] {
  const roots = repository.workflows.filter(
    (workflow) => !isOnlyCalled(workflow) || repository.callersOf(workflow).length === 0,
  );
  return roots.map((root) => {
    const workflows = reach(root, repository);
    return { root, workflows, jobs: workflows.flatMap((workflow) => workflow.jobs) };
  });
}

function isOnlyCalled(workflow: Workflow): boolean {
  return (
    isCallable(workflow) && workflow.triggers.every((trigger) => trigger.event === 'workflow_call')
  );
}

function reach(root: Workflow, repository: Repository): Workflow[] {
  const found = new Set<Workflow>([root]);
  for (const workflow of found) {
    for (const job of workflow.jobs) {
      const callee = repository.calleeOf(job);
      if (callee) found.add(callee);
    }
    for (const follower of followersOf(workflow, repository)) found.add(follower);
  }
  return [...found];
}

/** Workflows that name this one under `workflow_run`, by its name or, without one, its path. */
function followersOf(workflow: Workflow, repository: Repository): Workflow[] {
  const name = workflow.name?.value ?? repository.pathInside(workflow.file);
  return repository.workflows.filter((other) =>
    other.triggers.some(
      (trigger) =>
        trigger.event === 'workflow_run' && trigger.workflows?.some((text) => text.value === name),
    ),
  );
}
