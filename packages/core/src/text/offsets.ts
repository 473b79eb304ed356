import type { YamlScalar } from './node.ts';

/**
 * Maps an index into a scalar's text to the offset in the file it came from. Exact for plain,
 * quoted, literal and folded scalars: characters other than blanks come in the order they are
 * written, so one walk over both finds each; inside a run of folded blanks the offset is that of the
 * run.
 */
export function offsetsOf(source: string, node: YamlScalar): (index: number) => number {
  if (isVerbatim(source, node)) {
    const first = node.style === 'plain' ? node.start : node.start + 1;
    return (index) => first + index;
  }
  if (node.style === 'literal') return literalOffsets(source, node);
  let table: number[] | undefined;
  return (index) => {
    table ??= align(source, node);
    return table[Math.max(0, Math.min(index, table.length - 1))] ?? node.start;
  };
}

function isVerbatim(source: string, node: YamlScalar): boolean {
  if (node.style === 'literal' || node.style === 'folded' || node.style === 'empty') return false;
  const quotes = node.style === 'plain' ? 0 : 2;
  if (node.end - node.start - quotes !== node.text.length) return false;
  return node.style === 'plain' || !source.slice(node.start, node.end).includes('\n');
}

function align(source: string, node: YamlScalar): number[] {
  const table: number[] = [];
  const quoted = node.style === 'single' || node.style === 'double';
  const end = quoted ? node.end - 1 : node.end;
  let at = quoted ? node.start + 1 : node.start;
  for (let i = 0; i < node.text.length; i += 1) {
    const wanted = node.text.charCodeAt(i);
    if (node.style === 'double') {
      while (source[at] === '\\' && (source[at + 1] === '\n' || source[at + 1] === '\r'))
        at = skipBlanks(source, at + 1, end);
    }
    if (node.style === 'double' && source[at] === '\\') {
      table.push(at);
      at += escapeLength(source, at);
      if (wanted >= 0xd800 && wanted < 0xdc00) {
        table.push(at);
        i += 1;
      }
      continue;
    }
    if (!isBlank(wanted)) {
      at = skipBlanks(source, at, end);
    } else if (!isBlank(source.charCodeAt(at))) {
      table.push(at);
      continue;
    }
    table.push(Math.min(at, end));
    at += node.style === 'single' && source[at] === "'" ? 2 : 1;
  }
  table.push(Math.min(at, end));
  return table;
}

/** Literal scalars keep their lines, so that a table of lines is enough. */
function literalOffsets(source: string, node: YamlScalar): (index: number) => number {
  let lines: LiteralLine[] | undefined;
  return (index) => {
    lines ??= literalLines(source, node);
    const wanted = Math.max(0, Math.min(index, node.text.length));
    let low = 0;
    for (let high = lines.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle]?.index ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    const line = lines[low];
    return line ? Math.min(line.at + wanted - line.index, node.end) : node.start;
  };
}

/** Where a line starts: in the scalar's text, and behind its indentation in the file. */
interface LiteralLine {
  readonly index: number;
  readonly at: number;
}

function literalLines(source: string, node: YamlScalar): LiteralLine[] {
  const indent = node.indent ?? 0;
  const lines: LiteralLine[] = [];
  let line = node.start;
  for (let index = 0; ;) {
    lines.push({ index, at: startOfContent(source, line, indent) });
    const newline = node.text.indexOf('\n', index);
    if (newline === -1) return lines;
    index = newline + 1;
    const next = source.indexOf('\n', line);
    line = next === -1 || next + 1 > node.end ? node.end : next + 1;
  }
}

function startOfContent(source: string, line: number, indent: number): number {
  let at = line;
  while (at < line + indent && source[at] === ' ') at += 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function skipBlanks(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(source.charCodeAt(at))) at += 1;
  return at;
}

/** Lengths of YAML 1.2's double-quoted escapes (https://yaml.org/spec/1.2.2/#57-escaped-characters). */
function escapeLength(source: string, at: number): number {
  const letter = source[at + 1];
  if (letter === 'x') return 4;
  if (letter === 'u') return 6;
  return letter === 'U' ? 10 : 2;
}
