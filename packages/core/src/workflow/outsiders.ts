import type { Workflow } from './model.ts';
import type { Repository } from './repository.ts';
import type { Trigger } from './triggers.ts';

/** A trigger that people without write access can set off, with what is known of that. */
export interface OutsiderTrigger {
  readonly trigger: Trigger;
  /** `perhaps` when it depends on a workflow that is not in sight. */
  readonly certainty: 'anyone' | 'perhaps';
  /** Whether only people with at least triage rights cause the listed activity types. */
  readonly privilegedTypes: boolean;
}

/**
 * Events that anyone with a GitHub account can cause in a public repository and whose runs get the
 * base repository's secrets and permissions. `pull_request` and the review events are none of them:
 * for forks their token has no write permission, so no OIDC token either.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const outsiderEvents = new Set([
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'issue_comment',
  'issues',
  'pull_request_target',
  'watch',
  'workflow_run',
]);

/** Activity types that need triage or write access. */
const privileged = new Set([
  'assigned',
  'auto_merge_enabled',
  'demilestoned',
  'enqueued',
  'labeled',
  'locked',
  'milestoned',
  'pinned',
  'review_requested',
  'transferred',
  'unassigned',
  'unlabeled',
  'unlocked',
  'unpinned',
]);

/** The triggers of a workflow that outsiders can set off. */
export function outsiderTriggers(workflow: Workflow, repository: Repository): OutsiderTrigger[] {
  return reach(workflow, repository, new Set([workflow]));
}

function reach(
  workflow: Workflow,
  repository: Repository,
  seen: ReadonlySet<Workflow>,
): OutsiderTrigger[] {
  return workflow.triggers.flatMap((trigger) => {
    if (!outsiderEvents.has(trigger.event)) return [];
    const certainty =
      trigger.event === 'workflow_run' ? upstream(trigger, repository, seen) : 'anyone';
    if (!certainty) return [];
    const types = trigger.types ?? [];
    const privilegedTypes = types.length > 0 && types.every((type) => privileged.has(type.value));
    return [{ trigger, certainty, privilegedTypes }];
  });
}

/**
 * Whether an outsider can cause a run of the workflows that a `workflow_run` waits for. ATTACKER:
 * its `branches:` filter is no help, since a fork's branch can be called `main` too.
 */
function upstream(
  trigger: Trigger,
  repository: Repository,
  seen: ReadonlySet<Workflow>,
): OutsiderTrigger['certainty'] | undefined {
  let unknown = trigger.workflows === undefined;
  for (const name of trigger.workflows ?? []) {
    const named = repository.workflows.filter((one) => nameOf(one, repository) === name.value);
    if (named.length === 0) unknown = true;
    for (const workflow of named) {
      if (seen.has(workflow)) continue;
      if (workflow.triggers.some((one) => /^pull_request(?:$|_review)/.test(one.event))) {
        return 'anyone';
      }
      const theirs = reach(workflow, repository, new Set([...seen, workflow]));
      if (theirs.some((one) => one.certainty === 'anyone')) return 'anyone';
      unknown ||= theirs.length > 0;
    }
  }
  return unknown ? 'perhaps' : undefined;
}

/** The name under which GitHub shows a workflow: its own, or its path. */
function nameOf(workflow: Workflow, repository: Repository): string {
  return workflow.name?.value ?? repository.pathInside(workflow.file);
}
