import { readable, type Characters } from './characters.ts';
import { dead } from './letters.ts';
import type { Table } from './table.ts';

/**
 * The letters to try from a state of a variable: each that is named, and one of each class that is
 * not. All others of the class lead to the same states everywhere. The ones that read best come first.
 */
export function lettersToTry(
  table: Table,
  state: number,
  named: ReadonlySet<number>,
): { readonly code: number; readonly next: number }[] {
  const width = table.classes.length;
  const letters: { code: number; next: number }[] = [];
  for (let column = 0; column < width; column += 1) {
    const next = table.next[state * width + column] ?? dead;
    const set = table.classes[column];
    if (next === dead || set === undefined) continue;
    const plain = unnamed(set, named);
    if (plain !== undefined) letters.push({ code: plain, next });
    for (const code of named) if (table.classOf(code) === column) letters.push({ code, next });
  }
  return letters.toSorted((a, b) => rank(a.code) - rank(b.code));
}

/** The best-reading shortest text that leads from a state to acceptance. */
export function complete(table: Table, from: number): string {
  const width = table.classes.length;
  let state = from;
  let text = '';
  while ((table.distance[state] ?? 0) > 0) {
    const target = (table.distance[state] ?? 0) - 1;
    let best: { code: number; next: number } | undefined;
    for (let column = 0; column < width; column += 1) {
      const next = table.next[state * width + column] ?? dead;
      if (next === dead || table.distance[next] !== target) continue;
      const code = unnamed(table.classes[column] ?? [], new Set()) ?? 0;
      if (best === undefined || rank(code) < rank(best.code)) best = { code, next };
    }
    if (best === undefined) break;
    text += String.fromCodePoint(best.code);
    state = best.next;
  }
  return text;
}

interface Listing {
  readonly codes: number[];
  readonly more: Generator<number, void>;
}

const listings = new WeakMap<Characters, Listing>();

function unnamed(set: Characters, named: ReadonlySet<number>): number | undefined {
  let listing = listings.get(set);
  if (listing === undefined) {
    listing = { codes: [], more: readable(set) };
    listings.set(set, listing);
  }
  for (let index = 0; ; index += 1) {
    let code = listing.codes[index];
    if (code === undefined) {
      const next = listing.more.next();
      if (next.done === true) return undefined;
      code = next.value;
      listing.codes.push(code);
    }
    if (!named.has(code)) return code;
  }
}

/** Lower case before digits before upper case before the rest. */
function rank(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x30 && code <= 0x39) return code;
  return code + 0x100;
}
