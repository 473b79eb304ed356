import { removePair, replaceValue } from '../../text/map-edit.ts';
import { asMap } from '../../text/node.ts';
import type { Job } from '../../workflow/model.ts';
import { addJobPermissions } from '../id-token.ts';
import { EditSet, type Fixer } from '../proposal.ts';

/** Moves `id-token: write` from the workflow to the jobs that use it, or may. */
export const fix: Fixer = (finding) => {
  const { workflow, detail } = finding.subject;
  const { using } = detail as { using: readonly Job[] };
  const block = workflow?.permissions;
  const scope = block?.scopes.get('id-token');
  const map = asMap(block?.node);
  if (!workflow || !block || !scope || !map)
    return { refused: 'the workflow has `write-all`; name the scopes that its jobs need first' };
  const { text } = workflow.file;
  const set = new EditSet();
  for (const job of using) {
    const scopes = [...block.scopes].map(([key, one]) => ({ key, value: one.text }));
    set.add(workflow.file, addJobPermissions(job, scopes));
  }
  const rest = map.pairs.length > 1;
  set.add(
    workflow.file,
    rest ? removePair(text, map, scope.pair) : emptied(text, block.node, map.flow, scope.pair),
  );
  if (set.failed) return { refused: 'a job is written in flow style' };
  return { title: 'move `id-token: write` to the jobs that use it', safe: true, edits: set.edits };
};

/** A block that is left with nothing must say so: without it the repository's default would apply. */
function emptied(
  text: string,
  node: Parameters<typeof replaceValue>[1],
  flow: boolean,
  pair: Parameters<typeof removePair>[2],
): ReturnType<typeof replaceValue> {
  if (flow) return replaceValue(text, node, '{}');
  const key = text.lastIndexOf(':', pair.key.start - 1);
  const between = text.slice(key + 1, pair.key.start);
  // Comments between `permissions:` and its only scope stay where they are.
  if (between.includes('#')) return replaceValue(text, pair.value, 'none');
  return { start: key + 1, end: Math.max(pair.value.end, pair.key.end), text: ' {}' };
}
