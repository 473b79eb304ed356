import { codeOf } from './characters.ts';
import { everything, nothing, type GlobAutomaton } from './glob-automaton.ts';
import type { Table } from './table.ts';

/** The positions of a glob at some place of a field that can still match, and those that surely will. */
export interface Mask {
  readonly can: readonly boolean[];
  readonly sure: readonly boolean[];
  /** The states already masked. */
  readonly known: Map<number, number>;
}

/** The mask at the end of a field: only the last position matches, and it does. */
export function endMask(automaton: GlobAutomaton): Mask {
  const last = automaton.loops.map((_, position) => position === automaton.codes.length);
  return { can: last, sure: last, known: new Map() };
}

/** The mask before a literal text, given the one after it. */
export function maskBefore(automaton: GlobAutomaton, text: readonly number[], after: Mask): Mask {
  let { can, sure } = after;
  for (let index = text.length - 1; index >= 0; index -= 1) {
    const code = text[index] ?? 0;
    const back = (next: readonly boolean[]): boolean[] =>
      automaton.loops.map(
        (loops, position) =>
          (loops && next[position] === true) ||
          (next[position + 1] === true && automaton.fits(position, code)),
      );
    [can, sure] = [back(can), back(sure)];
  }
  return { can, sure, known: new Map() };
}

/** The mask before and within a variable, whatever is left of it, given the one after it. */
export function maskWithin(
  automaton: GlobAutomaton,
  reads: (position: number) => boolean,
  after: Mask,
): Mask {
  const can = [...after.can];
  for (let position = can.length - 2; position >= 0; position -= 1)
    if (can[position] !== true && can[position + 1] === true) can[position] = reads(position);
  const sure = automaton.loops.map((loops, position) => loops && after.sure[position] === true);
  return { can, sure, known: new Map() };
}

/** Whether a variable may have a letter that fits the position; `%3A` stands for `:` where encoded. */
export function readsOf(
  automaton: GlobAutomaton,
  table: Table,
  encode: boolean,
): (position: number) => boolean {
  const colon = encode && table.classOf(codeOf(':')) !== -1;
  return (position) => {
    const code = automaton.codes[position] ?? -1;
    if (code === -1) return true;
    if (colon && Array.from('%3A', codeOf).some((part) => automaton.fits(position, part)))
      return true;
    return automaton.alike(code).some((letter) => table.classOf(letter) !== -1);
  };
}

/** The positions that may be reached through a literal text. */
export function reachThrough(
  automaton: GlobAutomaton,
  text: readonly number[],
  from: readonly boolean[],
): readonly boolean[] {
  let reached = from;
  for (const code of text) {
    const before = reached;
    reached = automaton.loops.map(
      (loops, position) =>
        (loops && before[position] === true) ||
        (before[position - 1] === true && automaton.fits(position - 1, code)),
    );
  }
  return reached;
}

/** The positions that may be reached through a variable, whatever it is. */
export function reachWithin(
  reads: (position: number) => boolean,
  from: readonly boolean[],
): readonly boolean[] {
  const reached = [...from];
  for (let position = 0; position < reached.length - 1; position += 1)
    if (reached[position] === true && reached[position + 1] !== true)
      reached[position + 1] = reads(position);
  return reached;
}

/** The state without positions that cannot match; `everything` where one surely will. */
export function applyMask(automaton: GlobAutomaton, mask: Mask, state: number): number {
  if (state <= nothing) return state;
  const known = mask.known.get(state);
  if (known !== undefined) return known;
  const positions = automaton.at(state);
  const masked = positions.some((position) => mask.sure[position] === true)
    ? everything
    : automaton.number(positions.filter((position) => mask.can[position] === true));
  mask.known.set(state, masked);
  return masked;
}
