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
  const samples = samplesOf(machines, rules);
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
  const known = new Map<number, boolean>();
  return {
    start,
    samples,
    accepts: (state) => state !== dead && accepts(state),
    step(state, letter) {
      const to = state === dead ? dead : go(state, letter);
      // INVARIANT: where nothing is left out, a set of states that is not empty leads to the end.
      if (to === dead || !cuts) return to;
      return leadsOn(to, known, samples, go, accepts) ? to : dead;
    },
  };
}

/** Whether anything is accepted from a state; mostly it is one or two letters away. */
function leadsOn(
  from: number,
  known: Map<number, boolean>,
  samples: readonly string[],
  go: (state: number, letter: string) => number,
  accepts: (state: number) => boolean,
): boolean {
  const before = known.get(from);
  if (before !== undefined) return before;
  const seen = new Set([from]);
  // A set grows while it is walked.
  for (const state of seen) {
    if (known.get(state) ?? accepts(state)) {
      known.set(from, true);
      return true;
    }
    if (known.get(state) === false) continue;
    for (const letter of samples) {
      const to = go(state, letter);
      if (to !== dead) seen.add(to);
    }
  }
  for (const state of seen) known.set(state, false);
  return false;
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

function samplesOf(machines: readonly Machine[], rules: readonly LettersRule[]): readonly string[] {
  const taken = machines
    .filter((_, index) => rules[index]?.include)
    .flatMap(({ classes }) => classes);
  const classes = machines.flatMap((machine) => machine.classes);
  const firsts = new Map<string, string>();
  for (const letter of new Set([...common, ...classes.flatMap(({ named }) => named)])) {
    const sort = classes.map((one) => (one.includes(letter) ? '1' : '0')).join('');
    if (!firsts.has(sort) && taken.some((one) => one.includes(letter))) firsts.set(sort, letter);
  }
  return [...firsts.values()];
}
