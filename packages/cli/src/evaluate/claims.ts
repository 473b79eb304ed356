import { SallyportError } from '@sallyport/core';

/**
 * Claims as condition keys see them: every value is text. A list of one is that one.
 * @throws SallyportError `INPUT_INVALID` for an audience of several
 */
export function claimsOf(
  object: Readonly<Record<string, unknown>>,
  path: string,
): Map<string, string> {
  const claims = new Map<string, string>();
  for (const [name, value] of Object.entries(object)) {
    const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (typeof one === 'string') claims.set(name, one);
    else if (name === 'aud' || name === 'sub') {
      throw new SallyportError('INPUT_INVALID', {
        path,
        problem: `the claim ${name} is not one string`,
        cure: "GitHub's tokens have one string for aud and one for sub",
      });
    } else claims.set(name, JSON.stringify(one) ?? '');
  }
  return claims;
}
