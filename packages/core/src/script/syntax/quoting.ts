import { close, type Frame, keep, lengthAt, markPlain, matchAt, open, type Scan } from './scan.ts';

const patternOperator = /\$\{[!#]?(?:\w+|[@*#?$!-])(?:\[[^\]\n]{0,200}\])?[#%/^,@]/y;

/**
 * Reads what begins a quotation or an expansion at the current offset (Bash manual 3.1.2, 3.5).
 * Returns false, with nothing read, when nothing begins there.
 */
export function scanQuoting(scan: Scan, frame: Frame): boolean {
  const double = frame.kind === 'double' || frame.kind === 'heredoc';
  switch (scan.text[scan.at]) {
    case '\\':
      scan.at = Math.min(scan.at + 2, scan.end);
      return true;
    case "'":
      return !frame.plainQuotes && !double && scanSingle(scan);
    case '"':
      return frame.kind !== 'heredoc' && scanDouble(scan);
    case '`':
      return scanBackquotes(scan);
    case '$':
      return scanDollar(scan, frame, double);
    default:
      return false;
  }
}

function scanSingle(scan: Scan): boolean {
  const opened = scan.at;
  const end = scan.plain.has(opened) ? -1 : scan.text.indexOf("'", opened + 1);
  return skipTo(scan, opened, end === -1 ? -1 : end + 1, 'the single quote is not closed');
}

function scanDouble(scan: Scan): boolean {
  if (scan.plain.has(scan.at)) scan.at += 1;
  else open(scan, 'double', 1);
  return true;
}

/** INVARIANT: the content is not scanned here; its backslashes are first removed, then it is a script. */
function scanBackquotes(scan: Scan): boolean {
  const opened = scan.at;
  return skipTo(scan, opened, endOfEscaped(scan, opened + 1, '`'), 'the backquote is not closed');
}

function scanDollar(scan: Scan, frame: Frame, double: boolean): boolean {
  const { text, at } = scan;
  if (scan.plain.get(at)) {
    if (frame.kind === 'code') scan.out.fill(0x20, at - scan.from, at + 2 - scan.from);
    scan.at += 2;
    return true;
  }
  switch (text[at + 1]) {
    case '(':
      if (text[at + 2] === '(' && !scan.plain.has(at)) open(scan, 'arithmetic', 3);
      else scanSubstitution(scan);
      return true;
    case '{':
      open(scan, 'parameter', 2, { plainQuotes: quotesArePlain(scan, frame, double) });
      return true;
    case "'":
      if (double || frame.plainQuotes) break;
      return skipTo(scan, at, endOfEscaped(scan, at + 2, "'"), 'the single quote is not closed');
    default:
      break;
  }
  scan.at += 1;
  return true;
}

/** Enters `$(`, `<(` or `>(`, whose parentheses and content the skeleton keeps. */
export function scanSubstitution(scan: Scan): void {
  const opened = scan.at;
  if (!open(scan, 'code', 2)) return;
  scan.at = opened;
  keep(scan, 2);
}

/** In double quotes a single quote is special only in patterns: `"${A#'x'}"`, not `"${A:-'x'}"`. */
function quotesArePlain(scan: Scan, frame: Frame, double: boolean): boolean {
  if (!double && !frame.plainQuotes) return false;
  return matchAt(scan, patternOperator) === undefined;
}

/** Goes behind the closer at `end`, or one unit on when there is none. */
function skipTo(scan: Scan, opened: number, end: number, message: string): true {
  if (end === -1 || end > scan.end) {
    markPlain(scan, opened, message);
    scan.at = opened + 1;
  } else {
    scan.closings.set(opened, end);
    scan.at = end;
  }
  return true;
}

/** The offset behind the next `closer` that no backslash precedes, or -1. */
function endOfEscaped(scan: Scan, from: number, closer: string): number {
  // ATTACKER: one search that fails is enough; a second would make many openers quadratic.
  if (scan.plain.has(from - (closer === '`' ? 1 : 2))) return -1;
  for (let at = from; at < scan.end; at += 1) {
    if (scan.text[at] === '\\') at += 1;
    else if (scan.text[at] === closer) return at + 1;
  }
  return -1;
}

const doubleRun = /[^"\\$`]+/y;
const heredocRun = /[^\\$`]+/y;
const parameterRun = /[^}\\'"$`]+/y;

/** Reads one step inside double quotes or an expanded here-document. */
export function scanQuoted(scan: Scan, frame: Frame): void {
  if (frame.kind === 'double' && scan.text[scan.at] === '"') return close(scan, 1);
  const run = lengthAt(scan, frame.kind === 'double' ? doubleRun : heredocRun);
  if (run > 0) scan.at += run;
  else if (!scanQuoting(scan, frame)) scan.at += 1;
}

/** Reads one step inside `${ }`. */
export function scanParameter(scan: Scan, frame: Frame): void {
  if (scan.text[scan.at] === '}') return close(scan, 1);
  const run = lengthAt(scan, parameterRun);
  if (run > 0) scan.at += run;
  else if (!scanQuoting(scan, frame)) scan.at += 1;
}
