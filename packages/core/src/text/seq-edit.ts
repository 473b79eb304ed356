import type { TextEdit } from './edit.ts';
import { columnOf, lineBreakOf, lineEnd, lineStart, startsLine, writtenEnd } from './layout.ts';
import { blockLines, type NewPair } from './map-edit.ts';
import type { YamlNode, YamlSeq } from './node.ts';

/** The dash of an item of a block sequence; undefined in flow sequences. */
function dashOf(text: string, seq: YamlSeq, item: YamlNode): number | undefined {
  if (seq.flow) return undefined;
  let at = item.start - 1;
  while (at >= 0 && /\s/.test(text[at] ?? '')) at -= 1;
  return text[at] === '-' && startsLine(text, at) ? at : undefined;
}

/**
 * Puts a map before an item, above the comment lines that stand directly over it. Undefined for flow
 * sequences and for dashes that share their line with something else.
 */
export function addItemBefore(
  text: string,
  seq: YamlSeq,
  item: YamlNode,
  pairs: readonly NewPair[],
): TextEdit | undefined {
  const dash = dashOf(text, seq, item);
  if (dash === undefined) return undefined;
  const at = aboveComments(text, lineStart(text, dash));
  const br = lineBreakOf(text);
  const lines = itemLines(pairs, columnOf(text, dash));
  // Steps that stand apart from each other stay apart.
  const apart = at > 0 && /\n[ \t]*\r?\n$/.test(text.slice(0, at));
  return {
    start: at,
    end: at,
    text: [...lines, ...(apart ? [''] : [])].map((line) => line + br).join(''),
  };
}

/** Puts a map after an item. Undefined as for {@link addItemBefore}. */
export function addItemAfter(
  text: string,
  seq: YamlSeq,
  item: YamlNode,
  pairs: readonly NewPair[],
): TextEdit | undefined {
  const dash = dashOf(text, seq, item);
  if (dash === undefined) return undefined;
  const at = lineEnd(text, writtenEnd(text, dash, Math.max(item.end, dash + 1)));
  const br = lineBreakOf(text);
  return {
    start: at,
    end: at,
    text: itemLines(pairs, columnOf(text, dash))
      .map((line) => br + line)
      .join(''),
  };
}

/** Takes an item out with its lines; undefined when it is the only one, or in a flow sequence. */
export function removeItem(text: string, seq: YamlSeq, item: YamlNode): TextEdit | undefined {
  const dash = dashOf(text, seq, item);
  if (dash === undefined || seq.items.length === 1) return undefined;
  const start = lineStart(text, dash);
  const end = lineEnd(text, writtenEnd(text, dash, Math.max(item.end, dash + 1)));
  const breakEnd = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  if (end < text.length) return { start, end: breakEnd, text: '' };
  return {
    start: Math.max(0, text.startsWith('\r\n', start - 2) ? start - 2 : start - 1),
    end,
    text: '',
  };
}

function itemLines(pairs: readonly NewPair[], column: number): string[] {
  const indent = ' '.repeat(column);
  return blockLines(pairs).map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);
}

function aboveComments(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const previous = lineStart(text, at - 1);
    if (!/^[ \t]*#/.test(text.slice(previous, lineEnd(text, previous)))) break;
    at = previous;
  }
  return at;
}
