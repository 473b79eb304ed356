import { readable, type Characters } from './characters.ts';
import { dead, type Letters } from './letters.ts';

/**
 * An automaton written out: `next[state * classes.length + class]`, and how far acceptance is. A bound
 * on the length of the strings stands beside it: as states it would multiply those of every search.
 */
export interface Table {
  readonly start: number;
  /** Letters that a string has at most, whatever the states say. */
  readonly most: number;
  readonly classes: readonly Characters[];
  readonly next: Int32Array;
  /** Letters of a shortest continuation that is accepted; 0 where the state accepts. */
  readonly distance: Int32Array;
  /** The class of a code point, -1 for none. */
  readonly classOf: (code: number) => number;
}

/** An automaton with as many states as it may turn out to have, numbered from 0 as it likes. */
interface Source {
  readonly start: number;
  readonly classes: readonly Characters[];
  step(state: number, index: number): number;
  accepts(state: number): boolean;
}

/** A set of strings whose automaton has more states than allowed. */
export class TooManyStates extends RangeError {
  constructor(limit: number) {
    super(
      `a set of strings needs more than ${limit} states; give it a simpler pattern or a higher limit`,
    );
    this.name = 'TooManyStates';
  }
}

/** States that an automaton of {@link Letters} may have unless its maker says otherwise. */
export const defaultLimit = 50_000;

/** Walks through the whole automaton. Throws {@link TooManyStates} past the limit. */
export function tabulate(source: Source, limit: number, most: number = Infinity): Table {
  const width = source.classes.length;
  const numbers = new Map<number, number>();
  const states: number[] = [];
  const number = (state: number): number => {
    if (state === dead) return dead;
    const known = numbers.get(state);
    if (known !== undefined) return known;
    if (states.length >= limit) throw new TooManyStates(limit);
    numbers.set(state, states.length);
    return states.push(state) - 1;
  };
  const start = number(source.start);
  const edges: number[] = [];
  for (let index = 0; index < states.length; index += 1)
    for (let column = 0; column < width; column += 1)
      edges.push(number(source.step(states[index] ?? dead, column)));
  const next = Int32Array.from(edges);
  const accepting = states.map((state) => source.accepts(state));
  const distance = distances(next, width, accepting);
  for (const [index, target] of next.entries())
    if (target !== dead && distance[target] === -1) next[index] = dead;
  const classOf = classFinder(source.classes);
  return withMost({ start, most, classes: source.classes, next, distance, classOf }, most);
}

/** The strings of a table that have no more than so many letters. */
function withMost(table: Table, letters: number): Table {
  const { start, distance } = table;
  const most = Math.min(table.most, letters);
  const least = start === dead ? -1 : (distance[start] ?? -1);
  return { ...table, most, start: least === -1 || least > most ? dead : start };
}

/** The same strings with the bound on their length among the states. */
export function expand(table: Table): Table {
  if (table.most === Infinity) return table;
  const { start, classes, accepts } = countingForm(table);
  const step = (state: number, index: number): number => stepCounting(table, state, index);
  return tabulate({ start, classes, step, accepts }, defaultLimit);
}

const tables = new WeakMap<Letters, Table>();

/** The table of an automaton, made once. Throws {@link TooManyStates} for one past the default limit. */
export function tableOf(letters: Letters): Table {
  const known = tables.get(letters);
  if (known !== undefined) return known;
  const { start, classes, samples } = letters;
  const step = (state: number, index: number): number => letters.step(state, samples[index] ?? '');
  const source = { start, classes, step, accepts: (state: number) => letters.accepts(state) };
  const table = tabulate(source, defaultLimit);
  tables.set(letters, table);
  return table;
}

/** The automaton of a table under its public form. */
export function lettersFrom(table: Table): Letters {
  const { classes, classOf } = table;
  const letters: Letters = {
    ...countingForm(table),
    classes,
    samples: classes.map((set) => String.fromCodePoint(readable(set).next().value ?? 0)),
    step: (state, letter) => stepCounting(table, state, classOf(letter.codePointAt(0) ?? -1)),
  };
  tables.set(letters, table);
  return letters;
}

/** States that hold the letters read as well: `state * (most + 1) + letters` where there is a bound. */
function countingForm(table: Table): Pick<Letters, 'start' | 'accepts' | 'classes'> {
  const { most, distance, classes } = table;
  const width = most === Infinity ? 1 : most + 1;
  return {
    start: table.start === dead ? dead : table.start * width,
    classes,
    accepts: (state) => state !== dead && distance[Math.floor(state / width)] === 0,
  };
}

function stepCounting(table: Table, state: number, column: number): number {
  const { most, classes, next, distance } = table;
  if (state === dead || column === -1) return dead;
  const width = most === Infinity ? 1 : most + 1;
  const inner = next[Math.floor(state / width) * classes.length + column] ?? dead;
  if (inner === dead) return dead;
  if (most === Infinity) return inner;
  const letters = (state % width) + 1;
  return letters + (distance[inner] ?? 0) > most ? dead : inner * width + letters;
}

function distances(next: Int32Array, width: number, accepting: readonly boolean[]): Int32Array {
  const distance = new Int32Array(accepting.length).fill(-1);
  const before: number[][] = accepting.map(() => []);
  for (const [index, target] of next.entries())
    if (target !== dead) before[target]?.push(Math.floor(index / width));
  const queue: number[] = [];
  for (const [state, accepts] of accepting.entries())
    if (accepts) {
      distance[state] = 0;
      queue.push(state);
    }
  for (let index = 0; index < queue.length; index += 1) {
    const state = queue[index] ?? dead;
    for (const source of before[state] ?? [])
      if (distance[source] === -1) {
        distance[source] = (distance[state] ?? 0) + 1;
        queue.push(source);
      }
  }
  return distance;
}

function classFinder(classes: readonly Characters[]): (code: number) => number {
  const ranges = classes
    .flatMap((set, index) => set.map(([first, last]) => ({ first, last, index })))
    .toSorted((a, b) => a.first - b.first);
  return (code) => {
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = ranges[middle];
      if (found === undefined || code < found.first) high = middle - 1;
      else if (code > found.last) low = middle + 1;
      else return found.index;
    }
    return -1;
  };
}
