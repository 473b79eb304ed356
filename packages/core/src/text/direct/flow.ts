import type { YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from '../node.ts';
import { readAlias } from './anchor.ts';
import * as character from './character.ts';
import { giveUp, skipSpaces, type Cursor } from './cursor.ts';
import { checkNewKey, checkOneLine } from './key.ts';
import { limits } from './limit.ts';
import { checkPlainStart, endOfFlowPlain, plainScalar } from './plain.ts';
import { readQuoted } from './quoted.ts';

/**
 * A `[a, b]` or `{a: b}` from its bracket on; all its lines are set in further than `parent`. Entries
 * are what workflows have there: no pairs in sequences, no keys without a value, no anchors.
 */
export function readFlow(cursor: Cursor, parent: number): YamlMap | YamlSeq {
  cursor.depth += 1;
  cursor.nodes += 1;
  if (cursor.depth > limits.depth) giveUp();
  const isMap = cursor.text.charCodeAt(cursor.at) === character.openBrace;
  const node = isMap ? readFlowMap(cursor, parent) : readFlowSequence(cursor, parent);
  cursor.depth -= 1;
  return node;
}

function readFlowSequence(cursor: Cursor, parent: number): YamlSeq {
  const start = cursor.at;
  const items: YamlNode[] = [];
  open(cursor, parent);
  while (!isClosed(cursor, character.closeBracket)) {
    items.push(readEntry(cursor, parent));
    separate(cursor, parent, character.closeBracket);
  }
  return { kind: 'seq', items, flow: true, start, end: close(cursor) };
}

function readFlowMap(cursor: Cursor, parent: number): YamlMap {
  const start = cursor.at;
  const pairs: YamlPair[] = [];
  let names: Set<string> | undefined;
  open(cursor, parent);
  while (!isClosed(cursor, character.closeBrace)) {
    const key = readFlowKey(cursor);
    names = checkNewKey(pairs, names, key.text);
    cursor.at += 1;
    skipToEntry(cursor, parent);
    pairs.push({ key, value: readEntry(cursor, parent) });
    separate(cursor, parent, character.closeBrace);
  }
  return { kind: 'map', pairs, flow: true, start, end: close(cursor) };
}

function open(cursor: Cursor, parent: number): void {
  cursor.at += 1;
  cursor.last = cursor.at;
  skipToEntry(cursor, parent);
}

function isClosed(cursor: Cursor, bracket: number): boolean {
  return cursor.text.charCodeAt(cursor.at) === bracket;
}

/** Passes over the comma behind an entry, which only the last one may lack. */
function separate(cursor: Cursor, parent: number, bracket: number): void {
  skipToEntry(cursor, parent);
  if (isClosed(cursor, bracket)) return;
  if (cursor.text.charCodeAt(cursor.at) !== character.comma) giveUp();
  cursor.at += 1;
  skipToEntry(cursor, parent);
}

function close(cursor: Cursor): number {
  cursor.at += 1;
  cursor.last = cursor.at;
  return cursor.at;
}

/** A key on one line; reading goes on to its colon. */
function readFlowKey(cursor: Cursor): YamlScalar {
  const { text } = cursor;
  const unit = text.charCodeAt(cursor.at);
  const quoted = unit === character.doubleQuote || unit === character.singleQuote;
  const key = quoted ? readQuoted(cursor, -1) : readFlowPlain(cursor);
  const adjacent = quoted && text.charCodeAt(cursor.at) === character.colon;
  if (skipSpaces(cursor) !== character.colon) giveUp();
  // Only quoted keys may have their value right behind the colon ("a":b).
  const next = text.charCodeAt(cursor.at + 1);
  if (!adjacent && next !== character.space && !character.isBreak(next)) giveUp();
  checkOneLine(cursor, key);
  return key;
}

function readEntry(cursor: Cursor, parent: number): YamlNode {
  const unit = cursor.text.charCodeAt(cursor.at);
  if (unit === character.doubleQuote || unit === character.singleQuote) {
    return readQuoted(cursor, parent);
  }
  if (unit === character.openBracket || unit === character.openBrace) {
    return readFlow(cursor, parent);
  }
  return unit === character.asterisk ? readAlias(cursor) : readFlowPlain(cursor);
}

function readFlowPlain(cursor: Cursor): YamlScalar {
  const { text, at } = cursor;
  checkPlainStart(text, at);
  const stop = endOfFlowPlain(text, at);
  // A hyphen alone is no scalar.
  if (stop === at + 1 && text.charCodeAt(at) === character.hyphen) giveUp();
  cursor.at = stop;
  return plainScalar(cursor, at, stop);
}

/**
 * Goes on to the next thing in a flow collection, over blanks, line breaks and comments. All lines
 * with something on them, a comment too, are set in further than `parent`.
 */
function skipToEntry(cursor: Cursor, parent: number): void {
  const { text } = cursor;
  let unit = skipSpaces(cursor);
  if (unit === character.hash && text.charCodeAt(cursor.at - 1) !== character.space) giveUp();
  while (unit === character.hash || character.isBreak(unit)) {
    const line = text.indexOf('\n', cursor.at) + 1;
    if (line >= text.length) giveUp();
    cursor.at = line;
    unit = skipSpaces(cursor);
    if (!character.isBreak(unit) && cursor.at - line <= parent) giveUp();
  }
}
