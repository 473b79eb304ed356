import { lineEnd, lineStart } from '../../text/layout.ts';
import { asSeq, valueOf } from '../../text/node.ts';
import { addItemBefore, removeItem } from '../../text/seq-edit.ts';
import type { Step } from '../../workflow/model.ts';
import { credentialAction, oidcStep, regionOf } from '../credential-step.ts';
import type { FixProposal, Refusal } from '../proposal.ts';
import { finishRewrite, type KeyRewrite } from './rewrite.ts';

/** Lines of a script that do nothing but hand a key to the AWS tools. */
const removable =
  /^\s*(?:aws\s+configure\s+set\s+(?:[\w.-]+\.)?aws_(?:access_key_id|secret_access_key|session_token)\s.*|export\s+AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)=\S+|echo\s+["']?AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)=.*>>\s*["']?\$\{?GITHUB_ENV\}?["']?)\s*;?\s*$/;

/**
 * Rewrites scripts that configure the AWS tools with a key: those lines go, a credential step comes
 * before the step. Anything cleverer (profiles that later commands name, keys on other programs'
 * command lines) is left to people.
 */
export function rewriteScript(rewrite: KeyRewrite, step: Step): FixProposal | Refusal {
  const { job, group, set, context, role, session } = rewrite;
  const { text } = job.workflow.file;
  const seq = asSeq(valueOf(job.node, 'steps'));
  const lines = new Map<number, { start: number; end: number }>();
  for (const place of group.places) {
    const start = lineStart(text, place.range.start);
    lines.set(start, { start, end: lineEnd(text, place.range.end) });
  }
  const ranges = [...lines.values()];
  const odd = ranges.find(({ start, end }) => !removable.test(text.slice(start, end)));
  if (odd || !seq || !step.run || step.run.node.style !== 'literal')
    return { refused: 'the script does more with the key than configure the AWS tools' };
  if (/--profile[ =]/.test(step.run.value))
    return { refused: 'the script configures a named profile that other commands use' };
  const rest = step.run.value
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#') && !removable.test(line));
  const region = regionOf(step, job) ?? regionIn(step.run.value) ?? '${{ vars.AWS_REGION }}';
  if (region === '${{ vars.AWS_REGION }}')
    rewrite.todos.push({ kind: 'variable', name: 'AWS_REGION', stage: null });
  const added = oidcStep({
    uses: credentialAction(context.repository),
    name: 'Configure AWS credentials',
    condition: step.if?.value,
    role,
    session,
    region,
  });
  const before = addItemBefore(text, seq, step.node, added);
  const onlyRegion = rest.every((line) =>
    /^\s*aws\s+configure\s+set\s+(?:default\.)?(?:region|output)\s/.test(line),
  );
  const replaced = onlyRegion && !step.id;
  // In the place of the step that goes, the new one needs no blank line of its own.
  const inserted = replaced ? before?.text.replace(/(\r?\n)\r?\n$/, '$1') : before?.text;
  set.add(job.workflow.file, before && { ...before, text: inserted ?? '' });
  if (replaced) set.add(job.workflow.file, removeItem(text, seq, step.node));
  else if (rest.length === 0) return { refused: 'other steps refer to the step by its id' };
  else
    for (const { start, end } of ranges)
      set.add(job.workflow.file, {
        start,
        end: text.startsWith('\r\n', end) ? end + 2 : end + 1,
        text: '',
      });
  return finishRewrite(
    rewrite,
    'replace the key that the script configures by a role assumed with OIDC',
    ranges,
  );
}

function regionIn(script: string): string | undefined {
  const found =
    /aws\s+configure\s+set\s+(?:default\.)?region\s+["']?([a-z]{2}(?:-[a-z]+)+-\d|\$\{\{[^}]*\}\})/.exec(
      script,
    );
  return found?.[1];
}
