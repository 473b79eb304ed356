import type { Trigger } from '../../workflow/triggers.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * Events for which GitHub reads workflows of the default branch only. A workflow that exists on
 * another branch alone cannot be started by them: a dispatch answers `404`, a schedule never comes.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const defaultBranchOnly = new Set([
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
  'page_build',
  'project',
  'project_card',
  'project_column',
  'public',
  'registry_package',
  'repository_dispatch',
  'schedule',
  'status',
  'watch',
  'workflow_dispatch',
  'workflow_run',
]);

export const rule: Rule = defineRule<{ events: readonly string[]; branch: string; path: string }>({
  id: 'dispatch-not-on-default-branch',
  title: 'Trigger that needs the workflow on the default branch, where it is not',
  severity: 'medium',
  confidence: 'high',
  check(context, report) {
    const { repository } = context;
    const { git } = repository.input;
    const affected = repository.workflows.flatMap((workflow) => {
      const triggers = workflow.triggers.filter(({ event }) => defaultBranchOnly.has(event));
      const [first] = triggers;
      return first ? [{ workflow, first, triggers }] : [];
    });
    if (affected.length === 0) return;
    if (!git?.onDefaultBranch) {
      context.note({
        rule: 'dispatch-not-on-default-branch',
        reason:
          'git does not tell which workflows are on the default branch; run inside a clone that has it',
      });
      return;
    }
    for (const { workflow, first, triggers } of affected) {
      const path = repository.pathInside(workflow.file);
      if (!isLive(path) || git.onDefaultBranch.has(path)) continue;
      report({
        at: { file: workflow.file, range: first.key, label: label(first) },
        data: {
          events: triggers.map(({ event }) => event),
          branch: git.defaultBranch ?? 'the default branch',
          path,
        },
        subject: { workflow },
      });
    }
  },
  message: ({ events, branch, path }) =>
    `\`${events.join('`, `')}\` cannot start this workflow: "${path}" is not on ${named(branch)}`,
  help: ({ branch }) =>
    `merge the file into ${named(branch)} first, then dispatch it with the branch you want as ref`,
});

/** Only files directly in `.github/workflows` are workflows of the repository. */
function isLive(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

function label({ event }: Trigger): string {
  if (event === 'workflow_dispatch') return 'a dispatch answers HTTP 404';
  return 'GitHub reads this event from the default branch only';
}

function named(branch: string): string {
  return branch.startsWith('the ') ? branch : `the default branch "${branch}"`;
}
