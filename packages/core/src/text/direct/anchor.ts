import type { YamlAlias, YamlNode } from '../node.ts';
import type { Range } from '../range.ts';
import { isBreak, isFlowIndicator, space } from './character.ts';
import { giveUp, type Cursor } from './cursor.ts';
import { limits } from './limit.ts';

/** The name behind an `&` where reading stands; a blank must follow it. */
export function anchorRange(cursor: Cursor): Range {
  const range = nameRange(cursor);
  if (isFlowIndicator(cursor.text.charCodeAt(range.end))) giveUp();
  return range;
}

/** The name behind the `&` or `*` where reading stands; it goes on behind the name. */
function nameRange(cursor: Cursor): Range {
  const { text } = cursor;
  const start = cursor.at + 1;
  let at = start;
  while (isNameUnit(text.charCodeAt(at))) at += 1;
  const next = text.charCodeAt(at);
  if (at === start || !(next === space || isBreak(next) || isFlowIndicator(next))) giveUp();
  cursor.at = at;
  return { start, end: at };
}

/** YAML allows more in names (https://yaml.org/spec/1.2.2/#692-node-anchors); nobody uses it. */
function isNameUnit(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x30 && unit <= 0x39) ||
    unit === 0x2d ||
    unit === 0x5f
  );
}

/** The node with its anchor, from now on known under its name. */
export function bindAnchor(
  cursor: Cursor,
  name: string,
  anchor: Range,
  node: YamlNode,
  size: number,
): YamlNode {
  if (node.kind === 'alias') giveUp();
  const bound = { ...node, anchor };
  cursor.anchors.set(name, { node: bound, size });
  return bound;
}

/** Reading stands at the `*`. */
export function readAlias(cursor: Cursor): YamlAlias {
  const { start, end } = nameRange(cursor);
  const name = cursor.text.slice(start, end);
  const found = cursor.anchors.get(name);
  if (found === undefined || found === 'open') giveUp();
  // ATTACKER: aliases of aliases grow exponentially.
  cursor.nodes += found.size;
  if (cursor.nodes > limits.nodes) giveUp();
  cursor.last = end;
  return { kind: 'alias', name, target: found.node, start: start - 1, end };
}
