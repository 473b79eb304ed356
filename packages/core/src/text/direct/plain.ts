import type { YamlScalar } from '../node.ts';
import {
  carriageReturn,
  colon,
  hash,
  hyphen,
  isBreak,
  isFlowIndicator,
  lineFeed,
  space,
  tab,
} from './character.ts';
import { endLine, giveUp, type Cursor } from './cursor.ts';

/** Indicators, none of which starts a plain scalar here (https://yaml.org/spec/1.2.2/#733-plain-style). */
const starters = Uint8Array.from({ length: 128 }, (_, unit) =>
  ' -?:,[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(unit)) || unit < space ? 0 : 1,
);

/** Checks the first unit of a plain scalar; a hyphen is one where no blank follows. */
export function checkPlainStart(text: string, at: number): void {
  const unit = text.charCodeAt(at);
  if (unit >= 128 || starters[unit] === 1) return;
  const next = text.charCodeAt(at + 1);
  if (unit !== hyphen || next === space || next === tab || isBreak(next)) giveUp();
}

/** Where a plain scalar of a block collection stops on its line: at `: `, ` #`, or the line's end. */
export function endOfPlain(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > colon) continue;
    if (unit === colon) {
      const next = text.charCodeAt(at + 1);
      if (next === space || isBreak(next) || next === tab) return at;
    } else if (unit === hash) {
      if (text.charCodeAt(at - 1) === space) return at;
    } else if (unit === lineFeed || unit === carriageReturn) return at;
    else if (unit === tab) giveUp();
  }
}

/** As {@link endOfPlain}, in a flow collection: its indicators stop a scalar too. */
export function endOfFlowPlain(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === colon) {
      const next = text.charCodeAt(at + 1);
      if (next === space || isBreak(next) || next === tab || isFlowIndicator(next)) return at;
    } else if (unit === hash) {
      if (text.charCodeAt(at - 1) === space) return at;
    } else if (isBreak(unit) || isFlowIndicator(unit)) return at;
    else if (unit === tab) giveUp();
  }
}

/** The plain scalar between two offsets of a line, blanks at its end left out. */
export function plainScalar(cursor: Cursor, start: number, stop: number): YamlScalar {
  const end = trimmedEnd(cursor.text, stop);
  cursor.last = end;
  cursor.nodes += 1;
  return { kind: 'scalar', style: 'plain', text: cursor.text.slice(start, end), start, end };
}

/**
 * The plain scalar that begins where reading stands and stops at `stop` on its line; it goes on as
 * long as lines are set in further than `parent`.
 */
export function readPlain(cursor: Cursor, stop: number, parent: number): YamlScalar {
  const { text, at: start } = cursor;
  const stopper = text.charCodeAt(stop);
  if (stopper === colon) giveUp();
  const scalar = plainScalar(cursor, start, stop);
  cursor.at = stop;
  endLine(cursor);
  if (cursor.column <= parent) return scalar;
  // Content further in, behind a comment, would belong to nothing.
  return stopper === hash ? giveUp() : continuePlain(cursor, scalar, stop, parent);
}

/** Folds the lines below into the scalar (https://yaml.org/spec/1.2.2/#65-line-folding). */
function continuePlain(
  cursor: Cursor,
  first: YamlScalar,
  firstStop: number,
  parent: number,
): YamlScalar {
  const { text } = cursor;
  let { text: value, end } = first;
  let stop = firstStop;
  while (!isHash(text, stop)) {
    const { at, column, breaks } = nextLine(text, stop);
    if (column <= parent || isHash(text, at)) break;
    stop = endOfPlain(text, at);
    if (text.charCodeAt(stop) === colon) giveUp();
    end = trimmedEnd(text, stop);
    value += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(at, end);
  }
  cursor.at = stop;
  endLine(cursor);
  if (cursor.column > parent) giveUp();
  cursor.last = end;
  return { kind: 'scalar', style: 'plain', text: value, start: first.start, end };
}

function isHash(text: string, at: number): boolean {
  return text.charCodeAt(at) === hash;
}

/** The first thing on the next line that is not blank; its column is -1 at the end of the text. */
function nextLine(text: string, from: number): { at: number; column: number; breaks: number } {
  let breaks = 0;
  let at = from;
  for (;;) {
    const line = text.indexOf('\n', at) + 1;
    breaks += 1;
    at = line;
    if (at >= text.length) return { at, column: -1, breaks };
    while (text.charCodeAt(at) === space) at += 1;
    if (!isBreak(text.charCodeAt(at))) return { at, column: at - line, breaks };
  }
}

function trimmedEnd(text: string, from: number): number {
  let end = from;
  while (text.charCodeAt(end - 1) === space) end -= 1;
  return end;
}
