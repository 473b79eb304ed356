import { redact } from '../../audit/redact.ts';
import { printable } from '../../terminal/safe.ts';
import { displayWidth, graphemes } from '../../terminal/width.ts';

/** A piece of a source line: where it stands there, and what is printed for it. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly width: number;
}

/** A part of a source line that is ready to be printed, and where columns of the source are in it. */
export interface ShownLine {
  readonly text: string;
  /** Terminal columns from the left edge for an offset in the source line, kept inside the part. */
  column(offset: number): number;
}

/** ATTACKER: a line may be megabytes long; only this much around the place is looked at. */
const reach = 2000;
const tabWidth = 4;
const cut = '...';

/** Shows a source line around a place (offsets in the line), at most `width` columns of it. */
export function showLine(
  line: string,
  place: { start: number; end: number },
  width: number,
): ShownLine {
  const from = Math.max(0, place.start - reach);
  const cells = cellsOf(redact(line.slice(from, place.start + reach)), from);
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  const whole = from === 0 && place.start + reach >= line.length;
  if (whole && total <= width) return shown(cells, '', '');
  return windowOf(cells, place, width, {
    before: from > 0,
    after: place.start + reach < line.length,
  });
}

function windowOf(
  cells: readonly Cell[],
  place: { start: number; end: number },
  width: number,
  more: { before: boolean; after: boolean },
): ShownLine {
  const target = Math.max(
    0,
    cells.findIndex((cell) => cell.end > place.start),
  );
  const room = Math.max(20, width - 2 * cut.length);
  // A third of the room goes before the place: what follows a key is mostly what matters.
  let first = target;
  let used = 0;
  while (first > 0 && used + (cells[first - 1]?.width ?? 0) <= room / 3) {
    first -= 1;
    used += cells[first]?.width ?? 0;
  }
  let last = target;
  while (last < cells.length && used + (cells[last]?.width ?? 0) <= room) {
    used += cells[last]?.width ?? 0;
    last += 1;
  }
  while (first > 0 && used + (cells[first - 1]?.width ?? 0) <= room) {
    first -= 1;
    used += cells[first]?.width ?? 0;
  }
  return shown(
    cells.slice(first, last),
    first > 0 || more.before ? cut : '',
    last < cells.length || more.after ? cut : '',
  );
}

function shown(cells: readonly Cell[], before: string, after: string): ShownLine {
  return {
    text: (before + cells.map((cell) => cell.text).join('') + after).trimEnd(),
    column: (offset) =>
      cells.reduce(
        (column, cell) => (cell.end <= offset ? column + cell.width : column),
        before.length,
      ),
  };
}

function cellsOf(text: string, from: number): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const grapheme of graphemes(text)) {
    const cell = cellOf(grapheme.text, grapheme.width, column);
    const start = from + grapheme.start;
    cells.push({ start, end: start + grapheme.text.length, ...cell });
    column += cell.width;
  }
  return cells;
}

function cellOf(text: string, width: number, column: number): { text: string; width: number } {
  if (text === '\t') {
    const spaces = tabWidth - (column % tabWidth);
    return { text: ' '.repeat(spaces), width: spaces };
  }
  const safe = printable(text);
  return safe === text ? { text, width } : { text: safe, width: displayWidth(safe) };
}
