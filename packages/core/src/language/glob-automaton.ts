import { codeOf } from './characters.ts';
import type { Glob } from './glob.ts';
import { codesAlike, foldLetter } from './letter-case.ts';

/** The set without positions: nothing that follows can match. */
export const nothing = 0;

/** Stands for a set from which whatever follows matches. */
export const everything = -1;

const anyOne = -1;
const unexplored = -2;

/**
 * The positions of a glob as a nondeterministic automaton, and the sets of them that were met so far as
 * numbered states. Position p has matched the first p characters of the pattern, stars not counted.
 */
export class GlobAutomaton {
  /** Code points of the pattern, folded where case does not count; -1 for `?`. */
  readonly codes: readonly number[];
  /** Whether a `*` stands at the position. */
  readonly loops: readonly boolean[];
  readonly ignoreCase: boolean;
  /** Positions kept in all states: what the automaton takes of memory. */
  size = 0;
  readonly #sets: (readonly number[])[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #next: Map<number, number>[] = [];
  readonly #others: number[] = [];
  readonly #named: (readonly number[] | undefined)[] = [];

  constructor(glob: Glob) {
    const codes: number[] = [];
    const loops: boolean[] = [false];
    for (const part of glob.parts)
      if (part.kind === 'any') loops[codes.length] = true;
      else
        for (const code of part.kind === 'one' ? [anyOne] : Array.from(part.text, codeOf)) {
          codes.push(glob.ignoreCase && code !== anyOne ? foldLetter(code) : code);
          loops.push(false);
        }
    this.codes = codes;
    this.loops = loops;
    this.ignoreCase = glob.ignoreCase;
    this.number([]);
  }

  /**
   * The state for a set of positions in ascending order. Positions before the last `*` that was reached
   * go: whatever matches from them also matches from that `*`.
   */
  number(positions: readonly number[]): number {
    let from = positions.length - 1;
    while (from > 0 && this.loops[positions[from] ?? 0] !== true) from -= 1;
    const set = from > 0 ? positions.slice(from) : positions;
    const key = set.join(',');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const state = this.#sets.push(set) - 1;
    this.#numbers.set(key, state);
    this.#others.push(unexplored);
    this.#next.push(new Map(set.map((position) => [this.codes[position] ?? anyOne, unexplored])));
    this.size += set.length + 1;
    return state;
  }

  /** The positions of a state. */
  at(state: number): readonly number[] {
    return this.#sets[state] ?? [];
  }

  /** The state after a letter. */
  step(state: number, code: number): number {
    if (state <= nothing) return state;
    const letter = this.ignoreCase ? foldLetter(code) : code;
    const next = this.#next[state];
    const known = next?.get(letter);
    if (known === undefined) {
      const other = this.#others[state] ?? nothing;
      if (other !== unexplored) return other;
      return (this.#others[state] = this.#move(state, letter));
    }
    if (known !== unexplored) return known;
    const target = this.#move(state, letter);
    next?.set(letter, target);
    return target;
  }

  /** The letters that lead elsewhere than all others do, in each case that they may have. */
  named(state: number): readonly number[] {
    if (state <= nothing) return [];
    const known = this.#named[state];
    if (known !== undefined) return known;
    const codes = [...(this.#next[state]?.keys() ?? [])].filter((code) => code !== anyOne);
    const named = codes.flatMap((code) => this.alike(code));
    this.#named[state] = named;
    return named;
  }

  /** The letters that are the same to the glob as one of its own. */
  alike(code: number): readonly number[] {
    return this.ignoreCase ? codesAlike(code) : [code];
  }

  /** Whether the letter may be read at the position; it is given as it stands in the text. */
  fits(position: number, code: number): boolean {
    const own = this.codes[position];
    return own === anyOne || own === (this.ignoreCase ? foldLetter(code) : code);
  }

  #move(state: number, letter: number): number {
    const after: number[] = [];
    for (const position of this.at(state)) {
      if (this.loops[position] === true && after.at(-1) !== position) after.push(position);
      const own = this.codes[position];
      if (own === letter || own === anyOne) after.push(position + 1);
    }
    return this.number(after);
  }
}
