import { coreValue, resolve, type YamlMap, type YamlNode } from '../text/node.ts';
import type { Range } from '../text/range.ts';

/** ATTACKER: aliases of aliases grow without end; no configuration has as many values as this. */
const maxNodes = 100_000;

/** A YAML tree as plain data, or why it is none. */
export type PlainValue =
  | { readonly value: unknown }
  | { readonly problem: string; readonly at: Range };

class NotPlain extends Error {
  readonly at: Range;
  constructor(message: string, at: Range) {
    super(message);
    this.at = at;
  }
}

/** Turns a tree into data as YAML 1.2's core schema reads it. */
export function plainValue(root: YamlNode): PlainValue {
  let nodes = 0;
  const convert = (node: YamlNode): unknown => {
    nodes += 1;
    if (nodes > maxNodes) throw new NotPlain('the configuration holds too many values', node);
    const found = resolve(node);
    if (!found) return null;
    if (found.kind === 'scalar') return coreValue(found);
    if (found.kind === 'seq') return found.items.map(convert);
    return convertMap(found);
  };
  const convertMap = (map: YamlMap): unknown => {
    // ATTACKER: a key may be called `__proto__`.
    const object: Record<string, unknown> = {};
    Object.setPrototypeOf(object, null);
    for (const { key, value } of map.pairs) {
      if (key.kind !== 'scalar') throw new NotPlain('a key is not a name', key);
      if (key.text in object) throw new NotPlain(`the key "${key.text}" stands there twice`, key);
      object[key.text] = convert(value);
    }
    return object;
  };
  try {
    return { value: convert(root) };
  } catch (error) {
    if (error instanceof NotPlain) return { problem: error.message, at: error.at };
    throw error;
  }
}

/** The node under a path, or the last one on the way that exists. */
export function nodeAt(root: YamlNode, path: readonly PropertyKey[]): YamlNode {
  return follow(root, path).node;
}

/** The key at the end of a path, or the last one on the way that exists. */
export function keyAt(root: YamlNode, path: readonly PropertyKey[]): YamlNode {
  const { node, key } = follow(root, path);
  return key ?? node;
}

function follow(
  root: YamlNode,
  path: readonly PropertyKey[],
): { node: YamlNode; key: YamlNode | undefined } {
  let node = root;
  let key: YamlNode | undefined;
  for (const part of path) {
    const at = resolve(node);
    if (at?.kind === 'seq') {
      const item = at.items[Number(part)];
      if (!item) break;
      [node, key] = [item, undefined];
    } else if (at?.kind === 'map') {
      const pair = at.pairs.find((one) => one.key.kind === 'scalar' && one.key.text === part);
      if (!pair) break;
      [node, key] = [pair.value, pair.key];
    } else break;
  }
  return { node, key };
}
