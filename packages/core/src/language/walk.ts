import { lettersToTry } from './alphabet.ts';
import { fails, succeeds, type Conditions, type Residue } from './condition.ts';
import { everything, nothing, GlobAutomaton } from './glob-automaton.ts';
import { joinTracks } from './layout.ts';
import { dead } from './letters.ts';
import { applyMask } from './mask.ts';
import { outlineOf } from './outline.ts';
import { Queue } from './queue.ts';
import { prepare, type Reading } from './reading.ts';
import type { Shape } from './shape.ts';

/** A place in the search: so far read within one variable, and what each glob that matters made of it. */
export interface Place<Data> {
  readonly reading: Reading<Data>;
  /** The variable being read; past the last one, the word is complete. */
  readonly variable: number;
  readonly state: number;
  /** Letters read of the variable, where its length is bounded; 0 elsewhere. */
  readonly letters: number;
  readonly residue: Residue;
  /** The cells of every atom of the residue, one after the other. */
  readonly cells: readonly number[];
  /** Letters read of all variables. */
  readonly cost: number;
  readonly before: Place<Data> | undefined;
  /** The letter that led here; undefined where a variable ended or was left as it stands. */
  readonly code: number | undefined;
  /** Already followed, or no better than another place. */
  done: boolean;
}

/** The end of a search: where the formula holds, whatever the rest is; or why there is no such place. */
export type Walk<Data> =
  | { readonly kind: 'found'; readonly place: Place<Data> }
  | { readonly kind: 'empty' }
  | { readonly kind: 'exhausted' };

/**
 * Best-first search over all shapes at once: places come in the order of the shortest word they may
 * still lead to, so the first one where the formula holds leads to a shortest word.
 */
export class Walker<Data> {
  readonly #conditions: Conditions;
  readonly #automata = new Map<number, GlobAutomaton>();
  readonly #queue = new Queue<Place<Data> | Shape<Data>>();
  readonly #places = new Map<Reading<Data>, Map<string, Place<Data>[]>>();
  readonly #budget: number;
  #spent = 0;

  constructor(conditions: Conditions, budget: number) {
    this.#conditions = conditions;
    this.#budget = budget;
  }

  walk(shapes: readonly Shape<Data>[], root: Residue): Walk<Data> {
    if (root === fails) return { kind: 'empty' };
    for (const shape of shapes) {
      const { least } = outlineOf(shape);
      if (least !== undefined) this.#queue.add(least, shape);
    }
    for (let item = this.#queue.take(); item !== undefined; item = this.#queue.take()) {
      if ('fields' in item) this.#begin(item, root);
      else if (!item.done) {
        item.done = true;
        if (item.residue === succeeds) return { kind: 'found', place: item };
        this.#follow(item);
      }
      if (this.#overspent()) return { kind: 'exhausted' };
    }
    return { kind: 'empty' };
  }

  #begin(shape: Shape<Data>, root: Residue): void {
    const reading = prepare(shape, this.#conditions, root, (atom) => this.#automatonOf(atom));
    const cells = new Map<number, readonly number[]>();
    for (const [atom, layout] of reading.layouts) {
      cells.set(atom, layout.initial);
      this.#spent += (layout.automaton.codes.length * reading.names.length) / 256;
    }
    this.#places.set(reading, new Map());
    this.#enter(reading, 0, reading.residue, cells, 0, undefined);
  }

  /** Goes on to the next variable that matters; those that do not are left to be completed. */
  #enter(
    reading: Reading<Data>,
    from: number,
    residue: Residue,
    cells: ReadonlyMap<number, readonly number[]>,
    cost: number,
    before: Place<Data> | undefined,
  ): void {
    if (residue === fails) return;
    let variable = from;
    let total = cost;
    while (variable < reading.names.length && !this.#matters(reading, variable, residue)) {
      total += (reading.least[variable] ?? 0) - (reading.least[variable + 1] ?? 0);
      variable += 1;
    }
    const state = reading.tables[variable]?.start ?? dead;
    this.#add(reading, variable, state, 0, residue, cells, total, before, undefined);
  }

  #follow(place: Place<Data>): void {
    const { reading, variable, state, residue } = place;
    const table = reading.tables[variable];
    if (table === undefined) return;
    if (table.distance[state] === 0) this.#leave(place);
    const support = this.#conditions.support(residue);
    const named = new Set<number>();
    let at = 0;
    let touched = 0;
    for (const atom of support)
      for (const stage of reading.stages.get(atom)?.[variable] ?? []) {
        const cell = place.cells[at] ?? nothing;
        at += 1;
        if (stage === undefined) continue;
        touched += 1;
        for (const code of this.#automatonOf(atom).named(cell)) named.add(code);
        if (stage.encode) named.add(colon);
      }
    for (const { code, next } of lettersToTry(table, state, named)) {
      if (place.letters + 1 + (table.distance[next] ?? 0) > table.most) continue;
      this.#spent += touched / 32;
      this.#read(place, code, next);
    }
  }

  #read(place: Place<Data>, code: number, state: number): void {
    const { reading, variable } = place;
    const cells = new Map<number, readonly number[]>();
    let at = 0;
    const decided = new Map<number, boolean>();
    for (const atom of this.#conditions.support(place.residue)) {
      const automaton = this.#automatonOf(atom);
      const after = (reading.stages.get(atom)?.[variable] ?? []).map((stage) => {
        const cell = place.cells[at] ?? nothing;
        at += 1;
        if (stage === undefined) return cell;
        return applyMask(automaton, stage.within, stepLetter(automaton, cell, code, stage.encode));
      });
      const head = after[0];
      if (head === everything || head === nothing) decided.set(atom, head === everything);
      else cells.set(atom, after);
    }
    const residue = this.#conditions.decide(place.residue, decided);
    if (residue === fails) return;
    const letters = reading.tables[variable]?.most === Infinity ? 0 : place.letters + 1;
    const cost = place.cost + 1;
    if (residue === succeeds || this.#matters(reading, variable, residue))
      this.#add(reading, variable, state, letters, residue, cells, cost, place, code);
    else {
      // Nothing hangs on the rest of this variable: its shortest end is as good as any.
      const table = reading.tables[variable];
      const rest = table?.distance[state] ?? 0;
      const last = { ...place, state, letters, residue, cells: [], cost, before: place, code };
      this.#enter(reading, variable + 1, residue, cells, cost + rest, last);
    }
  }

  #leave(place: Place<Data>): void {
    const { reading, variable } = place;
    const cells = new Map<number, readonly number[]>();
    let at = 0;
    const decided = new Map<number, boolean>();
    for (const atom of this.#conditions.support(place.residue)) {
      const layout = reading.layouts.get(atom);
      const stages = reading.stages.get(atom)?.[variable] ?? [];
      let after: readonly number[] = place.cells.slice(at, at + stages.length);
      at += stages.length;
      if (layout !== undefined && stages.some((stage) => stage !== undefined)) {
        const { automaton } = layout;
        after = after.map((cell, index) => {
          const stage = stages[index];
          if (stage === undefined) return cell;
          let state = cell;
          for (const code of stage.text) state = automaton.step(state, code);
          return applyMask(automaton, stage.after, state);
        });
        after = joinTracks(layout, variable, after);
      }
      const head = after[0];
      if (head === everything || head === nothing) decided.set(atom, head === everything);
      else cells.set(atom, after);
    }
    const residue = this.#conditions.decide(place.residue, decided);
    this.#enter(reading, variable + 1, residue, cells, place.cost, place);
  }

  #add(
    reading: Reading<Data>,
    variable: number,
    state: number,
    letters: number,
    residue: Residue,
    byAtom: ReadonlyMap<number, readonly number[]>,
    cost: number,
    before: Place<Data> | undefined,
    code: number | undefined,
  ): void {
    const cells: number[] = [];
    for (const atom of this.#conditions.support(residue))
      for (const cell of byAtom.get(atom) ?? []) cells.push(cell);
    const places = this.#places.get(reading);
    const key = keyOf(variable, state, residue, cells);
    const alike = places?.get(key) ?? [];
    // INVARIANT: whatever can follow a place can follow one alike with fewer letters in the variable.
    if (alike.some((other) => other.letters <= letters && other.cost <= cost)) return;
    const kept: Place<Data>[] = [];
    for (const other of alike)
      if (other.letters < letters || other.cost < cost) kept.push(other);
      else other.done = true;
    const place = {
      reading,
      variable,
      state,
      letters,
      residue,
      cells,
      cost,
      before,
      code,
      done: false,
    };
    kept.push(place);
    places?.set(key, kept);
    this.#spent += 1 + cells.length / 32;
    const rest =
      state === dead
        ? (reading.least[variable] ?? 0)
        : (reading.tables[variable]?.distance[state] ?? 0) + (reading.least[variable + 1] ?? 0);
    this.#queue.add(cost + rest, place);
  }

  #matters(reading: Reading<Data>, variable: number, residue: Residue): boolean {
    return this.#conditions
      .support(residue)
      .some((atom) => reading.stages.get(atom)?.[variable]?.some((stage) => stage !== undefined));
  }

  #automatonOf(atom: number): GlobAutomaton {
    const known = this.#automata.get(atom);
    if (known !== undefined) return known;
    const automaton = new GlobAutomaton(
      this.#conditions.atoms[atom]?.glob ?? { parts: [], ignoreCase: false },
    );
    this.#automata.set(atom, automaton);
    return automaton;
  }

  #overspent(): boolean {
    let kept = this.#conditions.size;
    for (const automaton of this.#automata.values()) kept += automaton.size;
    return this.#spent + kept / 16 > this.#budget;
  }
}

const colon = 0x3a;

function stepLetter(automaton: GlobAutomaton, cell: number, code: number, encode: boolean): number {
  if (!encode || code !== colon) return automaton.step(cell, code);
  return automaton.step(automaton.step(automaton.step(cell, 0x25), 0x33), 0x41);
}

/** One character for each number, three for one that does not fit. */
function keyOf(variable: number, state: number, residue: number, cells: readonly number[]): string {
  let key = characterFor(variable) + characterFor(state + 1) + characterFor(residue);
  for (const cell of cells) key += characterFor(cell + 1);
  return key;
}

function characterFor(number: number): string {
  if (number < 0xffff) return String.fromCharCode(number);
  return String.fromCharCode(0xffff, number >>> 16, number & 0xffff);
}
