/** One thing that is wrong with a configuration, and where. */
export interface ConfigProblem {
  /** Keys and indexes from the top of the file. */
  readonly path: readonly PropertyKey[];
  /** Whether the key is wrong, not the value under it. */
  readonly atKey?: boolean;
  readonly problem: string;
  readonly cure: string;
}
