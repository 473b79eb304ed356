import { columnOf, lineBreakOf } from '../../text/layout.ts';
import { asMap, pairOf } from '../../text/node.ts';
import type { Workflow } from '../../workflow/model.ts';
import { referencesOf } from '../../workflow/references.ts';
import { cut } from '../../workflow/template.ts';
import { EditSet, type Fixer } from '../proposal.ts';

/** Names the secrets that the callee declares, where it reads no others. */
export const fix: Fixer = (finding, { repository }) => {
  const { job } = finding.subject;
  const callee = job && repository.calleeOf(job);
  const pair = job && pairOf(job.node, 'secrets');
  if (!job || !callee || !pair || !job.secretsInherit)
    return { refused: 'what the called workflow reads cannot be seen' };
  if (callee.jobs.some((one) => one.secretsInherit))
    return { refused: 'the called workflow hands its secrets on in turn; start there' };
  const declared =
    callee.triggers
      .find((trigger) => trigger.event === 'workflow_call')
      ?.secrets.items.map((entry) => entry.name) ?? [];
  const read = readsOf(callee);
  const undeclared = read.filter(
    (name) => !declared.some((one) => one.toLowerCase() === name.toLowerCase()),
  );
  if (undeclared.length > 0)
    return {
      refused: `the called workflow reads secrets that it does not declare (${undeclared.slice(0, 5).join(', ')}); declare them first`,
    };
  const { text } = job.workflow.file;
  const set = new EditSet();
  if (asMap(job.node)?.flow) return { refused: 'the job is written in flow style' };
  const br = lineBreakOf(text);
  const indent = ' '.repeat(columnOf(text, pair.key.start) + 2);
  const lines = declared.map((name) => `${br}${indent}${name}: \${{ secrets.${name} }}`);
  const colon = text.indexOf(':', pair.key.end);
  set.add(job.workflow.file, {
    start: colon + 1,
    end: job.secretsInherit.node.end,
    text: lines.join(''),
  });
  return {
    title: 'hand over only the secrets that the called workflow declares',
    safe: true,
    edits: set.edits,
  };
};

function readsOf(workflow: Workflow): string[] {
  const names = cut(workflow.file.text).flatMap((part) =>
    part.kind === 'expression'
      ? referencesOf(part.expression).flatMap(({ context, path, dynamic }) =>
          context === 'secrets' ? [dynamic ? '*' : (path[0] ?? '*')] : [],
        )
      : [],
  );
  return [...new Set(names)].filter((name) => name.toUpperCase() !== 'GITHUB_TOKEN');
}
