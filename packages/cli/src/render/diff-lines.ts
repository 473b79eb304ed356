/** One line of a comparison, its line end included. */
export interface LineChange {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Edits beyond this are shown as one block: nobody reads them line by line. */
const maxDistance = 500;

/** The shortest way from one list of lines to another (Myers 1986, O(ND)). */
export function diffLines(before: readonly string[], after: readonly string[]): LineChange[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const rest = Math.min(before.length, after.length) - head;
  while (tail < rest && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return [
    ...same(before.slice(0, head)),
    ...myers(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

function same(lines: readonly string[]): LineChange[] {
  return lines.map((text) => ({ kind: 'same', text }));
}

function myers(a: readonly string[], b: readonly string[]): LineChange[] {
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let distance = 0; distance <= Math.min(a.length + b.length, maxDistance); distance += 1) {
    const next = new Map<number, number>(furthest);
    trace.push(furthest);
    for (let k = -distance; k <= distance; k += 2) {
      let x = comesFromAbove(furthest, k, distance)
        ? (furthest.get(k + 1) ?? 0)
        : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return backtrack(a, b, trace);
    }
    furthest = next;
  }
  return [
    ...a.map((text): LineChange => ({ kind: 'removed', text })),
    ...b.map((text): LineChange => ({ kind: 'added', text })),
  ];
}

function comesFromAbove(
  furthest: ReadonlyMap<number, number>,
  k: number,
  distance: number,
): boolean {
  return (
    k === -distance || (k !== distance && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1))
  );
}

function backtrack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): LineChange[] {
  const changes: LineChange[] = [];
  let [x, y] = [a.length, b.length];
  for (let distance = trace.length - 1; distance >= 0; distance -= 1) {
    const furthest = trace[distance] ?? new Map<number, number>();
    const k = x - y;
    const above = comesFromAbove(furthest, k, distance);
    const from = above ? k + 1 : k - 1;
    const fromX = distance === 0 ? 0 : (furthest.get(from) ?? 0);
    const fromY = distance === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      changes.push({ kind: 'same', text: a[x] ?? '' });
    }
    if (distance === 0) break;
    if (above) changes.push({ kind: 'added', text: b[(y -= 1)] ?? '' });
    else changes.push({ kind: 'removed', text: a[(x -= 1)] ?? '' });
  }
  return changes.toReversed();
}
