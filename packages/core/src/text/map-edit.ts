import type { TextEdit } from './edit.ts';
import {
  columnOf,
  lineBreakOf,
  lineEnd,
  lineStart,
  startsLine,
  trailingComment,
  writtenEnd,
} from './layout.ts';
import type { YamlMap, YamlNode, YamlPair } from './node.ts';

/** A pair to be written: a scalar as it shall stand in the file, or a nested block. */
export interface NewPair {
  readonly key: string;
  readonly value: string | readonly NewPair[];
}

/** The lines of pairs in block style, without the indentation of the first. */
export function blockLines(pairs: readonly NewPair[]): string[] {
  return pairs.flatMap(({ key, value }) =>
    typeof value === 'string'
      ? [`${key}: ${value}`]
      : [`${key}:`, ...blockLines(value).map((line) => `  ${line}`)],
  );
}

/**
 * Adds pairs behind `after`, or at the end. Block maps get new lines in the indentation of their
 * neighbours, flow maps a continuation on the line. Undefined for an empty block map, which has no
 * indentation to follow.
 */
export function addPairs(
  text: string,
  map: YamlMap,
  pairs: readonly NewPair[],
  after?: YamlPair,
): TextEdit | undefined {
  if (pairs.length === 0) return undefined;
  const anchor = after ?? map.pairs.at(-1);
  if (map.flow) return addToFlow(map, pairs, anchor);
  if (!anchor) return undefined;
  const at = endOfPairLine(text, anchor);
  const indent = ' '.repeat(columnOf(text, anchor.key.start));
  const lines = blockLines(pairs).map((line) => `${lineBreakOf(text)}${indent}${line}`);
  return { start: at, end: at, text: lines.join('') };
}

function addToFlow(
  map: YamlMap,
  pairs: readonly NewPair[],
  anchor: YamlPair | undefined,
): TextEdit {
  const written = pairs.map(flowPair).join(', ');
  if (anchor) {
    const at = Math.max(anchor.value.end, anchor.key.end);
    return { start: at, end: at, text: `, ${written}` };
  }
  return { start: map.start + 1, end: map.end - 1, text: ` ${written} ` };
}

function flowPair({ key, value }: NewPair): string {
  if (typeof value !== 'string') return `${key}: { ${value.map(flowPair).join(', ')} }`;
  // An expression ends in braces, which would end the flow map.
  const quoted =
    /[{}[\],#]/.test(value) && !/^["']/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
  return `${key}: ${quoted}`;
}

/**
 * Takes a pair out, with its line when it has one of its own. A comment behind it stays, as a line
 * of its own. Undefined when the pair is the only one of its map: the caller removes the map then.
 */
export function removePair(text: string, map: YamlMap, pair: YamlPair): TextEdit | undefined {
  const index = map.pairs.indexOf(pair);
  if (index === -1 || map.pairs.length === 1) return undefined;
  if (map.flow) return removeFromFlow(map, index);
  const { start } = pair.key;
  const end = endOfPairLine(text, pair);
  if (!startsLine(text, start)) {
    // The first pair of a list item shares its line with the dash: the next one takes its place.
    const next = map.pairs[index + 1];
    if (!next || /#/.test(text.slice(end, next.key.start))) return undefined;
    return { start, end: next.key.start, text: '' };
  }
  const comment = trailingComment(
    text,
    writtenEnd(text, start, Math.max(pair.value.end, pair.key.end + 1)),
  );
  const from = lineStart(text, start);
  if (comment) return { start, end, text: comment };
  const breakEnd = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  if (end < text.length) return { start: from, end: breakEnd, text: '' };
  // The last line of a file without a final line break: the break before it goes instead.
  return {
    start: Math.max(0, text.startsWith('\r\n', from - 2) ? from - 2 : from - 1),
    end,
    text: '',
  };
}

function removeFromFlow(map: YamlMap, index: number): TextEdit | undefined {
  const pair = map.pairs[index];
  const next = map.pairs[index + 1];
  const previous = map.pairs[index - 1];
  if (!pair) return undefined;
  if (next) return { start: pair.key.start, end: next.key.start, text: '' };
  return previous
    ? {
        start: Math.max(previous.value.end, previous.key.end),
        end: Math.max(pair.value.end, pair.key.end),
        text: '',
      }
    : undefined;
}

/** Puts another key and value in a pair's place, indentation and trailing comment kept. */
export function replacePair(text: string, pair: YamlPair, key: string, value: string): TextEdit {
  const end = writtenEnd(text, pair.key.start, Math.max(pair.value.end, pair.key.end));
  return { start: pair.key.start, end, text: `${key}: ${value}` };
}

/** Puts another scalar in a value's place. */
export function replaceValue(text: string, node: YamlNode, value: string): TextEdit {
  return { start: node.start, end: writtenEnd(text, node.start, node.end), text: value };
}

/** The end of the last line of a pair, before its line break. */
function endOfPairLine(text: string, pair: YamlPair): number {
  const written = writtenEnd(text, pair.key.start, Math.max(pair.value.end, pair.key.end + 1));
  return lineEnd(text, written);
}
