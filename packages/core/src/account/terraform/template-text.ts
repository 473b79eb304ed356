import type { DocumentNode, TemplatePiece } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import { shorten, templateOf, textNode } from '../document/access.ts';
import type { HclNode } from './engine.ts';
import { isNullNode } from './operators.ts';

/** What texts ask of the expression that they stand in. */
interface Around {
  text(node: { readonly start: number; readonly end: number }): string;
  range(node: { readonly start: number; readonly end: number }): Range;
  interpolation(node: HclNode): DocumentNode;
}

/** A quoted string, with its interpolations; directives (`%{ if }`) become holes. */
export function quotedText(node: HclNode, around: Around): DocumentNode {
  const pieces: TemplatePiece[] = [];
  const parts = node.children.slice(1, -1);
  let at = node.start + 1;
  for (const part of parts) {
    if (part.kind === 'template_literal') continue;
    pieces.push(unescape(around.text({ start: at, end: part.start }), true), ...hole(part, around));
    at = part.end;
  }
  pieces.push(unescape(around.text({ start: at, end: node.end - 1 }), true));
  return textNode(pieces, around.range(node));
}

/**
 * A heredoc and where its characters stand; the grammar leaves out blanks, so its text is taken from
 * the source (https://developer.hashicorp.com/terraform/language/expressions/strings#heredoc-strings).
 */
export function heredocText(
  node: HclNode,
  around: Around,
): { readonly node: DocumentNode; readonly place: (offset: number) => number } {
  const [intro, name] = node.children;
  const source = around.text(node);
  const first = source.indexOf('\n') + 1;
  // The closing name stands alone on its line.
  const last = Math.max(source.lastIndexOf('\n') + 1, first);
  const body: Range = { start: node.start + first, end: node.start + last };
  const indented = intro && around.text(intro) === '<<-';
  const indent = indented ? smallestIndent(source.slice(first, last)) : 0;
  const builder = new HeredocBuilder(indent, body.start);
  let at = body.start;
  for (const part of node.children) {
    const isText =
      part === intro ||
      part === name ||
      part.kind === 'heredoc_identifier' ||
      part.kind === 'template_literal';
    if (isText || part.start < at) continue;
    builder.literal(around.text({ start: at, end: part.start }), at);
    for (const piece of hole(part, around)) builder.push(piece, part.start);
    at = part.end;
  }
  if (at < body.end) builder.literal(around.text({ start: at, end: body.end }), at);
  return {
    node: textNode(builder.pieces, around.range(node)),
    place: (offset) => builder.place(offset),
  };
}

/** Collects the text of a heredoc, its indentation taken off. */
class HeredocBuilder {
  readonly pieces: TemplatePiece[] = [];
  readonly #indent: number;
  readonly #start: number;
  readonly #segments: { readonly plain: number; readonly at: number }[] = [];
  #length = 0;

  constructor(indent: number, start: number) {
    this.#indent = indent;
    this.#start = start;
  }

  /** Adds source text; `at` is its offset in the file. */
  literal(source: string, at: number): void {
    let from = 0;
    while (from < source.length) {
      const newline = source.indexOf('\n', from);
      const end = newline === -1 ? source.length : newline + 1;
      const starts = at === this.#start || from > 0;
      const skipped = starts ? blanks(source.slice(from, Math.min(end, from + this.#indent))) : 0;
      this.push(unescape(source.slice(from + skipped, end), false), at + from + skipped);
      from = end;
    }
  }

  push(piece: TemplatePiece, at: number): void {
    this.#segments.push({ plain: this.#length, at });
    this.pieces.push(piece);
    if (typeof piece === 'string') this.#length += piece.length;
  }

  place(offset: number): number {
    let low = 0;
    for (let high = this.#segments.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if ((this.#segments[middle]?.plain ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const segment = this.#segments[low];
    return segment ? segment.at + offset - segment.plain : 0;
  }
}

function blanks(text: string): number {
  return /^[ \t]*/.exec(text)?.[0].length ?? 0;
}

function smallestIndent(text: string): number {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.reduce((least, line) => Math.min(least, blanks(line)), lines.length > 0 ? 1000 : 0);
}

function hole(part: HclNode, around: Around): readonly TemplatePiece[] {
  if (part.kind === 'template_interpolation') {
    const value = around.interpolation(part);
    const pieces = isNullNode(value) ? undefined : templateOf(value);
    if (pieces) return pieces;
  }
  return [{ hole: shorten(around.text(part)) }];
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
};

/** `$${` is `${`; quoted strings know the escapes of Go besides. */
function unescape(text: string, quoted: boolean): string {
  const plain = text.replaceAll('$${', '${').replaceAll('%%{', '%{');
  if (!quoted || !plain.includes('\\')) return plain;
  return plain.replaceAll(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g,
    (all: string, four?: string, eight?: string, letter = '') => {
      const code = Number.parseInt(four ?? eight ?? '', 16);
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : all;
      return escapes[String(letter)] ?? all;
    },
  );
}
