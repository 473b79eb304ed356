import { scanQuoting } from './quoting.ts';
import { close, type Frame, keep, markPlain, matchAt, type Scan } from './scan.ts';

const arithmeticRun = /[^()"$`\\;]+/y;
const testRun = /[^ \t\r\n\\'"$`;]+/y;
const arrayRun = /[^ \t\r\n()\\'"$`]+/y;
const testEnd = /\]\](?=[ \t\r\n;&|()<>]|$)/y;
const comment = /#[^\n]*/y;

/** Reads one step of `$(( ))`, `(( ))` or the head of `for (( ))` (Bash manual 3.5.5, 3.2.5). */
export function scanArithmetic(scan: Scan, frame: Frame): void {
  const unit = scan.text[scan.at];
  if (unit === ')') return scanArithmeticEnd(scan, frame);
  if (unit === '(') frame.depth += 1;
  if (unit === ';' && frame.head) return keep(scan, 1);
  const run = matchAt(scan, arithmeticRun);
  if (run !== undefined) scan.at += run.length;
  else if (!scanQuoting(scan, frame)) scan.at += 1;
}

function scanArithmeticEnd(scan: Scan, frame: Frame): void {
  if (frame.depth > 0) {
    frame.depth -= 1;
    scan.at += 1;
  } else if (scan.text[scan.at + 1] === ')') {
    if (frame.head) scan.out.fill(0x29, scan.at - scan.from, scan.at + 2 - scan.from);
    scan.arithmetic.add(frame.opened);
    close(scan, 2);
  } else {
    // `$((a) | b)` and `((a); b)` are subshells after all.
    markPlain(scan, frame.opened, '');
    scan.restart = true;
  }
}

/** Reads one step of `[[ ]]` (Bash manual 3.2.5.2), whose `&&` and `<` are no operators of the list. */
export function scanTest(scan: Scan, frame: Frame): void {
  if (atItemStart(scan) && matchAt(scan, testEnd)) return close(scan, 2);
  if (scan.text[scan.at] === ';') {
    markPlain(scan, frame.opened, 'the `[[` is not closed by a ` ]]`');
    scan.restart = true;
    return;
  }
  const run = matchAt(scan, testRun);
  if (run !== undefined) scan.at += run.length;
  else if (!scanQuoting(scan, frame)) scan.at += 1;
}

/** Reads one step of `A=( )`, or of a pattern such as `@(a|b)`. */
export function scanArray(scan: Scan, frame: Frame): void {
  const unit = scan.text[scan.at];
  if (unit === '(') frame.depth += 1;
  if (unit === ')') {
    if (frame.depth === 0) return close(scan, 1);
    frame.depth -= 1;
  }
  const run = (atItemStart(scan) ? matchAt(scan, comment) : undefined) ?? matchAt(scan, arrayRun);
  if (run !== undefined) scan.at += run.length;
  else if (!scanQuoting(scan, frame)) scan.at += 1;
}

function atItemStart(scan: Scan): boolean {
  return ' \t\r\n('.includes(scan.text[scan.at - 1] ?? ' ');
}
