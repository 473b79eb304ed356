/** Where the ref of a run comes from, by the event that started it. */
export type RefSource =
  /** The ref that was pushed, created, or chosen. */
  | 'given'
  | 'default-branch'
  | 'pull-request'
  | 'review'
  | 'pull-request-target'
  | 'merge-queue'
  | 'tag'
  | 'deployment'
  /** The documentation says "not applicable". */
  | 'none'
  | 'unknown';

const sources: ReadonlyMap<string, RefSource> = new Map<string, RefSource>([
  ...['push', 'create', 'workflow_dispatch', 'registry_package'].map(
    (event): [string, RefSource] => [event, 'given'],
  ),
  ...[
    'branch_protection_rule',
    'check_run',
    'check_suite',
    'delete',
    'discussion',
    'discussion_comment',
    'fork',
    'gollum',
    'issue_comment',
    'issues',
    'label',
    'milestone',
    'public',
    'repository_dispatch',
    'schedule',
    'watch',
    'workflow_run',
  ].map((event): [string, RefSource] => [event, 'default-branch']),
  ['page_build', 'none'],
  ['status', 'none'],
  ['pull_request', 'pull-request'],
  ['pull_request_review', 'review'],
  ['pull_request_review_comment', 'review'],
  ['pull_request_target', 'pull-request-target'],
  ['merge_group', 'merge-queue'],
  ['release', 'tag'],
  ['deployment', 'deployment'],
  ['deployment_status', 'deployment'],
]);

/**
 * Where the ref comes from.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function refSource(event: string): RefSource {
  return sources.get(event) ?? 'unknown';
}

/** The known events whose ref comes from one of these. */
export function eventsWith(...wanted: readonly RefSource[]): readonly string[] {
  return [...sources].filter(([, source]) => wanted.includes(source)).map(([event]) => event);
}

/**
 * Whether the subject of a run without an environment ends in `pull_request`. GitHub documents it of
 * `pull_request` alone; of reviews it says "pull request event", of the others nothing.
 */
export function countsAsPullRequest(event: string): 'yes' | 'no' | 'not documented' {
  if (event === 'pull_request') return 'yes';
  const source = refSource(event);
  return source === 'review' || source === 'pull-request-target' ? 'not documented' : 'no';
}
