import type { Range } from './range.ts';

/**
 * A YAML tree of our own, the same whichever parser made it: ranges on every node, aliases already
 * bound to what they stand for, no comments and no formatting (edits patch the source instead).
 */
export type YamlNode = YamlScalar | YamlMap | YamlSeq | YamlAlias;

/** How a scalar is written. `empty` is the null of a key without a value: it has a place, no text. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'empty';

interface NodeBase extends Range {
  /** The range of the anchor's name (without `&`), when the node has one. */
  readonly anchor?: Range;
}

/**
 * `text` is the string GitHub sees, quotes and block indentation taken off. `start` and `end` hold
 * what is written, quotes included; for block scalars the content from its first line on, and
 * `indent` says how many columns its lines are set in.
 */
export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  readonly text: string;
  readonly indent?: number;
}

/** A mapping; `flow` is the `{a: b}` form. Duplicate keys are kept in order. */
export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly pairs: readonly YamlPair[];
}

/** One entry of a mapping. Keys that are no scalars are kept as nodes and match no name. */
export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/** A sequence; `flow` is the `[a, b]` form. */
export interface YamlSeq extends NodeBase {
  readonly kind: 'seq';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

/** `*name`, with its own range and the node it stands for. */
export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: Exclude<YamlNode, YamlAlias> | undefined;
}

/** The node itself, or what an alias stands for; undefined for an alias to nothing. */
export function resolve(node: YamlNode | undefined): Exclude<YamlNode, YamlAlias> | undefined {
  return node?.kind === 'alias' ? node.target : node;
}

/** The mapping that a node is or stands for. */
export function asMap(node: YamlNode | undefined): YamlMap | undefined {
  const found = resolve(node);
  return found?.kind === 'map' ? found : undefined;
}

/** The sequence that a node is or stands for. */
export function asSeq(node: YamlNode | undefined): YamlSeq | undefined {
  const found = resolve(node);
  return found?.kind === 'seq' ? found : undefined;
}

/** The scalar that a node is or stands for. */
export function asScalar(node: YamlNode | undefined): YamlScalar | undefined {
  const found = resolve(node);
  return found?.kind === 'scalar' ? found : undefined;
}

/** The first entry of a mapping under a name; names are compared exactly, as GitHub does. */
export function pairOf(map: YamlMap | undefined, name: string): YamlPair | undefined {
  if (map === undefined) return undefined;
  for (const pair of map.pairs) {
    if (pair.key.kind === 'scalar' && pair.key.text === name) return pair;
  }
  return undefined;
}

/** The value under a name, an alias not yet resolved. */
export function valueOf(map: YamlMap | undefined, name: string): YamlNode | undefined {
  return pairOf(map, name)?.value;
}

/** The text of a scalar key; undefined for keys that are mappings or sequences. */
export function keyText(pair: YamlPair): string | undefined {
  return pair.key.kind === 'scalar' ? pair.key.text : undefined;
}

/** What a plain scalar means in YAML 1.2's core schema, as far as workflows care. */
export type CoreValue = string | number | boolean | null;

const nulls = /^(?:null|Null|NULL|~|)$/;

/** Reads a scalar by YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema): `on` and `yes` are strings. */
export function coreValue(node: YamlScalar): CoreValue {
  if (node.style === 'empty') return null;
  if (node.style !== 'plain') return node.text;
  const text = node.text;
  if (nulls.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return Number(text);
  if (/^0x[0-9a-fA-F]+$/.test(text) || /^0o[0-7]+$/.test(text)) return Number(text);
  return text;
}

/** Whether a value is absent for GitHub's readers: nothing, or a null. */
export function isNull(node: YamlNode | undefined): boolean {
  const found = resolve(node);
  if (!found) return true;
  if (found.kind !== 'scalar') return false;
  return found.style === 'empty' || (found.style === 'plain' && nulls.test(found.text));
}
