import type { Range } from './range.ts';

/** Replaces the text of a range; an empty range inserts. */
export interface TextEdit extends Range {
  readonly text: string;
}

/** Two edits want the same place; `first` and `second` are in the order of the file. */
export interface EditConflict {
  readonly first: TextEdit;
  readonly second: TextEdit;
}

/**
 * The first pair of edits that cannot both be made: their ranges overlap, or one inserts inside the
 * other. Two equal edits are no conflict (they are made once).
 */
export function findConflict(edits: readonly TextEdit[]): EditConflict | undefined {
  const ordered = normalise(edits);
  for (let i = 1; i < ordered.length; i += 1) {
    const first = ordered[i - 1];
    const second = ordered[i];
    if (first && second && second.start < first.end) return { first, second };
  }
  return undefined;
}

/**
 * Makes all edits at once; every character outside their ranges stays as it was. Equal edits count
 * once; several insertions at one place keep their order. Throws a RangeError when edits overlap:
 * callers ask {@link findConflict} first.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const conflict = findConflict(edits);
  if (conflict) throw new RangeError(`edits overlap at offset ${conflict.second.start}`);
  let out = '';
  let at = 0;
  for (const edit of normalise(edits)) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}

function normalise(edits: readonly TextEdit[]): TextEdit[] {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .toSorted((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
    .map(({ edit }) => edit);
  return ordered.filter(
    (edit, i) =>
      !ordered
        .slice(0, i)
        .some(
          (other) =>
            other.start === edit.start && other.end === edit.end && other.text === edit.text,
        ),
  );
}
