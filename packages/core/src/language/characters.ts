/** A set of Unicode code points without surrogates: sorted ranges, both ends in, none touching the next. */
export type Characters = readonly (readonly [first: number, last: number])[];

const lowest = 0;
const highest = 0x10ffff;
const surrogates: Characters = [[0xd800, 0xdfff]];

/** Every character: a code point that is not half of a surrogate pair. */
export const anyCharacter: Characters = [
  [lowest, 0xd7ff],
  [0xe000, highest],
];

/** The characters of a text, each by itself: `listed('_.-')`. */
export function listed(text: string): Characters {
  return joined(...Array.from(text, (letter): Characters => [[codeOf(letter), codeOf(letter)]]));
}

/** The characters from one to another, both in: `range('a', 'z')`. */
export function range(first: string, last: string): Characters {
  return [[codeOf(first), codeOf(last)]];
}

/** What is in any of the sets. */
export function joined(...sets: readonly Characters[]): Characters {
  const sorted = sets.flat().toSorted((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [first, last] of sorted) {
    const previous = result.at(-1);
    if (previous !== undefined && first <= previous[1] + 1)
      previous[1] = Math.max(previous[1], last);
    else result.push([first, last]);
  }
  return result;
}

/** What is in the first set and in none of the others. */
export function without(set: Characters, ...others: readonly Characters[]): Characters {
  const removed = joined(...others);
  const result: [number, number][] = [];
  for (const [first, last] of set) {
    let from = first;
    for (const [start, end] of removed) {
      if (end < from || start > last) continue;
      if (start > from) result.push([from, start - 1]);
      from = end + 1;
    }
    if (from <= last) result.push([from, last]);
  }
  return result;
}

/** Whether a code point is in the set. */
export function holds(set: Characters, code: number): boolean {
  return set.some(([first, last]) => first <= code && code <= last);
}

/** The code point of a letter (a string of one character). */
export function codeOf(letter: string): number {
  return letter.codePointAt(0) ?? 0;
}

/** The code points of a text. */
export function codesOf(text: string): number[] {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    codes.push(code);
    if (code > 0xffff) at += 1;
  }
  return codes;
}

const preferred = Array.from(
  'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@+,=~!$%&#*?()[]{}<>|^`\'"\\; ',
  codeOf,
);
const controls: Characters = [
  [0, 0x1f],
  [0x7f, 0xa0],
];

/** The code points of a set, the ones that read best first: lower case, digits, upper case, the rest. */
export function* readable(set: Characters): Generator<number, void> {
  for (const code of preferred) if (holds(set, code)) yield code;
  const usual = joined(...preferred.map((code): Characters => [[code, code]]));
  const rest = without(set, usual, controls, surrogates);
  const odd = without(set, usual, surrogates, rest);
  for (const part of [rest, odd])
    for (const [first, last] of part) for (let code = first; code <= last; code += 1) yield code;
}

/** Cuts sets into the coarsest classes that each of them is a union of; what is in no set is in no class. */
export function classesOf(sets: readonly Characters[]): Characters[] {
  const events = new Map<number, { opened: number[]; closed: number[] }>();
  const at = (code: number): { opened: number[]; closed: number[] } => {
    const found = events.get(code) ?? { opened: [], closed: [] };
    events.set(code, found);
    return found;
  };
  for (const [index, set] of sets.entries())
    for (const [first, last] of set) {
      at(first).opened.push(index);
      at(last + 1).closed.push(index);
    }
  const classes = new Map<string, [number, number][]>();
  const open = new Set<number>();
  let from = 0;
  for (const [code, { opened, closed }] of [...events].toSorted((a, b) => a[0] - b[0])) {
    if (open.size > 0) {
      const key = [...open].toSorted((a, b) => a - b).join(',');
      const ranges = classes.get(key) ?? [];
      ranges.push([from, code - 1]);
      classes.set(key, ranges);
    }
    for (const index of closed) open.delete(index);
    for (const index of opened) open.add(index);
    from = code;
  }
  return [...classes.values()].map((ranges) => joined(ranges));
}
