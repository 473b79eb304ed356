import type { ShellProblem } from '../shell.ts';
import type { DelimiterLines } from './delimiter-line.ts';
import { noDelimiterLine } from './heredoc-body.ts';
import { limits } from './limit.ts';
import { scanQuoted, scanParameter } from './quoting.ts';
import { scanCode } from './scan-code.ts';
import { scanArithmetic, scanArray, scanTest } from './scan-list.ts';
import {
  type HereOperator,
  markPlain,
  newScan,
  type Plain,
  type Scan,
  scanProblems,
} from './scan.ts';

/**
 * The structure of a script without its content: every word is a run of `w`, comments and
 * here-documents are blank, newlines are `;` or blank, and only reserved words, operators and
 * parentheses are left.
 *
 * The grammar reads this in place of the script. Quoting is ours because tree-sitter-bash gets it
 * wrong where it matters here: `cat <<EOF; next` makes `EOF;` the delimiter, a second here-document
 * on a line is lost, and so is a `<<<` behind another redirect.
 */
export interface Skeleton {
  readonly from: number;
  /** INVARIANT: one ASCII unit for each of the range that was scanned; index 0 is the offset `from`. */
  readonly units: Uint8Array;
  /** The offset behind the closer of each quotation, expansion, list and parenthesis. */
  readonly closings: ReadonlyMap<number, number>;
  /** Which of them are `$(( ))` or `(( ))`. */
  readonly arithmetic: ReadonlySet<number>;
  readonly here: ReadonlyMap<number, HereOperator>;
  readonly negated: ReadonlySet<number>;
  /** Offsets of the lines that start outside all quotes, substitutions and parentheses. */
  readonly lines: readonly number[];
  readonly problems: readonly ShellProblem[];
}

/** Makes the skeleton of a range of a masked script (see `mask.ts`). */
export function skeletonOf(
  masked: string,
  from: number,
  end: number,
  delimiters: DelimiterLines,
): Skeleton {
  const scan = scanRange((plain) => newScan(masked, from, end, plain, delimiters));
  const closings = scan.closings;
  const problems = scanProblems(scan);
  for (const { body } of scan.here.values()) {
    if (!body || body.quoted) continue;
    // The expansions of a body; what they hold is read later, as a script of its own.
    const inner = scanRange((plain) =>
      newScan(masked, body.start, body.end, plain, delimiters, 'heredoc'),
    );
    for (const [opener, closer] of inner.closings) closings.set(opener, closer);
    for (const opener of inner.arithmetic) scan.arithmetic.add(opener);
    problems.push(...scanProblems(inner));
  }
  const { arithmetic, here, negated, lines } = scan;
  return { from, units: scan.out, closings, arithmetic, here, negated, lines, problems };
}

/** Scans a range, anew whenever an opener at whose closer the script ended turns out to be text. */
function scanRange(start: (plain: Plain) => Scan): Scan {
  const plain: Plain = new Map();
  for (let pass = 0; ; pass += 1) {
    const scan = start(plain);
    run(scan);
    const again = scan.restart || markUnclosed(scan);
    if (!again || pass >= limits.restarts) {
      for (const frame of scan.frames.slice(1)) scan.closings.set(frame.opened, scan.end);
      return scan;
    }
  }
}

function run(scan: Scan): void {
  while (scan.at < scan.end && !scan.restart) {
    const frame = scan.frames.at(-1);
    switch (frame?.kind) {
      case undefined:
        return;
      case 'code':
        scanCode(scan, frame);
        break;
      case 'double':
      case 'heredoc':
        scanQuoted(scan, frame);
        break;
      case 'parameter':
        scanParameter(scan, frame);
        break;
      case 'arithmetic':
        scanArithmetic(scan, frame);
        break;
      case 'test':
        scanTest(scan, frame);
        break;
      case 'array':
        scanArray(scan, frame);
        break;
    }
  }
}

const closers = {
  code: 'the parenthesis is not closed',
  double: 'the double quote is not closed',
  heredoc: '',
  parameter: 'the `${` is not closed',
  arithmetic: 'the `((` is not closed',
  test: 'the `[[` is not closed by a ` ]]`',
  array: 'the parenthesis is not closed',
} as const;

/** Marks what was still open at the end, down to the first quotation, which may have hidden the rest. */
function markUnclosed(scan: Scan): boolean {
  for (const frame of scan.frames.slice(1)) {
    markPlain(scan, frame.opened, closers[frame.kind]);
    if (frame.kind !== 'code') break;
  }
  for (const waiting of scan.pending) {
    waiting.here.body = { ...waiting, start: scan.end, end: scan.end };
    markPlain(scan, waiting.at, noDelimiterLine(waiting.delimiter));
  }
  return scan.frames.length > 1;
}
