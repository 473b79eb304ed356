import { type Node, type Pair, isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';

import type { ScalarStyle, YamlAlias, YamlNode, YamlPair, YamlScalar } from './node.ts';

const styles: Record<string, ScalarStyle> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/**
 * Builds our tree from a document of the `yaml` package, for the texts that js-yaml refuses and as
 * the oracle of our tests. Block scalars start at their first line of content, as from events.
 */
export function treeFromDocument(text: string, contents: Node | null): YamlNode | undefined {
  const anchors = new Map<string, Exclude<YamlNode, YamlAlias>>();
  const build = (node: unknown, at: number): YamlNode => {
    if (isAlias(node)) {
      const start = node.range?.[0] ?? at;
      const end = start + node.source.length + 1;
      return { kind: 'alias', name: node.source, target: anchors.get(node.source), start, end };
    }
    let built: Exclude<YamlNode, YamlAlias>;
    if (isMap(node) || isSeq(node)) {
      const range = { start: node.range?.[0] ?? at, end: node.range?.[1] ?? at };
      const flow = node.flow === true;
      if (isMap(node)) {
        const pairs = node.items.map((pair) => buildPair(pair, range.start));
        const end = flow ? range.end : (pairs.at(-1)?.value.end ?? range.end);
        built = { kind: 'map', flow, pairs, start: range.start, end };
      } else {
        const items = node.items.map((item) => build(item, range.start));
        const end = flow ? range.end : (items.at(-1)?.end ?? range.end);
        built = { kind: 'seq', flow, items, start: range.start, end };
      }
    } else built = scalar(text, node, at);
    if (!isPair(node) && (isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) {
      anchors.set(node.anchor, built);
    }
    return built;
  };
  const buildPair = (pair: Pair, at: number): YamlPair => {
    const key = build(pair.key, at);
    return { key, value: build(pair.value, key.end) };
  };
  return contents ? build(contents, 0) : undefined;
}

function scalar(text: string, node: unknown, at: number): YamlScalar {
  if (!isScalar(node) || !node.range) {
    return { kind: 'scalar', style: 'empty', text: '', start: at, end: at };
  }
  const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
  const [rangeStart, end] = node.range;
  if (rangeStart === end) {
    return { kind: 'scalar', style: 'empty', text: '', start: rangeStart, end };
  }
  if (style !== 'literal' && style !== 'folded') {
    const value = style === 'plain' ? (node.source ?? '') : String(node.value);
    return { kind: 'scalar', style, text: value, start: rangeStart, end };
  }
  const start = text.indexOf('\n', rangeStart) + 1;
  const indent = /^ */.exec(text.slice(start).replace(/^(?: *\r?\n)*/, ''))?.[0].length ?? 0;
  return { kind: 'scalar', style, text: String(node.value), start, end, indent };
}
