/**
 * ATTACKER: scripts come from the repositories under audit. Every limit is a count, never a clock,
 * so that a verdict does not depend on the machine; what goes over one becomes a problem of the script.
 */
export const limits = {
  /** UTF-16 units of a script. The longest of the 1,740 scripts of the corpus has 138,303. */
  length: 200_000,
  /** Simple commands of a script. */
  commands: 20_000,
  /** Open quotes, substitutions, expansions and parentheses at one place. */
  frames: 64,
  /** Statements within statements, words within words. */
  depth: 100,
  /** How often a script is scanned anew after an opener turned out to be plain text. */
  restarts: 8,
  /** Units of the grammar's work on a script: one for 50 parser steps, one for 1,024 characters read. */
  work: 40_000,
  /** UTF-16 units of a statement with an error that the grammar is to make the best of. */
  tolerated: 20_000,
  /** Parses of a script: the whole, its substitutions in backquotes and heredocs, and repairs. */
  parses: 400,
} as const;
