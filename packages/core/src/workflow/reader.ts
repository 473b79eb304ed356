import {
  asMap,
  asScalar,
  asSeq,
  isNull,
  keyText,
  pairOf,
  type YamlMap,
  type YamlNode,
  type YamlPair,
  type YamlScalar,
} from '../text/node.ts';
import type { Range } from '../text/range.ts';
import type { Entries, Entry, Text } from './model.ts';
import type { WorkflowProblem } from './problem.ts';

/** Collects what is wrong with a file while it is read; reading goes on. */
export class Problems {
  readonly list: WorkflowProblem[] = [];

  /** Notes a value of the wrong kind: `what` should have been `expected`. */
  wrongType(node: YamlNode, what: string, expected: string): void {
    this.list.push({
      code: 'wrong-type',
      range: { start: node.start, end: Math.max(node.end, node.start) },
      message: `${what} is ${described(node)}, expected ${expected}`,
      fatal: false,
    });
  }

  /** Notes a key that GitHub requires and that is not there. */
  missing(node: YamlNode, message: string): void {
    const range = { start: node.start, end: node.end };
    this.list.push({ code: 'missing-key', range, message, fatal: false });
  }
}

function described(node: YamlNode): string {
  const scalar = asScalar(node);
  if (scalar) return scalar.style === 'empty' ? 'empty' : `"${scalar.text.slice(0, 60)}"`;
  return asMap(node) ? 'a map' : 'a list';
}

/** A scalar as text; undefined for nothing, null, maps and lists. */
export function readText(node: YamlNode | undefined): Text | undefined {
  if (isNull(node)) return undefined;
  return textOf(node);
}

/** A scalar as text, an empty one too. */
function textOf(node: YamlNode | undefined): Text | undefined {
  const scalar = asScalar(node);
  if (!scalar || !node) return undefined;
  return { value: scalar.text, node: scalar, via: aliasRange(node) };
}

/** The range of an alias; undefined for what stands there itself. */
export function aliasRange(node: YamlNode): Range | undefined {
  return node.kind === 'alias' ? { start: node.start, end: node.end } : undefined;
}

/** The text under a key; a map or list there is a problem. */
export function textUnder(map: YamlMap, key: string, problems: Problems): Text | undefined {
  return textOfPair(pairOf(map, key), key, problems);
}

/** The text of an entry that is found already; a map or list there is a problem. */
export function textOfPair(
  pair: YamlPair | undefined,
  key: string,
  problems: Problems,
): Text | undefined {
  if (pair === undefined || isNull(pair.value)) return undefined;
  const text = textOf(pair.value);
  if (!text) problems.wrongType(pair.value, key, 'a string');
  return text;
}

/** A key that holds one string or a list of them; undefined when the key is absent or null. */
export function readTexts(
  map: YamlMap | undefined,
  key: string,
  problems: Problems,
): readonly Text[] | undefined {
  const node = pairOf(map, key)?.value;
  if (!node || isNull(node)) return undefined;
  const one = textOf(node);
  if (one) return [one];
  const list = asSeq(node);
  if (!list) {
    problems.wrongType(node, key, 'a string or a list of strings');
    return undefined;
  }
  return list.items.flatMap((item) => {
    const text = textOf(item);
    if (!text) problems.wrongType(item, `an item of ${key}`, 'a string');
    return text ? [text] : [];
  });
}

/** Reads a block of named values (`env`, `with`, `secrets`, `outputs`). */
export function readEntries(
  map: YamlMap | undefined,
  key: string,
  problems: Problems,
  options: { anyValue?: boolean } = {},
): Entries {
  return entriesOfPair(pairOf(map, key), key, problems, options);
}

/** The block of an entry that is found already. */
export function entriesOfPair(
  pair: YamlPair | undefined,
  key: string,
  problems: Problems,
  options: { anyValue?: boolean } = {},
): Entries {
  if (!pair) return none;
  const block = asMap(pair.value);
  if (!block) {
    const expression = readText(pair.value);
    if (!expression && !isNull(pair.value)) problems.wrongType(pair.value, key, 'a map');
    return { items: [], node: pair.value, pair, expression };
  }
  const items: Entry[] = [];
  for (const item of block.pairs) {
    const name = keyText(item);
    if (name === undefined) continue;
    const value = textOf(item.value);
    if (!value && !options.anyValue) problems.wrongType(item.value, `${key}.${name}`, 'a string');
    items.push({ name, key: item.key as YamlScalar, pair: item, value });
  }
  return { items, node: pair.value, pair, expression: undefined };
}

const none: Entries = { items: [], node: undefined, pair: undefined, expression: undefined };
