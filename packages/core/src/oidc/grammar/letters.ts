import { dead, type Letters } from '../../language/letters.ts';
import type { Expression } from './expression.ts';
import { advance, closureOf, machineOf, type Machine } from './machine.ts';

/** Takes the texts of an expression in, or leaves them out. */
export interface LettersRule {
  readonly include: boolean;
  readonly of: Expression;
}

/** The texts of an expression without those of another. */
export function lettersOf(expression: Expression, without?: Expression): Letters {
  const all: LettersRule = { include: true, of: expression };
  return orderedLetters(without ? [all, { include: false, of: without }] : [all]);
}

type Sets = readonly (readonly number[])[];

/**
 * The texts for which the last rule that matches takes them in, as a deterministic automaton whose
 * states are made when they are first reached.
 */
export function orderedLetters(rules: readonly LettersRule[]): Letters {
  const machines = rules.map(({ of }) => machineOf(of));
  const samples = samplesOf(machines);
  const named = new Set(samples);
  const states: Sets[] = [];
  const numbers = new Map<string, number>();
  const steps = new Map<string, number>();
  const numberOf = (sets: Sets): number => {
    const key = sets.map((set) => set.join()).join(';');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, states.length);
    return states.push(sets) - 1;
  };
  const accepts = (state: number): boolean => {
    const last = rules.findLastIndex((_, index) =>
      states[state]?.[index]?.includes(machines[index]?.end ?? -1),
    );
    return rules[last]?.include ?? false;
  };
  const go = (state: number, letter: string): number => {
    const key = `${state}${letter}`;
    const before = steps.get(key);
    if (before !== undefined) return before;
    const sets = machines.map((one, index) => advance(one, states[state]?.[index] ?? [], letter));
    const hope = rules.some(({ include }, index) => include && sets[index]?.length !== 0);
    const to = hope ? numberOf(sets) : dead;
    // ATTACKER: texts come from outside; letters that no rule tells apart are not remembered.
    if (named.has(letter)) steps.set(key, to);
    return to;
  };
  const start = numberOf(machines.map((one) => closureOf(one, [one.start])));
  const cuts = rules.some(({ include }) => !include);
  let live: ReadonlySet<number> | undefined;
  return {
    start,
    samples,
    accepts: (state) => state !== dead && accepts(state),
    step(state, letter) {
      const to = state === dead ? dead : go(state, letter);
      // INVARIANT: where nothing is left out, a set of states that is not empty leads to the end.
      if (to === dead || !cuts) return to;
      live ??= liveStates(start, go, samples, accepts);
      return live.has(to) ? to : dead;
    },
  };
}

/** The states from which something is accepted. */
function liveStates(
  start: number,
  go: (state: number, letter: string) => number,
  samples: readonly string[],
  accepts: (state: number) => boolean,
): ReadonlySet<number> {
  const before = new Map<number, number[]>([[start, []]]);
  // A map grows while it is walked.
  for (const [state] of before) {
    for (const letter of samples) {
      const to = go(state, letter);
      if (to === dead) continue;
      const known = before.get(to);
      if (known) known.push(state);
      else before.set(to, [state]);
    }
  }
  const live = new Set([...before.keys()].filter((state) => accepts(state)));
  for (const state of live) for (const from of before.get(state) ?? []) live.add(from);
  return live;
}

/** Letters in the order in which a witness should use them. */
const common: readonly string[] = [
  ...Array.from(
    'abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ' +
      '-_./@:+,=#$%&!()[]{}<>~^*?|\\;\'"` ',
  ),
  'é',
  '\n',
  '\u007F',
  '\u0001',
];

function samplesOf(machines: readonly Machine[]): readonly string[] {
  const classes = machines.flatMap((machine) => machine.classes);
  const firsts = new Map<string, string>();
  for (const letter of new Set([...common, ...classes.flatMap(({ named }) => named)])) {
    const sort = classes.map((one) => (one.includes(letter) ? '1' : '0')).join('');
    if (sort.includes('1') && !firsts.has(sort)) firsts.set(sort, letter);
  }
  return [...firsts.values()];
}
