import type { Position, Range } from './range.ts';

/**
 * One input file as text. `path` is how people name it (relative to what they asked for, with `/`);
 * `text` has no byte order mark: `bom` remembers it, so that a rewritten file keeps it.
 */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly bom: boolean;
  readonly lines: LineMap;
}

/** Makes a {@link SourceFile} from decoded text; a leading U+FEFF is taken off and remembered. */
export function sourceFile(path: string, decoded: string): SourceFile {
  const bom = decoded.charCodeAt(0) === 0xfeff;
  const text = bom ? decoded.slice(1) : decoded;
  return { path, text, bom, lines: new LineMap(text) };
}

/** Offsets to lines and columns. The table of line starts is made at the first question. */
class LineMap {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Line and column of an offset; offsets past the end count as the end. */
  position(offset: number): Position {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const clamped = Math.min(Math.max(offset, 0), this.#text.length);
    return { line: low + 1, column: clamped - (starts[low] ?? 0) + 1 };
  }

  /** How many lines the text has; an empty text has one. */
  get count(): number {
    return this.#lineStarts().length;
  }

  /** The range of a line (from 1) without its line end; undefined when there is no such line. */
  range(line: number): Range | undefined {
    const starts = this.#lineStarts();
    const start = starts[line - 1];
    if (start === undefined) return undefined;
    let end = starts[line] ?? this.#text.length;
    if (this.#text[end - 1] === '\n' && end > start) end -= 1;
    if (this.#text[end - 1] === '\r' && end > start) end -= 1;
    return { start, end };
  }

  #lineStarts(): number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.#text.indexOf('\n'); at !== -1; at = this.#text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#starts = starts;
    return starts;
  }
}
