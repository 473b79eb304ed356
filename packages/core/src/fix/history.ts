import type { Location } from '../finding/finding.ts';
import type { TextEdit } from '../text/edit.ts';
import type { SourceFile } from '../text/source.ts';

/**
 * Remembers the edits of each round, so that a place in the text of a later round can be told in the
 * text that the user has.
 */
export class EditHistory {
  readonly #originals: ReadonlyMap<string, SourceFile>;
  readonly #rounds = new Map<string, (readonly TextEdit[])[]>();

  constructor(files: readonly SourceFile[]) {
    this.#originals = new Map(files.map((file) => [file.path, file]));
  }

  /** Notes the edits that one round made in a file. */
  record(path: string, edits: readonly TextEdit[]): void {
    const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
    this.#rounds.set(path, [...(this.#rounds.get(path) ?? []), ordered]);
  }

  /** A place of the present text as it stands in the original one; inserted text counts as where it went in. */
  original(location: Location, present: SourceFile | undefined): Location {
    const file = this.#originals.get(location.file);
    const rounds = this.#rounds.get(location.file);
    if (!file || !present || !rounds) return location;
    const back = (line: number, column: number): { line: number; column: number } => {
      const start = present.lines.range(line)?.start ?? present.text.length;
      const offset = rounds.reduceRight((at, edits) => before(at, edits), start + column - 1);
      return file.lines.position(offset);
    };
    const start = back(location.startLine, location.startColumn);
    const end = back(location.endLine, location.endColumn);
    return {
      ...location,
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  }
}

/** The offset before a round of edits that an offset after it came from. */
function before(offset: number, edits: readonly TextEdit[]): number {
  let shift = 0;
  let last: TextEdit | undefined;
  for (const edit of edits) {
    // Equal edits of two fixes are made once.
    if (last && last.start === edit.start && last.end === edit.end && last.text === edit.text)
      continue;
    last = edit;
    const start = edit.start + shift;
    if (offset < start) break;
    if (offset < start + edit.text.length) return Math.min(edit.start + (offset - start), edit.end);
    shift += edit.text.length - (edit.end - edit.start);
  }
  return offset - shift;
}
