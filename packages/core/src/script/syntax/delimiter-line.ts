import type { PendingHeredoc } from './scan.ts';

/** A delimiter's line, without the newline. */
export interface DelimiterLine {
  readonly start: number;
  readonly end: number;
  /** Whether Bash would not take it for one, as blanks stand around the delimiter. */
  readonly blanks?: true;
}

const maximumSearches = 8;

type LineIndex = ReadonlyMap<string, readonly DelimiterLine[]>;

/**
 * The lines of a script by their text.
 * ATTACKER: searching the rest of the script for every delimiter would be quadratic.
 */
export class DelimiterLines {
  readonly #text: string;
  #searches = 0;
  #exact: LineIndex | undefined;
  #tabs: LineIndex | undefined;
  #closed: LineIndex | undefined;
  #trimmed: LineIndex | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first line of `from` … `limit` that ends the document, else one that nearly does. */
  find(heredoc: PendingHeredoc, from: number, limit: number): DelimiterLine | undefined {
    const line = this.#find(heredoc, from);
    return line && line.end <= limit ? line : undefined;
  }

  #find(heredoc: PendingHeredoc, from: number): DelimiterLine | undefined {
    const { delimiter } = heredoc;
    const line = heredoc.here.operator === '<<' ? this.#search(delimiter, from) : undefined;
    if (line) return line;
    this.#exact ??= this.#indexBy((line) => line);
    const exact = first(this.#exact.get(delimiter), from);
    if (heredoc.here.operator === '<<-') {
      this.#tabs ??= this.#indexBy((line) => line.replace(/^\t+/, ''));
      return first(this.#tabs.get(delimiter), from) ?? this.#nearly(delimiter, from);
    }
    return exact ?? this.#nearly(delimiter, from);
  }

  /** Looks for a whole line from the start of another one; most scripts have few documents. */
  #search(delimiter: string, from: number): DelimiterLine | undefined {
    // ATTACKER: every search reads the rest of the script, so only the first ones are made.
    const early = from > 0 && this.#searches < maximumSearches && !/[\r\n]/.test(delimiter);
    if (!early) return undefined;
    this.#searches += 1;
    const text = this.#text;
    const wanted = `\n${delimiter}`;
    for (let at = text.indexOf(wanted, from - 1); at !== -1; at = text.indexOf(wanted, at + 1)) {
      const behind = at + wanted.length;
      const end = text[behind] === '\r' ? behind + 1 : behind;
      if (text[end] === '\n' || end === text.length) return { start: at + 1, end };
    }
    return undefined;
  }

  #nearly(delimiter: string, from: number): DelimiterLine | undefined {
    // Older versions of Bash end the document of `$(cat <<EOF` at `EOF)` too, and people use it.
    this.#closed ??= this.#indexBy((line) => /^\t*([^)]*)\)/.exec(line)?.[1], true);
    const closed = first(this.#closed.get(delimiter), from);
    if (closed) return closed;
    this.#trimmed ??= this.#indexBy((line) => line.trim());
    const trimmed = first(this.#trimmed.get(delimiter), from);
    return trimmed && { ...trimmed, blanks: true };
  }

  /** Indexes the lines by a key; with `upToParenthesis` they end before their first `)`. */
  #indexBy(key: (line: string) => string | undefined, upToParenthesis = false): LineIndex {
    const index = new Map<string, DelimiterLine[]>();
    for (let start = 0; start <= this.#text.length;) {
      const newline = this.#text.indexOf('\n', start);
      const end = newline === -1 ? this.#text.length : newline;
      const line = this.#text.slice(start, this.#text[end - 1] === '\r' ? end - 1 : end);
      const found = key(line);
      const parenthesis = upToParenthesis ? start + line.indexOf(')') : end;
      if (found !== undefined) add(index, found, { start, end: parenthesis });
      start = end + 1;
    }
    return index;
  }
}

function add(lines: Map<string, DelimiterLine[]>, key: string, line: DelimiterLine): void {
  const known = lines.get(key);
  if (known) known.push(line);
  else lines.set(key, [line]);
}

function first(
  lines: readonly DelimiterLine[] | undefined,
  from: number,
): DelimiterLine | undefined {
  let low = 0;
  let high = lines?.length ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines?.[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return lines?.[low];
}
