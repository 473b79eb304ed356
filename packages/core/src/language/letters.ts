import type { Characters } from './characters.ts';

/**
 * A regular set of strings as a deterministic automaton over code points: what a name may look like.
 * `step` gives `dead` (-1) where no continuation is in the set.
 */
export interface Letters {
  readonly start: number;
  step(state: number, letter: string): number;
  accepts(state: number): boolean;
  /**
   * Sets of letters that `step` never tells apart, disjoint; a letter of none of them is in no string
   * of the set. The search picks a letter that no pattern names from each of them.
   */
  readonly classes: readonly Characters[];
  /** One letter of each class, the one that reads best, in the order of `classes`. */
  readonly samples: readonly string[];
}

/** The state of {@link Letters} from which nothing is accepted. */
export const dead = -1;
