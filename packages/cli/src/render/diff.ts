import { redact } from '../audit/redact.ts';
import type { Style } from '../terminal/color.ts';
import { printable } from '../terminal/safe.ts';
import { diffLines, type LineChange } from './diff-lines.ts';

/** A file before and after. */
export interface FileChange {
  /** As people see it, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** How a diff is printed. */
export interface DiffOptions {
  readonly style: Style;
  /**
   * Whether it goes to a terminal or a log: then characters that these obey are shown instead. A diff
   * for a file or `git apply` must be exact.
   */
  readonly forPeople: boolean;
}

const context = 3;

/**
 * A unified diff as `git apply` takes it; empty when nothing changes.
 * ATTACKER: lines that are taken out may hold a key. It is masked in every form, so such a hunk does
 * not apply; run without `--diff` to make the change.
 */
export function unifiedDiff(
  { path, before, after }: FileChange,
  { style, forPeople }: DiffOptions,
): string {
  if (before === after) return '';
  const rows = diffLines(splitLines(before), splitLines(after));
  const show = (line: string): string =>
    forPeople ? printable(line.replace(/\r?\n$/, '')) : line.replace(/\n$/, '');
  const out = [
    style('strong', `--- ${quotePath(`a/${path}`)}`),
    style('strong', `+++ ${quotePath(`b/${path}`)}`),
  ];
  for (const hunk of hunksOf(rows)) {
    out.push(style('gutter', headerOf(hunk)));
    for (const { kind, text } of hunk.rows) {
      const sign = { same: ' ', removed: '-', added: '+' }[kind];
      const line = `${sign}${redact(show(text))}`;
      out.push(kind === 'same' ? line : style(kind, line));
      if (!text.endsWith('\n')) out.push('\\ No newline at end of file');
    }
  }
  return `${out.join('\n')}\n`;
}

interface Hunk {
  readonly rows: readonly LineChange[];
  /** Lines (from 0) before the hunk in the old and in the new text. */
  readonly oldStart: number;
  readonly newStart: number;
}

function hunksOf(rows: readonly LineChange[]): Hunk[] {
  const hunks: Hunk[] = [];
  const changed = rows.flatMap(({ kind }, index) => (kind === 'same' ? [] : [index]));
  let at = 0;
  let [oldStart, newStart] = [0, 0];
  const advance = (to: number): void => {
    for (; at < to; at += 1) {
      if (rows[at]?.kind !== 'added') oldStart += 1;
      if (rows[at]?.kind !== 'removed') newStart += 1;
    }
  };
  for (let i = 0; i < changed.length;) {
    const first = changed[i] ?? 0;
    // Changes whose contexts touch are one hunk.
    while (i + 1 < changed.length && (changed[i + 1] ?? 0) - (changed[i] ?? 0) <= 2 * context)
      i += 1;
    const last = changed[i] ?? 0;
    advance(Math.max(0, first - context));
    hunks.push({ rows: rows.slice(at, last + context + 1), oldStart, newStart });
    i += 1;
  }
  return hunks;
}

function headerOf({ rows, oldStart, newStart }: Hunk): string {
  const old = rows.filter(({ kind }) => kind !== 'added').length;
  const now = rows.filter(({ kind }) => kind !== 'removed').length;
  return `@@ -${rangeOf(oldStart, old)} +${rangeOf(newStart, now)} @@`;
}

/** An empty range names the line before it (POSIX diff, unified format). */
function rangeOf(start: number, length: number): string {
  const first = length === 0 ? start : start + 1;
  return length === 1 ? String(first) : `${first},${length}`;
}

function splitLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** Git's quoting for names with characters that would end or falsify a header line. */
function quotePath(path: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must be quoted
  if (!/["\\\u0000-\u001f\u007f-\uffff]/.test(path)) return path;
  const bytes = [...Buffer.from(path, 'utf8')].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : character;
  });
  return `"${bytes.join('')}"`;
}
