import { removePair } from '../text/map-edit.ts';
import { asMap, pairOf, type YamlMap, type YamlPair } from '../text/node.ts';
import { entryOf, type Workflow } from '../workflow/model.ts';
import { referencesOf } from '../workflow/references.ts';
import type { Repository } from '../workflow/repository.ts';
import { cut } from '../workflow/template.ts';
import type { EditSet } from './proposal.ts';

/**
 * Takes secrets that a reusable workflow no longer reads out of its declaration and out of the
 * `secrets:` of every caller here. `gone` are the ranges of the callee that the fix removes.
 */
export function removeCallSecrets(
  callee: Workflow,
  names: readonly string[],
  gone: readonly { readonly start: number; readonly end: number }[],
  repository: Repository,
  set: EditSet,
): string[] {
  const dead = names.filter((name) => !isReadElsewhere(callee, name, gone));
  const trigger = callee.triggers.find((one) => one.event === 'workflow_call');
  const removed: string[] = [];
  const declared = trigger?.config && pairOf(trigger.config, 'secrets');
  if (trigger?.config && declared) {
    const pairs = dead.flatMap((name) => entryOf(trigger.secrets, name, true)?.pair ?? []);
    removeFrom(callee.file.text, trigger.config, declared, pairs, (edit) =>
      set.add(callee.file, edit),
    );
    removed.push(...pairs.map((pair) => (pair.key.kind === 'scalar' ? pair.key.text : '')));
  }
  for (const caller of repository.callersOf(callee)) {
    const pair = pairOf(caller.node, 'secrets');
    if (!pair) continue;
    const entries = dead.flatMap((name) => entryOf(caller.secrets, name, true)?.pair ?? []);
    removeFrom(caller.workflow.file.text, caller.node, pair, entries, (edit) =>
      set.add(caller.workflow.file, edit),
    );
  }
  return removed;
}

/** Removes pairs of the block under `holder`; the block itself when nothing is left of it. */
export function removeFrom(
  text: string,
  outer: YamlMap,
  holder: YamlPair,
  pairs: readonly YamlPair[],
  add: (edit: ReturnType<typeof removePair>) => void,
): void {
  const inner = asMap(holder.value);
  if (!inner || pairs.length === 0) return;
  if (pairs.length >= inner.pairs.length) {
    add(removePair(text, outer, holder));
    return;
  }
  for (const edit of removePairs(text, inner, pairs)) add(edit);
}

/** Removes several pairs of one map, neighbours in flow style together. */
export function removePairs(
  text: string,
  map: YamlMap,
  pairs: readonly YamlPair[],
): ReturnType<typeof removePair>[] {
  if (!map.flow) return pairs.map((pair) => removePair(text, map, pair));
  const kept = map.pairs.filter((pair) => !pairs.includes(pair));
  const [first] = kept;
  if (!first) return [undefined];
  // In flow style commas belong to two pairs at once, so the rest is written anew from its own bytes.
  const body = kept
    .map((pair) => text.slice(pair.key.start, Math.max(pair.value.end, pair.key.end)))
    .join(', ');
  const start = map.pairs[0]?.key.start ?? map.start;
  const last = map.pairs.at(-1);
  return [{ start, end: Math.max(last?.value.end ?? start, last?.key.end ?? start), text: body }];
}

function isReadElsewhere(
  workflow: Workflow,
  name: string,
  gone: readonly { readonly start: number; readonly end: number }[],
): boolean {
  const { text } = workflow.file;
  return cut(text).some((part) => {
    if (
      part.kind !== 'expression' ||
      gone.some((range) => range.start <= part.start && part.end <= range.end)
    )
      return false;
    return referencesOf(part.expression).some(
      ({ context, path, dynamic }) =>
        context === 'secrets' &&
        (path[0]?.toLowerCase() === name.toLowerCase() || (dynamic && path.length === 0)),
    );
  });
}
