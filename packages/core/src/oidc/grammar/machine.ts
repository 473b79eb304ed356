import type { Expression, LetterClass } from './expression.ts';

/** A non-deterministic automaton: states by number, one of them final. */
export interface Machine {
  readonly start: number;
  readonly end: number;
  readonly classes: readonly LetterClass[];
  /** By state: the letters that lead on. */
  readonly edges: readonly (readonly Edge[])[];
  /** By state: the states that are reached without a letter. */
  readonly free: readonly (readonly number[])[];
}

interface Edge {
  readonly on: LetterClass;
  readonly to: number;
}

/** Thompson's construction; the depth is that of the expression, which our own functions nest. */
export function machineOf(expression: Expression): Machine {
  const edges: Edge[][] = [];
  const free: number[][] = [];
  const classes = new Set<LetterClass>();
  const state = (): number => {
    edges.push([]);
    return free.push([]) - 1;
  };
  const join = (from: number, to: number): void => {
    free[from]?.push(to);
  };
  const add = (part: Expression, from: number): number => {
    switch (part.kind) {
      case 'class': {
        const to = state();
        classes.add(part.of);
        edges[from]?.push({ on: part.of, to });
        return to;
      }
      case 'sequence':
        return part.of.reduce((at, one) => add(one, at), from);
      case 'choice': {
        const end = state();
        for (const one of part.of) {
          const start = state();
          join(from, start);
          join(add(one, start), end);
        }
        return end;
      }
      case 'repeat': {
        let at = from;
        for (let count = 0; count < part.least; count++) at = add(part.of, at);
        const end = state();
        if (part.most === Number.POSITIVE_INFINITY) {
          const loop = state();
          join(at, loop);
          join(add(part.of, loop), loop);
          join(loop, end);
          return end;
        }
        for (let count = part.least; count < part.most; count++) {
          join(at, end);
          at = add(part.of, at);
        }
        join(at, end);
        return end;
      }
      default:
        return part satisfies never;
    }
  };
  const start = state();
  const end = add(expression, start);
  return { start, end, classes: [...classes], edges, free };
}

/** The states reached from these without a letter, themselves too, in order. */
export function closureOf(machine: Machine, states: readonly number[]): readonly number[] {
  const found = new Set(states);
  // A set grows while it is walked.
  for (const state of found) for (const next of machine.free[state] ?? []) found.add(next);
  return [...found].toSorted((a, b) => a - b);
}

/** The states after a letter; none where the letter does not lead on. */
export function advance(
  machine: Machine,
  states: readonly number[],
  letter: string,
): readonly number[] {
  const next = states.flatMap((state) =>
    (machine.edges[state] ?? []).filter(({ on }) => on.includes(letter)).map(({ to }) => to),
  );
  return closureOf(machine, next);
}
