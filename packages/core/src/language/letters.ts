/**
 * A regular set of strings as a deterministic automaton over code points: what a name may look like.
 * `step` gives `dead` (-1) where no continuation is in the set.
 */
export interface Letters {
  readonly start: number;
  step(state: number, letter: string): number;
  accepts(state: number): boolean;
  /**
   * Letters that stand for all those that no pattern names, one per class that `step` tells apart,
   * the ones that read best first.
   */
  readonly samples: readonly string[];
}

/** The state of {@link Letters} from which nothing is accepted. */
export const dead = -1;
