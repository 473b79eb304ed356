import type { YamlPair, YamlScalar } from '../node.ts';
import { dot, hyphen, isBreak, space } from './character.ts';
import { giveUp, type Cursor } from './cursor.ts';
import { limits } from './limit.ts';

/** Checks a key of a block mapping: on one line, not too long, no document marker (js-yaml sees one on a first line that is set in, too), `:` and a blank behind it. */
export function checkKey(cursor: Cursor, key: YamlScalar, column: number): void {
  const { text } = cursor;
  const next = text.charCodeAt(cursor.at + 1);
  if (next !== space && !isBreak(next)) giveUp();
  const first = text.charCodeAt(key.start);
  if (first === hyphen || (first === dot && column === 0)) giveUp();
  checkOneLine(cursor, key);
}

/** Checks what holds for the keys of flow mappings too. */
export function checkOneLine(cursor: Cursor, key: YamlScalar): void {
  if (cursor.at - key.start > limits.key) giveUp();
  if (key.style === 'plain') return;
  const at = cursor.text.indexOf('\n', key.start);
  if (at !== -1 && at < key.end) giveUp();
}

const few = 12;

/**
 * Gives up when a name is that of an earlier key, which the complete parsers report. Gives the set of
 * names once there are so many that a walk over the pairs would not do.
 */
export function checkNewKey(
  pairs: readonly YamlPair[],
  names: Set<string> | undefined,
  name: string,
): Set<string> | undefined {
  if (names) {
    if (names.has(name)) giveUp();
    return names.add(name);
  }
  for (const { key } of pairs) if (key.kind === 'scalar' && key.text === name) giveUp();
  if (pairs.length < few) return undefined;
  const all = new Set([name]);
  for (const { key } of pairs) if (key.kind === 'scalar') all.add(key.text);
  return all;
}
