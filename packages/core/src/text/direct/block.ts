import type { YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from '../node.ts';
import { anchorRange, bindAnchor, readAlias } from './anchor.ts';
import { readBlockScalar } from './block-scalar.ts';
import * as character from './character.ts';
import { emptyScalar, endLine, giveUp, skipSpaces, type Cursor } from './cursor.ts';
import { readFlow } from './flow.ts';
import { checkKey, checkNewKey } from './key.ts';
import { limits } from './limit.ts';
import { checkPlainStart, endOfPlain, plainScalar, readPlain } from './plain.ts';
import { readQuoted } from './quoted.ts';

/**
 * A node that begins where reading stands, `column` columns in, as the first thing on its line or
 * right behind a dash, so that it may be a block collection. `parent` is the column of the collection
 * around it, -1 for none. Reading goes on to the next content, as with all functions here.
 */
export function readLineNode(cursor: Cursor, parent: number, column: number): YamlNode {
  const { text, at } = cursor;
  const unit = text.charCodeAt(at);
  if (unit === character.hyphen && isDash(text, at)) return readSequence(cursor, column);
  if (unit === character.doubleQuote || unit === character.singleQuote) {
    const scalar = readQuoted(cursor, parent);
    if (skipSpaces(cursor) === character.colon) return readMapping(cursor, column, scalar);
    endLine(cursor);
    return scalar;
  }
  if (!isMarked(unit)) {
    checkPlainStart(text, at);
    const stop = endOfPlain(text, at);
    if (text.charCodeAt(stop) !== character.colon) return readPlain(cursor, stop, parent);
    const key = plainScalar(cursor, at, stop);
    cursor.at = stop;
    return readMapping(cursor, column, key);
  }
  return readMarked(cursor, parent, unit);
}

/** Reading stands at the colon of the first key. */
function readMapping(cursor: Cursor, column: number, first: YamlScalar): YamlMap {
  enter(cursor);
  const pairs: YamlPair[] = [];
  let names: Set<string> | undefined;
  for (let key = first; ; key = readKey(cursor)) {
    checkKey(cursor, key, column);
    names = checkNewKey(pairs, names, key.text);
    cursor.at += 1;
    pairs.push({ key, value: readValue(cursor, column) });
    if (cursor.column !== column) break;
  }
  leave(cursor, column);
  return { kind: 'map', pairs, flow: false, start: first.start, end: cursor.last };
}

function readKey(cursor: Cursor): YamlScalar {
  const { text, at } = cursor;
  const unit = text.charCodeAt(at);
  if (unit === character.doubleQuote || unit === character.singleQuote) {
    const key = readQuoted(cursor, -1);
    if (skipSpaces(cursor) !== character.colon) giveUp();
    return key;
  }
  checkPlainStart(text, at);
  const stop = endOfPlain(text, at);
  if (text.charCodeAt(stop) !== character.colon) giveUp();
  cursor.at = stop;
  return plainScalar(cursor, at, stop);
}

/** What stands behind the colon of a key that is set in by `parent` columns. */
function readValue(cursor: Cursor, parent: number): YamlNode {
  const unit = skipSpaces(cursor);
  if (unit === character.hash || character.isBreak(unit)) {
    const below = readBelow(cursor, parent);
    if (below) return below;
    // Items may stand right under their key: https://yaml.org/spec/1.2.2/#822-block-mappings.
    if (cursor.column === parent && isDash(cursor.text, cursor.at))
      return readSequence(cursor, parent);
    return emptyScalar(cursor);
  }
  if (unit === character.ampersand) return readAnchored(cursor, parent);
  return readInline(cursor, parent, unit);
}

/** A node on a line below that is set in further than `parent`; undefined when there is none. */
function readBelow(cursor: Cursor, parent: number): YamlNode | undefined {
  const from = cursor.at;
  endLine(cursor);
  if (cursor.column <= parent) return undefined;
  const node = readLineNode(cursor, parent, cursor.column);
  // `yaml` refuses some plain scalars that stand below a comment.
  const plain = node.kind === 'scalar' && node.style === 'plain';
  if (plain && cursor.text.slice(from, node.start).includes('#')) giveUp();
  return node;
}

/** A scalar, an alias or a flow collection that begins on the line of its key, dash or anchor. */
function readInline(cursor: Cursor, parent: number, unit: number): YamlNode {
  if (unit === character.doubleQuote || unit === character.singleQuote) {
    const scalar = readQuoted(cursor, parent);
    endLine(cursor);
    return scalar;
  }
  if (unit === character.verticalBar || unit === character.greaterThan) {
    return readBlockScalar(cursor, parent);
  }
  if (isMarked(unit)) return readMarked(cursor, parent, unit);
  checkPlainStart(cursor.text, cursor.at);
  return readPlain(cursor, endOfPlain(cursor.text, cursor.at), parent);
}

function readSequence(cursor: Cursor, column: number): YamlSeq {
  enter(cursor);
  const start = cursor.at;
  cursor.last = start;
  const items: YamlNode[] = [];
  do items.push(readItem(cursor, column));
  while (cursor.column === column && isDash(cursor.text, cursor.at));
  leave(cursor, column);
  return { kind: 'seq', items, flow: false, start, end: cursor.last };
}

/** Reading stands at the dash. */
function readItem(cursor: Cursor, parent: number): YamlNode {
  const dash = cursor.at;
  cursor.at += 1;
  const unit = skipSpaces(cursor);
  if (unit === character.hash || character.isBreak(unit)) {
    return readBelow(cursor, parent) ?? emptyScalar(cursor);
  }
  if (unit === character.ampersand) return readAnchored(cursor, parent);
  if (unit === character.verticalBar || unit === character.greaterThan) {
    return readBlockScalar(cursor, parent);
  }
  return readLineNode(cursor, parent, parent + cursor.at - dash);
}

/** Reading stands at the `&`. The node follows on the line, or starts further in on a line below. */
function readAnchored(cursor: Cursor, parent: number): YamlNode {
  const range = anchorRange(cursor);
  const name = cursor.text.slice(range.start, range.end);
  cursor.anchors.set(name, 'open');
  const before = cursor.nodes;
  const unit = skipSpaces(cursor);
  let node: YamlNode;
  if (unit === character.hash || character.isBreak(unit)) {
    node = readBelow(cursor, parent) ?? giveUp();
  } else node = readInline(cursor, parent, unit);
  return bindAnchor(cursor, name, range, node, cursor.nodes - before);
}

function readMarked(cursor: Cursor, parent: number, unit: number): YamlNode {
  const node = unit === character.asterisk ? readAlias(cursor) : readFlow(cursor, parent);
  endLine(cursor);
  return node;
}

/** Whether a node that is neither a scalar nor a block collection starts with this unit. */
function isMarked(unit: number): boolean {
  return (
    unit === character.asterisk || unit === character.openBracket || unit === character.openBrace
  );
}

/** Whether a hyphen is that of an item. */
function isDash(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== character.hyphen) return false;
  const next = text.charCodeAt(at + 1);
  return next === character.space || character.isBreak(next);
}

function enter(cursor: Cursor): void {
  cursor.depth += 1;
  cursor.nodes += 1;
  if (cursor.depth > limits.depth) giveUp();
}

/** A collection ends where content is set in less; under a key, a sequence where a key follows. */
function leave(cursor: Cursor, column: number): void {
  cursor.depth -= 1;
  if (cursor.column > column) giveUp();
}
