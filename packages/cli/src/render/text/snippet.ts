import type { Location, SourceFile } from '@sallyport/core';

import type { Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';
import { showLine, type ShownLine } from './line.ts';

/** How many lines of a range over several lines are shown. */
const linesOfRange = 3;

/** How a snippet is laid out. */
export interface Layout {
  readonly style: Style;
  /** Columns of the line numbers. */
  readonly gutter: number;
  /** Columns for the source itself. */
  readonly width: number;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The quoted lines of one file with the places marked under them; in the order of the file. */
export function renderSnippet(
  file: SourceFile,
  places: readonly Location[],
  layout: Layout,
): string[] {
  const byLine = places.toSorted((a, b) => a.startLine - b.startLine || order(a) - order(b));
  const rows: string[] = [];
  let last: number | undefined;
  for (const [index, place] of byLine.entries()) {
    const text = lineText(file, place.startLine);
    if (text === undefined) continue;
    if (place.startLine !== last) {
      rows.push(...gap(file, last, place.startLine, layout));
      const shown = showLine(text, placeOn(text, place), layout.width);
      const here = byLine.filter((one) => one.startLine === place.startLine);
      rows.push(
        sourceRow(place.startLine, shown.text, layout),
        ...here.map((one) => markRow(text, shown, one, layout)),
      );
      last = place.startLine;
    }
    const next = byLine[index + 1]?.startLine ?? Infinity;
    const through = Math.min(lastLineOf(place), place.startLine + linesOfRange - 1, next - 1);
    for (let line = last + 1; line <= through; line += 1) {
      rows.push(plainRow(file, line, layout));
      last = line;
    }
    if (lastLineOf(place) > last && next > last + 1) rows.push(layout.style('gutter', '...'));
  }
  return rows;
}

/** Columns that the largest line number takes. */
export function gutterOf(places: readonly Location[]): number {
  return String(
    Math.max(
      1,
      ...places.map((place) => Math.min(lastLineOf(place), place.startLine + linesOfRange - 1)),
    ),
  ).length;
}

/** An empty row of the gutter. */
export function emptyRow({ style, gutter }: Layout): string {
  return `${' '.repeat(gutter)} ${style('gutter', '|')}`;
}

/** Lines that are left out are shown by dots, a single one is shown itself. */
function gap(file: SourceFile, last: number | undefined, next: number, layout: Layout): string[] {
  if (last === undefined || next <= last + 1) return [];
  return next === last + 2 ? [plainRow(file, last + 1, layout)] : [layout.style('gutter', '...')];
}

function plainRow(file: SourceFile, line: number, layout: Layout): string {
  const text = lineText(file, line) ?? '';
  return sourceRow(line, showLine(text, { start: 0, end: 0 }, layout.width).text, layout);
}

function sourceRow(line: number, text: string, { style, gutter }: Layout): string {
  return `${style('gutter', `${String(line).padStart(gutter)} |`)} ${text}`.trimEnd();
}

function markRow(text: string, shown: ShownLine, place: Location, layout: Layout): string {
  const primary = place.role === 'primary';
  const { start, end } = placeOn(text, place);
  const from = shown.column(start);
  const mark = (primary ? '^' : '-').repeat(Math.max(1, shown.column(end) - from));
  const label = [mark, printable(place.label)].join(' ').trimEnd();
  return `${emptyRow(layout)} ${' '.repeat(from)}${layout.style(primary ? 'error' : 'related', label)}`;
}

/** The part of a line that a place marks: blanks at its edges are not underlined. */
function placeOn(text: string, { startLine, startColumn, endLine, endColumn }: Location): Place {
  const indent = text.length - text.trimStart().length;
  const start = Math.max(startColumn - 1, Math.min(indent, text.length));
  const end = endLine > startLine ? text.trimEnd().length : endColumn - 1;
  return { start, end: Math.max(start + 1, end) };
}

/** A range that ends before the first column of a line does not reach it. */
function lastLineOf({ startLine, endLine, endColumn }: Location): number {
  return endColumn <= 1 ? Math.max(startLine, endLine - 1) : endLine;
}

function lineText(file: SourceFile, line: number): string | undefined {
  const range = file.lines.range(line);
  return range && file.text.slice(range.start, range.end);
}

function order(place: Location): number {
  return place.role === 'primary' ? 0 : 1;
}
