import type { YamlScalar } from '../node.ts';
import { backslash, doubleQuote, singleQuote, space } from './character.ts';
import { giveUp, type Cursor } from './cursor.ts';
import { unescape } from './escape.ts';

/** A quoted scalar from its quote on; lines below the first are set in further than `parent`. */
export function readQuoted(cursor: Cursor, parent: number): YamlScalar {
  const { text, at: start } = cursor;
  const double = text.charCodeAt(start) === doubleQuote;
  const close = double ? endOfDouble(text, start + 1) : endOfSingle(text, start + 1);
  let value = text.slice(start + 1, close);
  if (value.includes('\n')) value = foldLines(value, parent);
  if (!double) {
    if (value.includes("'")) value = value.replaceAll("''", "'");
  } else if (value.includes('\\')) value = unescape(value);
  const end = close + 1;
  cursor.at = end;
  cursor.last = end;
  cursor.nodes += 1;
  return { kind: 'scalar', style: double ? 'double' : 'single', text: value, start, end };
}

function endOfSingle(text: string, from: number): number {
  for (let at = text.indexOf("'", from); at !== -1; at = text.indexOf("'", at + 2)) {
    if (text.charCodeAt(at + 1) !== singleQuote) return at;
  }
  return giveUp();
}

function endOfDouble(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === doubleQuote) return at;
    if (unit === backslash) at += 1;
  }
  return giveUp();
}

/** Folds line breaks and the blanks around them (https://yaml.org/spec/1.2.2/#74-flow-scalar-styles). */
function foldLines(raw: string, parent: number): string {
  // What is escaped is no blank, and a break may be escaped.
  if (raw.includes('\\') || raw.includes('\t')) giveUp();
  const lines = raw.split('\n');
  let value = '';
  let breaks = 0;
  for (const [index, full] of lines.entries()) {
    const last = index === lines.length - 1;
    const line = full.endsWith('\r') ? full.slice(0, -1) : full;
    const from = index === 0 ? 0 : contentStart(line);
    const content = line.slice(from, last ? line.length : contentEnd(line, from));
    if (index > 0) {
      breaks += 1;
      if (content === '' && !last) continue;
      if (from <= parent) giveUp();
      value += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
      breaks = 0;
    }
    value += content;
  }
  return value;
}

function contentStart(line: string): number {
  let at = 0;
  while (line.charCodeAt(at) === space) at += 1;
  return at;
}

function contentEnd(line: string, from: number): number {
  let end = line.length;
  while (end > from && line.charCodeAt(end - 1) === space) end -= 1;
  return end;
}
