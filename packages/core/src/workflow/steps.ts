import { asMap, asSeq, isNull, valueOf, type YamlMap, type YamlNode } from '../text/node.ts';
import type { Action, Job, Step } from './model.ts';
import { readEntries, textUnder, type Problems } from './reader.ts';

/** Reads a list of steps; `owner` is filled in by the caller's object once it exists. */
export function readSteps(
  owner: Job | Action,
  list: YamlNode | undefined,
  problems: Problems,
): Step[] {
  const items = asSeq(list);
  if (!items) {
    if (list && !isNull(list)) problems.wrongType(list, 'steps', 'a list');
    return [];
  }
  return items.items.flatMap((item, index) => {
    const map = asMap(item);
    if (!map) {
      problems.wrongType(item, `step ${index + 1}`, 'a map');
      return [];
    }
    const via = item.kind === 'alias' ? { via: { start: item.start, end: item.end } } : {};
    return [{ ...readStep(owner, index, map, problems), ...via }];
  });
}

function readStep(owner: Job | Action, index: number, node: YamlMap, problems: Problems): Step {
  const texts = {
    id: textUnder(node, 'id', problems),
    name: textUnder(node, 'name', problems),
    if: textUnder(node, 'if', problems),
    uses: textUnder(node, 'uses', problems),
    run: textUnder(node, 'run', problems),
    shell: textUnder(node, 'shell', problems),
    workingDirectory: textUnder(node, 'working-directory', problems),
    continueOnError: textUnder(node, 'continue-on-error', problems),
    timeoutMinutes: textUnder(node, 'timeout-minutes', problems),
  };
  if (!valueOf(node, 'uses') && !valueOf(node, 'run')) {
    problems.missing(node, `step ${index + 1} has neither uses nor run`);
  }
  return {
    kind: 'step',
    owner,
    index,
    node,
    ...present(texts),
    with: readEntries(node, 'with', problems),
    env: readEntries(node, 'env', problems),
  };
}

/** The properties that have a value, so that absent keys stay absent. */
export function present<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) out[key] = value;
  return out as { [K in keyof T]?: NonNullable<T[K]> };
}
