import type { YamlScalar } from '../node.ts';
import { foldedText, literalText } from './block-text.ts';
import { carriageReturn, hash, isBreak, lineFeed, space, tab, verticalBar } from './character.ts';
import { giveUp, skipSpaces, startLine, type Cursor } from './cursor.ts';

/** The `+`, `-` and digit of a header; `keep` keeps all breaks at the end, `strip` none. */
interface Header {
  readonly chomping: 'clip' | 'keep' | 'strip';
  /** Columns that the content is set in further than its parent; 0 when its first line says so. */
  readonly width: number;
}

/** A block scalar from its `|` or `>` on; its lines are set in further than `parent`. */
export function readBlockScalar(cursor: Cursor, parent: number): YamlScalar {
  const { text } = cursor;
  const literal = text.charCodeAt(cursor.at) === verticalBar;
  const { chomping, width } = readHeader(cursor);
  const start = text.indexOf('\n', cursor.at) + 1;
  const indent = width > 0 ? parent + width : detectIndent(text, start, parent);
  const { contentEnd, end, blanks, ragged } = findEnd(text, start, indent);
  // Parsers disagree on blanks that no line break follows, and on a last line of nothing but content
  // blanks behind an indicator.
  if (end > cursor.length && isBlankLine(text, cursor.length)) giveUp();
  if (width > 0 && isBlankLine(text, contentEnd)) giveUp();
  const block = { text, start, end: contentEnd, indent, ragged: ragged || cursor.returns };
  let value = literal ? literalText(block) : foldedText(block);
  if (chomping === 'clip') value += '\n';
  else if (chomping === 'keep') value += '\n'.repeat(blanks + 1);
  cursor.last = Math.min(end, cursor.length);
  cursor.nodes += 1;
  startLine(cursor, end);
  const style = literal ? 'literal' : 'folded';
  return { kind: 'scalar', style, text: value, start, end: cursor.last, indent };
}

/** Reads the header (https://yaml.org/spec/1.2.2/#811-block-scalar-headers) up to its line's end. */
function readHeader(cursor: Cursor): Header {
  const { text } = cursor;
  let chomping: Header['chomping'] = 'clip';
  let width = 0;
  for (;;) {
    cursor.at += 1;
    const letter = text.charAt(cursor.at);
    if (chomping === 'clip' && letter === '-') chomping = 'strip';
    else if (chomping === 'clip' && letter === '+') chomping = 'keep';
    else if (width === 0 && letter >= '1' && letter <= '9') width = Number(letter);
    else break;
  }
  const unit = skipSpaces(cursor);
  if (unit === hash ? text.charCodeAt(cursor.at - 1) !== space : !isBreak(unit)) giveUp();
  return { chomping, width };
}

/** The column of the first line that is not blank; none before it may have more blanks. */
function detectIndent(text: string, start: number, parent: number): number {
  let widest = 0;
  for (let line = start; line < text.length;) {
    let at = line;
    while (text.charCodeAt(at) === space) at += 1;
    const column = at - line;
    const unit = text.charCodeAt(at);
    if (!isBreak(unit)) {
      if (unit === tab || column <= parent || column < widest) giveUp();
      return column;
    }
    widest = Math.max(widest, column);
    line = text.indexOf('\n', at) + 1;
  }
  return giveUp();
}

/** What is known of a block scalar's lines. */
interface Extent {
  /** The end of the last line with content, without its break. */
  readonly contentEnd: number;
  /** Where the next line starts that does not belong to it. */
  readonly end: number;
  /** Blank lines behind the content. */
  readonly blanks: number;
  /** Whether a blank line has blanks, but fewer than the indentation. */
  readonly ragged: boolean;
}

function findEnd(text: string, start: number, indent: number): Extent {
  let contentEnd = -1;
  let blanks = 0;
  let ragged = false;
  let line = start;
  while (line < text.length) {
    let at = line;
    const content = line + indent;
    while (at < content && text.charCodeAt(at) === space) at += 1;
    const unit = text.charCodeAt(at);
    const end = unit === lineFeed ? at : text.indexOf('\n', at);
    if (unit === lineFeed || (unit === carriageReturn && end === at + 1)) {
      blanks += 1;
      if (at > line && at < content) ragged = true;
    } else if (at < content) {
      if (unit === tab) giveUp();
      break;
    } else {
      contentEnd = end;
      blanks = 0;
    }
    line = end + 1;
  }
  if (contentEnd === -1) giveUp();
  return { contentEnd, end: line, blanks, ragged };
}

/** Whether nothing but blanks stands on the line that ends at an offset. */
function isBlankLine(text: string, end: number): boolean {
  return /^[ \r]*$/.test(text.slice(text.lastIndexOf('\n', end - 1) + 1, end));
}
