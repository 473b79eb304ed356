import { nearest, rules, SallyportError } from '@sallyport/core';

/**
 * Sees that rule ids given on the command line exist.
 * @throws SallyportError `USAGE`
 */
export function checkRules(ids: readonly string[]): void {
  const known = rules.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const meant = nearest(id, known);
    throw new SallyportError('USAGE', {
      problem: `there is no rule "${id}"`,
      cure:
        meant === undefined
          ? 'run sallyport explain for the list of rules'
          : `did you mean "${meant}"?`,
    });
  }
}
