import type { TokenShape } from '../oidc/token-data.ts';
import { sessionField } from '../trust/session.ts';

/**
 * The claims of a case for people: fixed, or with `{name}` for what only a run tells. Filters stand as
 * they are written.
 */
export function shownClaims(
  shape: TokenShape | undefined,
  filters: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const claims = new Map<string, string>();
  for (const [name, segments] of shape?.fields ?? []) {
    if (name === sessionField) continue;
    const text = segments.map((segment) =>
      segment.kind === 'literal'
        ? segment.text
        : (filters.get(segment.name) ?? `{${segment.name}}`),
    );
    claims.set(name, text.join(''));
  }
  return claims;
}
