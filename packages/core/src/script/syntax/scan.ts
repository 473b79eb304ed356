import type { ShellProblem } from '../shell.ts';
import type { DelimiterLines } from './delimiter-line.ts';
import { limits } from './limit.ts';

/** What the scanner is inside of. `code` is anything made of commands, `heredoc` an expanded body. */
export type FrameKind =
  | 'code'
  | 'double'
  | 'parameter'
  | 'arithmetic'
  | 'test'
  | 'array'
  | 'heredoc';

/** An opener whose closer has not been met yet. */
export interface Frame {
  readonly kind: FrameKind;
  /** Offset of the opener; -1 for the outermost frame. */
  readonly opened: number;
  /** Whether the closer makes a part of a word (`$( )`), not of a statement (`( )`). */
  readonly inWord: boolean;
  /** Whether a single quote is an ordinary character here. */
  readonly plainQuotes: boolean;
  /** In code: whether a reserved word would be one here. */
  commandStart: boolean;
  /** In code: which word of a `for`, `case` or `function` comes next. */
  clause: 'none' | 'variable' | 'in' | 'subject' | 'of' | 'name' | 'body';
  /** In code: how many `case` are open. */
  cases: number;
  /** In code: whether the next words are a pattern of a `case`. */
  pattern: boolean;
  /** Elsewhere: open parentheses. */
  depth: number;
  /** Whether arithmetic is the head of a `for`, of which the skeleton keeps the semicolons. */
  head: boolean;
}

/** A `<<`, `<<-`, `<<<` or `<>` in the text; the skeleton has a plain `<` there. */
export interface HereOperator {
  readonly operator: '<<' | '<<-' | '<<<' | '<>';
  /** Of here-documents, once the scanner has passed the end of the line. */
  body?: HereBody;
}

/** Where a here-document stands. The delimiter's line starts at `end`. */
export interface HereBody {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** A here-document whose body has not been reached. */
export interface PendingHeredoc {
  readonly at: number;
  readonly here: HereOperator;
  readonly delimiter: string;
  readonly quoted: boolean;
  /** The number of frames outside it, subshells left out: the line that it waits for ends there. */
  owner: number;
}

/** The state of one pass over `text` from `from` to `end`. */
export interface Scan {
  readonly text: string;
  readonly from: number;
  readonly end: number;
  at: number;
  /** The skeleton; index 0 is offset `from`. Starts as nothing but word units. */
  readonly out: Uint8Array;
  readonly frames: Frame[];
  /** The offset behind the closer for the offset of each opener. */
  readonly closings: Map<number, number>;
  /** The openers among them that turned out to be of arithmetic. */
  readonly arithmetic: Set<number>;
  /** Operators of here-documents and here-strings by offset. */
  readonly here: Map<number, HereOperator>;
  readonly pending: PendingHeredoc[];
  readonly delimiters: DelimiterLines;
  /** Where a pipeline that `!` negates starts. */
  readonly negated: Set<number>;
  /** Whether a `!` waits for its pipeline. */
  negation: boolean;
  /** Whether a compound command has just ended, so that a reserved word may follow at once. */
  closed: boolean;
  /** Where a substitution ended, so that what follows goes on with its word; else -1. */
  wordPart: number;
  /** Offsets where a line of the outermost frame starts. */
  readonly lines: number[];
  /** Openers found to be plain text in an earlier pass. */
  readonly plain: Plain;
  restart: boolean;
}

/** Openers that are not what they look like, each with what is wrong (empty: nothing). */
export type Plain = Map<number, string>;

/** The unit of the skeleton that stands for a part of a word: `w`. */
export const wordUnit = 0x77;
/** The unit of the skeleton that stands for what it leaves out: a blank. */
export const blankUnit = 0x20;

/** A scan of a range, with nothing read yet. */
export function newScan(
  text: string,
  from: number,
  end: number,
  plain: Plain,
  delimiters: DelimiterLines,
  kind: 'code' | 'heredoc' = 'code',
): Scan {
  const frames = [newFrame(kind, -1, false, kind === 'heredoc')];
  return {
    // ATTACKER: cut, so that no pattern runs on behind the range; that would be quadratic.
    text: text.slice(0, end),
    from,
    end,
    at: from,
    out: new Uint8Array(end - from).fill(wordUnit),
    frames,
    closings: new Map(),
    arithmetic: new Set(),
    here: new Map(),
    pending: [],
    delimiters,
    negated: new Set(),
    negation: false,
    closed: false,
    wordPart: -1,
    lines: [from],
    plain,
    restart: false,
  };
}

function newFrame(kind: FrameKind, opened: number, inWord: boolean, plainQuotes: boolean): Frame {
  return {
    kind,
    opened,
    inWord,
    plainQuotes,
    commandStart: true,
    clause: 'none',
    cases: 0,
    pattern: false,
    depth: 0,
    head: false,
  };
}

/** Enters a frame whose opener has `length` units, and skips the opener. */
export function open(
  scan: Scan,
  kind: FrameKind,
  length: number,
  options: { readonly inWord?: boolean; readonly plainQuotes?: boolean } = {},
): Frame | undefined {
  const opened = scan.at;
  scan.at += length;
  // ATTACKER: each frame costs memory here and a level of nesting in every later pass.
  if (scan.frames.length >= limits.frames) {
    markPlain(scan, opened, 'nested too deeply');
    return undefined;
  }
  const frame = newFrame(kind, opened, options.inWord ?? true, options.plainQuotes ?? false);
  scan.frames.push(frame);
  return frame;
}

/** Leaves the innermost frame, whose closer has `length` units, and skips the closer. */
export function close(scan: Scan, length: number): void {
  const frame = scan.frames.pop();
  scan.at += length;
  if (frame) scan.closings.set(frame.opened, scan.at);
}

/** The frame whose lines the current code belongs to: a subshell shares those of what it is in. */
export function lineOwner(scan: Scan): number {
  return Math.max(
    0,
    scan.frames.findLastIndex((frame) => frame.inWord),
  );
}

/** Notes that the opener at an offset is plain text, and why; the empty reason is no problem. */
export function markPlain(scan: Scan, offset: number, message: string): void {
  if (!scan.plain.get(offset)) scan.plain.set(offset, message);
}

/** Takes the next units over into the skeleton as they are. */
export function keep(scan: Scan, length: number): void {
  const end = Math.min(scan.at + length, scan.end);
  for (; scan.at < end; scan.at += 1) scan.out[scan.at - scan.from] = scan.text.charCodeAt(scan.at);
}

/** Leaves a range out of the skeleton. */
export function blank(scan: Scan, from: number, end: number): void {
  scan.out.fill(blankUnit, from - scan.from, end - scan.from);
}

/** Matches a sticky pattern at the current offset. */
export function matchAt(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  return pattern.exec(scan.text)?.[0];
}

/** The length of what a sticky pattern matches at the current offset; 0 when it matches nothing. */
export function lengthAt(scan: Scan, pattern: RegExp): number {
  pattern.lastIndex = scan.at;
  return pattern.test(scan.text) ? pattern.lastIndex - scan.at : 0;
}

/** What is wrong with the script so far. */
export function scanProblems(scan: Scan): ShellProblem[] {
  return [...scan.plain]
    .filter(([, message]) => message !== '')
    .map(([start, message]) => ({ start, end: Math.min(start + 1, scan.end), message }));
}
