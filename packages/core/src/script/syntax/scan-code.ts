import { scanHeredocBodies, scanHeredocOperator } from './heredoc-body.ts';
import { scanQuoting, scanSubstitution } from './quoting.ts';
import {
  blank,
  close,
  type Frame,
  keep,
  lengthAt,
  lineOwner,
  markPlain,
  matchAt,
  open,
  type Scan,
} from './scan.ts';

const wordRun = /[^ \t\r\n\\'"$`<>&|;()]+/y;
const blanks = /[ \t\r]+/y;
const comment = /#[^\n]*/y;
const descriptor = /\d{1,9}(?=[<>])/y;
const namedDescriptor = /\{[A-Za-z_]\w*\}(?=[<>])/y;
const control = /&&|\|\||\|&|;;&|;;|;&|[;|&]/y;
const redirect = /&>>|&>|>>|>&|>\||<&|[<>]/y;
const timed = /time(?:[ \t]+-p)?[ \t]+(?=[^ \t\r\n;&|)<>])/y;
const reserved =
  /(?:if|then|elif|else|fi|while|until|do|done|for|select|case|esac|function|[{}!]|\[\[)(?=(?:\\\n)*(?:[ \t\r\n;&|()<>]|$))/y;

const closed = new Set(['fi', 'done', 'esac', '}']);
const closing = new Set([...closed, 'then', 'do', 'else', 'elif']);
const inOrDo = /(?:in|do)(?=(?:\\\n)*(?:[ \t\r\n;]|$))/y;
const inOnly = /in(?=(?:\\\n)*(?:[ \t\r\n]|$))/y;
const clauseAfter = {
  none: 'none',
  variable: 'in',
  in: 'none',
  subject: 'of',
  of: 'none',
  name: 'body',
  body: 'none',
} as const;

/** Reads one step of commands. Reserved words, operators and parentheses go into the skeleton. */
export function scanCode(scan: Scan, frame: Frame): void {
  switch (scan.text[scan.at]) {
    case ' ':
    case '\t':
    case '\r':
      return skip(scan, lengthAt(scan, blanks) || 1);
    case '\n':
      return scanNewline(scan, frame);
    case '<':
    case '>':
      return scanRedirect(scan, frame);
    case '&':
    case '|':
    case ';':
      return scanControl(scan, frame);
    case '(':
      return scanOpening(scan, frame);
    case ')':
      return scanClosing(scan, frame);
    default:
      return scanWord(scan, frame);
  }
}

function skip(scan: Scan, length: number): void {
  blank(scan, scan.at, scan.at + length);
  scan.at += length;
}

/**
 * A newline that ends a command becomes a semicolon, any other a blank: the grammar, for which a
 * newline is white space too, sometimes joins the commands of two lines.
 */
function scanNewline(scan: Scan, frame: Frame): void {
  const ends = frame.clause !== 'body' && (scan.closed || !frame.commandStart);
  scan.out[scan.at - scan.from] = ends ? 0x3b : 0x20;
  scan.at += 1;
  scan.closed = false;
  frame.commandStart = true;
  if (scan.pending.length > 0) scanHeredocBodies(scan);
  if (scan.frames.length === 1) scan.lines.push(scan.at);
}

function scanRedirect(scan: Scan, frame: Frame): void {
  const { text, at } = scan;
  noteNegated(scan);
  frame.commandStart = false;
  scan.closed = false;
  if (text[at + 1] === '(' && !scan.plain.has(at)) return scanSubstitution(scan);
  if (text.startsWith('<<', at) && text[at + 2] !== '<') return scanHeredocOperator(scan);
  const longer = text.startsWith('<<<', at) ? '<<<' : text.startsWith('<>', at) ? '<>' : undefined;
  if (!longer) return keep(scan, lengthAt(scan, redirect) || 1);
  scan.here.set(at, { operator: longer });
  keep(scan, 1);
  skip(scan, longer.length - 1);
}

function scanControl(scan: Scan, frame: Frame): void {
  const { at } = scan;
  scan.closed = false;
  const redirects = scan.text.startsWith('&>', scan.at);
  const operator = matchAt(scan, redirects ? redirect : control) ?? ';';
  // The `;` of a newline and `;;` would be read as `;;` and `;`.
  if (operator.startsWith(';') && scan.text[scan.at - 1] === '\n')
    blank(scan, scan.at - 1, scan.at);
  keep(scan, operator.length);
  if (redirects) {
    frame.commandStart = false;
    noteNegated(scan, at);
    return;
  }
  frame.commandStart = true;
  if (frame.cases > 0 && operator.length > 1 && operator.startsWith(';')) frame.pattern = true;
}

/** `(` opens a subshell, an array, arithmetic, or the parameters of a function. */
function scanOpening(scan: Scan, frame: Frame): void {
  const { text, at } = scan;
  const before = at > scan.from && scan.out[at - 1 - scan.from] === 0x77 ? text[at - 1] : '';
  noteNegated(scan);
  scan.closed = false;
  if (frame.pattern) return keep(scan, 1);
  if (scan.plain.get(at)) return skip(scan, 1);
  if (before === '=') return void open(scan, 'array', 1);
  // The patterns of `shopt -s extglob`; a function's name may end so too, but nobody's does.
  if (before !== '' && '?*+@!'.includes(before ?? ' ')) return void open(scan, 'array', 1);
  if (text[at + 1] === '(' && !scan.plain.has(at)) {
    if (frame.clause === 'variable') return scanForHead(scan, frame);
    if (frame.commandStart) {
      frame.commandStart = false;
      return void open(scan, 'arithmetic', 2);
    }
  }
  if (!open(scan, 'code', 1, { inWord: false })) return;
  scan.at = at;
  keep(scan, 1);
}

/** `for ((a; b; c))`: the grammar needs the parentheses and the semicolons. */
function scanForHead(scan: Scan, frame: Frame): void {
  frame.clause = 'none';
  frame.commandStart = true;
  const at = scan.at;
  const head = open(scan, 'arithmetic', 2);
  if (!head) return;
  head.head = true;
  scan.at = at;
  keep(scan, 2);
}

function scanClosing(scan: Scan, frame: Frame): void {
  const started = !frame.commandStart;
  frame.commandStart = true;
  if (frame.cases > 0) {
    frame.pattern = false;
    scan.closed = false;
    return keep(scan, 1);
  }
  if (scan.frames.length === 1) {
    markPlain(scan, scan.at, 'the parenthesis was never opened');
    skip(scan, 1);
    if (started) scan.out[scan.at - 1 - scan.from] = 0x3b;
    return;
  }
  const empty = scan.text.slice(Math.max(frame.opened, scan.at - 8), scan.at).trim() === '(';
  scan.out[scan.at - scan.from] = 0x29;
  close(scan, 1);
  const outer = scan.frames.at(-1);
  if (outer) outer.commandStart = !frame.inWord;
  // The parentheses of `name()` are empty; a newline may follow.
  scan.closed = !frame.inWord && !empty;
  // In `$(cat <<EOF)` the body comes after the line of what holds the substitution.
  for (let at = scan.pending.length - 1; at >= 0; at -= 1) {
    const waiting = scan.pending[at];
    if (!waiting || waiting.owner < scan.frames.length) break;
    waiting.owner = lineOwner(scan);
  }
  if (frame.inWord) scan.wordPart = scan.at;
  // The grammar takes `$((a) | b)` for arithmetic and `esac)b` for a pattern: hidden here, they are
  // read as scripts of their own.
  const confuses = /^\$\(\(|esac\)$/.test(
    scan.text.slice(frame.opened, frame.opened + 3) + scan.text.slice(scan.at - 5, scan.at),
  );
  if (frame.inWord && confuses) {
    scan.out.fill(0x77, frame.opened - scan.from, scan.at - scan.from);
  }
}

function scanWord(scan: Scan, frame: Frame): void {
  if (scan.text.startsWith('\\\n', scan.at)) return scanContinuation(scan);
  if (atWordStart(scan)) {
    const remark = lengthAt(scan, comment) || lengthAt(scan, namedDescriptor);
    if (remark > 0) return skip(scan, remark);
    const digits = lengthAt(scan, descriptor);
    if (digits > 0) {
      noteNegated(scan);
      return keep(scan, digits);
    }
    if (scanReserved(scan, frame)) return;
    noteNegated(scan);
    scan.closed = false;
  }
  frame.commandStart = false;
  if (scanQuoting(scan, frame)) return;
  scan.at += lengthAt(scan, wordRun) || 1;
}

function atWordStart(scan: Scan): boolean {
  if (scan.at === scan.from) return true;
  return scan.at !== scan.wordPart && ' ;&|()<>'.includes(unitBefore(scan));
}

function unitBefore(scan: Scan): string {
  return String.fromCharCode(scan.out[scan.at - 1 - scan.from] ?? 0x20);
}

/** A `\` at the end of a line (Bash manual 3.1.2.1) parts no words when it stands within one. */
function scanContinuation(scan: Scan): void {
  const next = scan.text[scan.at + 2] ?? ' ';
  if (atWordStart(scan) || ' \t\r\n;&|()<>'.includes(next)) {
    scan.out.fill(0x20, scan.at - scan.from, scan.at + 2 - scan.from);
  }
  scan.at += 2;
}

/** `!` negates the pipeline that starts at the next word; the grammar knows it before few things only. */
function noteNegated(scan: Scan, at = scan.at): void {
  if (scan.negation) scan.negated.add(at);
  scan.negation = false;
}

/** Reads the reserved word that starts here (Bash manual 3.2.1), if it is in the place of one. */
function scanReserved(scan: Scan, frame: Frame): boolean {
  if (frame.clause === 'body') {
    frame.clause = 'none';
    frame.commandStart = true;
  }
  if (frame.clause !== 'none') return scanClause(scan, frame);
  if (!frame.commandStart) return false;
  const time = frame.pattern ? 0 : lengthAt(scan, timed);
  if (time > 0) {
    skip(scan, time);
    return true;
  }
  const word = matchAt(scan, reserved);
  if (word === undefined || (frame.pattern && word !== 'esac')) return false;
  if (word === '!') {
    scan.negation = !scan.negation;
    skip(scan, 1);
    return true;
  }
  noteNegated(scan);
  if (word === '[[') return scanTestOpening(scan, frame);
  // `if (a) then b; fi`: Bash needs no separator there, the grammar does.
  if (scan.closed && closing.has(word) && unitBefore(scan) === ' ') {
    scan.out[scan.at - 1 - scan.from] = 0x3b;
  }
  keep(scan, word.length);
  scan.closed = closed.has(word);
  frame.commandStart = !['for', 'select', 'case', 'function'].includes(word);
  if (word === 'for' || word === 'select') frame.clause = 'variable';
  else if (word === 'case') frame.clause = 'subject';
  else if (word === 'function') frame.clause = 'name';
  else if (word === 'esac') {
    frame.cases = Math.max(0, frame.cases - 1);
    frame.pattern = false;
  }
  return true;
}

function scanTestOpening(scan: Scan, frame: Frame): boolean {
  if (scan.plain.has(scan.at)) return false;
  frame.commandStart = false;
  open(scan, 'test', 2);
  return true;
}

/**
 * Reads the words of `for name in`, `case subject in` and `function name`. Of these only `in` and
 * the `do` of `for name do` are reserved words, and only there.
 */
function scanClause(scan: Scan, frame: Frame): boolean {
  const clause = frame.clause;
  frame.clause = clauseAfter[clause];
  if (clause !== 'in' && clause !== 'of') return false;
  const word = matchAt(scan, clause === 'in' ? inOrDo : inOnly);
  if (word === undefined) return false;
  keep(scan, 2);
  frame.commandStart = clause === 'of' || word === 'do';
  if (clause === 'of') {
    frame.cases += 1;
    frame.pattern = true;
  }
  return true;
}
