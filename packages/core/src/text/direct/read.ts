import type { YamlNode } from '../node.ts';
import { readLineNode } from './block.ts';
import { isBreak, space } from './character.ts';
import { type Cursor, endLine, giveUp, isUnsure, startLine } from './cursor.ts';
import { limits } from './limit.ts';
import { screen } from './screen.ts';

/**
 * Reads a text straight to its tree when it is written in the part of YAML that workflows are
 * written in; undefined for every other text and for whatever has a problem. INVARIANT: the tree is
 * the one that `treeFromEvents` gives, and the text is YAML 1.2 (https://yaml.org/spec/1.2.2/).
 */
export function readDirectly(text: string): YamlNode | undefined {
  const returns = screen(text);
  if (returns === undefined) return undefined;
  const cursor: Cursor = {
    text: text.endsWith('\n') ? text : `${text}\n`,
    length: text.length,
    returns,
    anchors: new Map(),
    at: 0,
    column: 0,
    last: 0,
    nodes: 0,
    depth: 0,
  };
  try {
    return readDocument(cursor);
  } catch (error) {
    if (isUnsure(error)) return undefined;
    throw error;
  }
}

/** One document: a block mapping or sequence, behind an optional `---`. */
function readDocument(cursor: Cursor): YamlNode {
  const { text } = cursor;
  startLine(cursor, 0);
  if (cursor.column === 0 && text.startsWith('---', cursor.at)) {
    const next = text.charCodeAt(cursor.at + 3);
    if (next !== space && !isBreak(next)) giveUp();
    cursor.at += 3;
    endLine(cursor);
  }
  const root = readLineNode(cursor, -1, cursor.column);
  const block = (root.kind === 'map' || root.kind === 'seq') && !root.flow;
  return block && isRead(cursor) ? root : giveUp();
}

function isRead({ column, nodes }: Cursor): boolean {
  return column === -1 && nodes <= limits.nodes;
}
