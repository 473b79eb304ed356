import type { Segment } from './shape.ts';

/**
 * One order of reading for the variables of several fields, such that as few pairs as possible stand
 * the other way round in a field: none where the fields agree. Ties keep the order given.
 */
export function orderVariables(
  names: readonly string[],
  fields: Iterable<readonly Segment[]>,
): string[] {
  const before = new Map<string, Map<string, number>>();
  for (const segments of fields) {
    const seen = new Set<string>();
    for (const segment of segments) {
      if (segment.kind === 'literal' || seen.has(segment.name)) continue;
      const weights = before.get(segment.name) ?? new Map<string, number>();
      before.set(segment.name, weights);
      for (const name of seen) weights.set(name, (weights.get(name) ?? 0) + 1);
      seen.add(segment.name);
    }
  }
  const remaining = new Set(names);
  const order: string[] = [];
  while (remaining.size > 0) {
    let best: string | undefined;
    let least = Infinity;
    for (const name of remaining) {
      let weight = 0;
      for (const [other, count] of before.get(name) ?? [])
        if (remaining.has(other)) weight += count;
      if (weight < least) [best, least] = [name, weight];
    }
    if (best === undefined) break;
    remaining.delete(best);
    order.push(best);
  }
  return order;
}
