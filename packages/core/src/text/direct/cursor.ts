import type { YamlAlias, YamlNode, YamlScalar } from '../node.ts';
import { carriageReturn, hash, lineFeed, space } from './character.ts';

/** A node under an anchor, and how many nodes it is with its aliases expanded; `open` while it is read. */
type Anchored = { readonly node: Exclude<YamlNode, YamlAlias>; readonly size: number } | 'open';

/** The state of one reading. */
export interface Cursor {
  /** INVARIANT: ends with a line feed, so that a scan for the end of a line needs no other end. */
  readonly text: string;
  /** The length of the text as it was given; ranges end here at the latest. */
  readonly length: number;
  /** Whether any line ends with CRLF. */
  readonly returns: boolean;
  readonly anchors: Map<string, Anchored>;
  /** Where reading stands. */
  at: number;
  /** How far `at` is set in when a line's content starts there; -1 at the end of the text. */
  column: number;
  /** The end of what was read last: the place of empty values, and where a block collection ends. */
  last: number;
  /** Nodes so far, those that aliases stand for counted each time. */
  nodes: number;
  depth: number;
}

class UnsureError extends Error {}
const unsure = new UnsureError('left to the complete parsers');

/** Gives the text up: what stands there is no YAML, or YAML that this reader does not know. */
export function giveUp(): never {
  throw unsure;
}

/** Whether an exception is that of {@link giveUp}. */
export function isUnsure(error: unknown): boolean {
  return error === unsure;
}

/** Ends the line behind a value, where only blanks and a comment may stand, and goes on to content. */
export function endLine(cursor: Cursor): void {
  const { text } = cursor;
  let { at } = cursor;
  let unit = text.charCodeAt(at);
  while (unit === space) unit = text.charCodeAt((at += 1));
  if (unit === hash && text.charCodeAt(at - 1) === space) at = text.indexOf('\n', at);
  else if (unit === carriageReturn) at += 1;
  else if (unit !== lineFeed) giveUp();
  startLine(cursor, at + 1);
}

/** Goes on to the first content at or behind the start of a line, over blank lines and comments. */
export function startLine(cursor: Cursor, from: number): void {
  const { text } = cursor;
  for (let line = from; line < text.length;) {
    let at = line;
    let unit = text.charCodeAt(at);
    while (unit === space) unit = text.charCodeAt((at += 1));
    if (unit === hash) at = text.indexOf('\n', at);
    else if (unit === carriageReturn) at += 1;
    else if (unit !== lineFeed) {
      cursor.at = at;
      cursor.column = at - line;
      return;
    }
    line = at + 1;
  }
  cursor.at = text.length;
  cursor.column = -1;
}

/** Passes over spaces, and gives what stands behind them. */
export function skipSpaces(cursor: Cursor): number {
  const { text } = cursor;
  let { at } = cursor;
  let unit = text.charCodeAt(at);
  while (unit === space) unit = text.charCodeAt((at += 1));
  cursor.at = at;
  return unit;
}

/** The null where nothing is written: it stands behind what was read last. */
export function emptyScalar(cursor: Cursor): YamlScalar {
  cursor.nodes += 1;
  return { kind: 'scalar', style: 'empty', text: '', start: cursor.last, end: cursor.last };
}
