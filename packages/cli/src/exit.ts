/**
 * When several things went wrong, the first of this list is what the process reports (DESIGN section
 * 4): an internal error hides nothing, and a finding is worth more than a question left open.
 */
const order: readonly number[] = [70, 2, 3, 1, 4];

/** The exit code for everything that happened; 0 when nothing did. */
export function exitCodeOf(codes: Iterable<number>): number {
  const happened = new Set(codes);
  for (const code of order) if (happened.has(code)) return code;
  // INVARIANT: a code that is not in the list is a failure all the same, never 0.
  return [...happened].find((code) => code !== 0) ?? 0;
}
