import { classesOf, readable } from './characters.ts';
import type { Expression } from './expression.ts';
import { dead, type Letters } from './letters.ts';
import { buildNodes, closure, read } from './nondeterministic.ts';
import { defaultLimit, expand, lettersFrom, tableOf, tabulate, type Table } from './table.ts';

/**
 * The automaton of an expression, by subset construction, for strings of at most `longest` letters.
 * Give a bound on the whole length as `longest`, not as a repetition: searches then do not have to tell
 * lengths apart. Throws `TooManyStates` where it has more states than `limit`: expressions made of
 * hostile input may need exponentially many.
 */
export function lettersOf(
  expression: Expression,
  options: { longest?: number; limit?: number } = {},
): Letters {
  const limit = options.limit ?? defaultLimit;
  const nodes = buildNodes(expression, 4 * limit);
  const classes = classesOf([
    ...new Set(nodes.nodes.flatMap((node) => (node.kind === 'read' ? [node.set] : []))),
  ]);
  const samples = classes.map((set) => readable(set).next().value ?? 0);
  const states = new Numbering<readonly number[]>((set) => set.join(','));
  const start = states.number(closure(nodes, [nodes.start]));
  const table = tabulate(
    {
      start,
      classes,
      step: (state, index) => {
        const after = read(nodes, states.at(state), samples[index] ?? 0);
        return after.length === 0 ? dead : states.number(after);
      },
      accepts: (state) => states.at(state)[0] === 0,
    },
    limit,
    options.longest,
  );
  return lettersFrom(table);
}

/** Strings of any of the sets. */
export function union(...sets: readonly Letters[]): Letters {
  const [first, ...others] = sets;
  if (first === undefined) return lettersOf({ kind: 'choice', of: [] });
  return others.reduce((a, b) => combine(a, b, 'union'), first);
}

/** Strings of the first set that are in each of the others too. */
export function intersection(first: Letters, ...others: readonly Letters[]): Letters {
  return others.reduce((a, b) => combine(a, b, 'intersection'), first);
}

/** Strings of the first set that are in none of the others. */
export function difference(first: Letters, ...others: readonly Letters[]): Letters {
  return others.reduce((a, b) => combine(a, b, 'difference'), first);
}

/** Whether the whole text is in the set. */
export function inLetters(letters: Letters, text: string): boolean {
  let state = letters.start;
  for (const letter of text) {
    if (state === dead) return false;
    state = letters.step(state, letter);
  }
  return state !== dead && letters.accepts(state);
}

function combine(a: Letters, b: Letters, how: 'union' | 'intersection' | 'difference'): Letters {
  let [left, right] = [tableOf(a), tableOf(b)];
  let most = Math.min(left.most, right.most);
  if (how === 'difference') {
    most = left.most;
    if (right.most < most) right = expand(right);
  } else if (how === 'union' && left.most !== right.most) {
    most = Infinity;
    [left, right] = [expand(left), expand(right)];
  }
  const classes = classesOf([...left.classes, ...right.classes]);
  const columns = classes.map((set) => {
    const code = readable(set).next().value ?? 0;
    return [left.classOf(code), right.classOf(code)] as const;
  });
  const pairs = new Numbering<readonly [number, number]>((pair) => pair.join(','));
  const lives = ([x, y]: readonly [number, number]): boolean =>
    how === 'union' ? x !== dead || y !== dead : x !== dead && (how === 'difference' || y !== dead);
  const number = (pair: readonly [number, number]): number =>
    lives(pair) ? pairs.number(pair) : dead;
  const table = tabulate(
    {
      start: number([left.start, right.start]),
      classes,
      step: (state, index) => {
        const [x, y] = pairs.at(state);
        const [column, other] = columns[index] ?? [dead, dead];
        return number([move(left, x, column), move(right, y, other)]);
      },
      accepts: (state) => {
        const [x, y] = pairs.at(state);
        const [inLeft, inRight] = [accepts(left, x), accepts(right, y)];
        if (how === 'union') return inLeft || inRight;
        return inLeft && inRight === (how === 'intersection');
      },
    },
    defaultLimit,
    most,
  );
  return lettersFrom(table);
}

function move(table: Table, state: number, column: number): number {
  if (state === dead || column === -1) return dead;
  return table.next[state * table.classes.length + column] ?? dead;
}

function accepts(table: Table, state: number): boolean {
  return state !== dead && table.distance[state] === 0;
}

class Numbering<Item> {
  readonly #items: Item[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #key: (item: Item) => string;

  constructor(key: (item: Item) => string) {
    this.#key = key;
  }

  number(item: Item): number {
    const key = this.#key(item);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#items.length);
    return this.#items.push(item) - 1;
  }

  at(number: number): Item {
    const item = this.#items[number];
    if (item === undefined) throw new RangeError(`no item has the number ${number}`);
    return item;
  }
}
