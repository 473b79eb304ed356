import type { ShellPart, ShellWord } from '../shell.ts';
import { wordOf } from '../subword.ts';
import { ansiText } from './ansi-text.ts';
import { expressionUnit } from './mask.ts';
import { arithmeticNames, parseParameter } from './parameter.ts';
import type { Place, Reader } from './reader.ts';

type PartQuote = 'none' | 'single' | 'double';

/** How a stretch is read: `heredoc` is like double quotes but for the quote itself. */
type Mode = 'none' | 'double' | 'heredoc';

/** The parts of a word as they come. */
interface Sink {
  readonly parts: ShellPart[];
  text: string;
  /** Whether a glob, a brace expansion or a tilde changes the text. */
  glob: boolean;
  /** The text part that further text may go on with. */
  open: { kind: 'text'; text: string; start: number; end: number; quote: PartQuote } | undefined;
  /** Whether tabs at the start of a line are left out (`<<-`). */
  readonly stripTabs: boolean;
}

const plainWord = /^[\w./:=@%+,-]+$/;
const run = /[^\\'"$`*?[{~<>\t\uE000]+/y;
const variable = /\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])/y;
const braces = /\{[^\s{}]*(?:,|\.\.)[^\s{}]*\}/;

/** Reads the word of a range (Bash manual 3.1.2, 3.5). In the value of an assignment nothing globs. */
export function readWord(
  reader: Reader,
  start: number,
  end: number,
  place: Place,
  use: 'word' | 'value' = 'word',
): ShellWord {
  const raw = reader.text.slice(start, end);
  if (plainWord.test(raw)) {
    const text = reader.source.slice(start, end);
    const parts = [{ kind: 'text', text, start, end, quote: 'none' }] as const;
    return { text, parts, literal: true, quote: 'none', start, end };
  }
  const sink = newSink(false);
  readParts(reader, start, end, 'none', place, sink);
  sink.glob = use === 'word' ? sink.glob || hasBraces(reader, start, raw) : raw.startsWith('~');
  return wordOf(start, end, sink.parts, sink.glob, sink.text);
}

/** Whether a brace expansion (Bash manual 3.5.1) changes a word; its braces and comma are unquoted. */
function hasBraces(reader: Reader, start: number, raw: string): boolean {
  if (!raw.includes('{') || !raw.includes('}')) return false;
  let unquoted = '';
  for (let at = 0; at < raw.length;) {
    const close = reader.closings.get(start + at);
    const skipped = close === undefined ? (raw[at] === '\\' ? 2 : 0) : close - start - at;
    unquoted += skipped > 0 ? 'q' : (raw[at] ?? '');
    at += Math.max(1, skipped);
  }
  return braces.test(unquoted);
}

/** Reads the body of a here-document that is expanded. */
export function readHeredocParts(
  reader: Reader,
  start: number,
  end: number,
  place: Place,
  stripTabs: boolean,
): { readonly text: string; readonly parts: readonly ShellPart[] } {
  const sink = newSink(stripTabs);
  readParts(reader, start, end, 'heredoc', place, sink);
  return sink;
}

/** Reads a stretch in which only `${{ }}` means something. */
export function readPlainParts(
  reader: Reader,
  start: number,
  end: number,
): { readonly text: string; readonly parts: readonly ShellPart[] } {
  const sink = newSink(false);
  readPlain(reader, start, end, 'single', sink);
  return sink;
}

function newSink(stripTabs: boolean): Sink {
  return { parts: [], text: '', glob: false, open: undefined, stripTabs };
}

function addText(sink: Sink, text: string, start: number, end: number, quote: PartQuote): void {
  sink.text += text;
  if (sink.open?.quote === quote && sink.open.end === start) {
    sink.open.text += text;
    sink.open.end = end;
    return;
  }
  sink.open = { kind: 'text', text, start, end, quote };
  sink.parts.push(sink.open);
}

function addPart(reader: Reader, sink: Sink, part: ShellPart): void {
  sink.text += reader.source.slice(part.start, part.end);
  sink.parts.push(part);
  sink.open = undefined;
}

function addExpression(reader: Reader, sink: Sink, at: number, quote: PartQuote): number {
  const index = reader.mask.starts.get(at) ?? 0;
  const end = reader.mask.expressions[index]?.end ?? at + 1;
  addPart(reader, sink, { kind: 'expression', index, start: at, end, quote });
  return end;
}

function readPlain(reader: Reader, from: number, to: number, quote: PartQuote, sink: Sink): void {
  const text = reader.text.slice(0, to);
  if (from === to) addText(sink, '', from, to, quote);
  for (let at = from; at < to;) {
    if (text[at] === expressionUnit) {
      at = addExpression(reader, sink, at, quote);
      continue;
    }
    const next = text.indexOf(expressionUnit, at);
    const end = next === -1 ? to : next;
    addText(sink, reader.source.slice(at, end), at, end, quote);
    at = end;
  }
}

function readParts(
  reader: Reader,
  from: number,
  to: number,
  mode: Mode,
  place: Place,
  sink: Sink,
): void {
  // ATTACKER: cut, so that no pattern runs on behind the word; that would be quadratic.
  const text = reader.text.slice(0, to);
  const quote = mode === 'none' ? 'none' : 'double';
  if (from === to && mode === 'double') addText(sink, '', from, to, quote);
  for (let at = from; at < to;) {
    run.lastIndex = at;
    const length = run.exec(text)?.[0].length ?? 0;
    if (length > 0) {
      addText(sink, reader.source.slice(at, at + length), at, at + length, quote);
      at += length;
    } else {
      at = readSpecial(reader, text, at, mode, place, sink);
    }
  }
}

/** Reads what starts with a unit that may mean something; gives the offset behind it. */
function readSpecial(
  reader: Reader,
  text: string,
  at: number,
  mode: Mode,
  place: Place,
  sink: Sink,
): number {
  const quote = mode === 'none' ? 'none' : 'double';
  const close = reader.closings.get(at) ?? -1;
  const unit = text[at] ?? '';
  const closed = close > at && close <= text.length;
  switch (unit) {
    case expressionUnit:
      return addExpression(reader, sink, at, quote);
    case '\\':
      return readEscape(text, at, mode, sink);
    case "'":
      if (mode !== 'none' || !closed) break;
      readPlain(reader, at + 1, close - 1, 'single', sink);
      return close;
    case '"':
      if (mode === 'heredoc' || !closed) break;
      readParts(reader, at + 1, close - 1, 'double', place, sink);
      return close;
    case '$':
    case '`':
      return readDollar(reader, text, at, mode, place, sink);
    case '<':
    case '>':
      if (mode !== 'none' || !closed) break;
      return readSubstitution(reader, at, close, quote, place, sink);
    case '\t':
      if (!sink.stripTabs || (text[at - 1] !== '\n' && text[at - 1] !== '\t')) break;
      if (sink.text === '' || sink.text.endsWith('\n')) return at + 1;
      break;
    case '~':
      if (mode === 'none' && sink.text === '') sink.glob = true;
      break;
    case '*':
    case '?':
      if (mode === 'none') sink.glob = true;
      break;
    case '[':
      // The commands `[` and `[[` are no patterns.
      if (mode === 'none' && text.includes(']', at)) sink.glob = true;
      break;
    default:
      break;
  }
  addText(sink, unit, at, at + 1, quote);
  return at + 1;
}

function readEscape(text: string, at: number, mode: Mode, sink: Sink): number {
  const quote = mode === 'none' ? 'none' : 'double';
  const next = text[at + 1];
  if (next === '\n') {
    if (sink.open) sink.open.end = at + 2;
    return at + 2;
  }
  const escapes =
    mode === 'none' ? true : (mode === 'double' ? '$`"\\' : '$`\\').includes(next ?? ' ');
  const kept = next === undefined || next === expressionUnit || !escapes;
  addText(sink, kept ? '\\' : next, at, at + (kept ? 1 : 2), quote);
  return at + (kept ? 1 : 2);
}

function readDollar(
  reader: Reader,
  text: string,
  at: number,
  mode: Mode,
  place: Place,
  sink: Sink,
): number {
  const quote = mode === 'none' ? 'none' : 'double';
  const end = reader.closings.get(at) ?? -1;
  if (end > at && end <= text.length) {
    if (text[at] === '`') return readSubstitution(reader, at, end, quote, place, sink);
    if (text[at + 1] === '{') return readBraces(reader, at, end, mode, place, sink);
    if (text[at + 1] === "'") {
      addText(sink, ansiText(reader.source.slice(at + 2, end - 1)), at + 2, end - 1, 'single');
      return end;
    }
    if (!reader.arithmetic.has(at)) return readSubstitution(reader, at, end, quote, place, sink);
    const inner = readArithmetic(reader, at + 3, end - 2, place);
    addPart(reader, sink, { kind: 'arithmetic', text: inner, start: at, end, quote });
    return end;
  }
  // `$"…"` is translated text: the same as `"…"`.
  if (mode === 'none' && text[at + 1] === '"' && reader.closings.has(at + 1)) return at + 1;
  variable.lastIndex = at;
  const name = variable.exec(text)?.[0].slice(1);
  if (name === undefined) {
    addText(sink, text[at] ?? '', at, at + 1, quote);
    return at + 1;
  }
  const behind = at + 1 + name.length;
  addPart(reader, sink, { kind: 'variable', name, start: at, end: behind, quote });
  noteUse(reader, { name, start: at, end: behind, quote }, place);
  return behind;
}

function noteUse(
  reader: Reader,
  use: { name: string; start: number; end: number; quote: PartQuote; operator?: string },
  place: Place,
): void {
  const { command } = place;
  if (command === undefined) reader.variables.push(use);
  else reader.variables.push(Object.assign(use, { command }));
}

function readSubstitution(
  reader: Reader,
  at: number,
  end: number,
  quote: PartQuote,
  place: Place,
  sink: Sink,
): number {
  const form = reader.text[at] === '<' ? 'input' : reader.text[at] === '>' ? 'output' : 'command';
  const inside: Place =
    form === 'command' ? place : { ...place, enclosing: { ...place.enclosing, kind: 'process' } };
  const commands = reader.substitute(at, inside);
  addPart(reader, sink, { kind: 'substitution', commands, form, start: at, end, quote });
  return end;
}

/** Reads `${ }` with the word behind its operator. */
function readBraces(
  reader: Reader,
  at: number,
  end: number,
  mode: Mode,
  place: Place,
  sink: Sink,
): number {
  const quote = mode === 'none' ? 'none' : 'double';
  const pieces = parseParameter(reader.text.slice(0, end), at);
  if (!pieces) {
    sink.glob = true;
    addText(sink, reader.source.slice(at, end), at, end, quote);
    return end;
  }
  const name = reader.source.slice(pieces.name.start, pieces.name.end);
  const operator = pieces.operator === undefined ? {} : { operator: pieces.operator };
  noteUse(reader, { name, ...operator, start: at, end, quote }, place);
  if (pieces.subscript) {
    readParts(
      reader,
      pieces.subscript.start,
      pieces.subscript.end,
      'double',
      place,
      newSink(false),
    );
  }
  const operand = pieces.operand && readOperand(reader, pieces.operand, mode, place);
  if (operand && (operator.operator === ':=' || operator.operator === '=')) {
    const command = place.command === undefined ? {} : { command: place.command };
    const rest = { exported: false, append: false, scope: 'script', origin: 'default' } as const;
    reader.assignments.push({ name, value: operand, ...rest, ...command, start: at, end });
  }
  const word = operand ? { operand } : {};
  addPart(reader, sink, { kind: 'variable', name, ...operator, ...word, start: at, end, quote });
  return end;
}

function readOperand(
  reader: Reader,
  range: { readonly start: number; readonly end: number },
  mode: Mode,
  place: Place,
): ShellWord {
  const sink = newSink(false);
  const inner = mode === 'none' ? 'none' : 'double';
  if (range.start < range.end) readParts(reader, range.start, range.end, inner, place, sink);
  return wordOf(range.start, range.end, sink.parts, false, sink.text);
}

/** Reads the variables and substitutions of an arithmetic expression, and gives its text. */
export function readArithmetic(reader: Reader, from: number, end: number, place: Place): string {
  readParts(reader, from, end, 'double', place, newSink(false));
  for (const range of arithmeticNames(reader.text.slice(0, end), from, end, reader.closings)) {
    const name = reader.source.slice(range.start, range.end);
    noteUse(reader, { name, start: range.start, end: range.end, quote: 'none' }, place);
  }
  return reader.source.slice(from, end);
}
