/** The subject format that a pattern of a policy is written for. */
export type PatternFormat =
  | 'classic'
  | 'immutable'
  /** `owner-123/name-456`: announced once, withdrawn, never minted; anyone can register such names. */
  | 'withdrawn'
  /** Wildcards leave both open. */
  | 'any'
  /** It does not begin with `repo:`. */
  | 'custom';

/**
 * Which subjects a pattern can be meant for; `*` and `?` are wildcards.
 * Source: https://docs.github.com/actions/reference/security/oidc and
 * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
 */
export function patternFormat(pattern: string): PatternFormat {
  if (!pattern.startsWith('repo:')) return /^[*?]/.test(pattern) ? 'any' : 'custom';
  const end = pattern.indexOf(':', 'repo:'.length);
  const slug = pattern.slice('repo:'.length, end === -1 ? undefined : end);
  const [owner = '', name] = slug.split('/');
  if (slug.includes('@')) return 'immutable';
  if (name === undefined) return owner.includes('*') ? 'any' : 'classic';
  if (/-\d{5,}$/.test(owner) && /-\d{5,}$/.test(name)) return 'withdrawn';
  // `acme*/app*` has room for `@1`, `acme/app*` and `acme*/app:` have not.
  const room = /[*?]\d*$/;
  return room.test(owner) && (end === -1 || room.test(name)) ? 'any' : 'classic';
}

/** Why a subject of one format never matches a pattern of the other; undefined where formats do not tell. */
export function explainFormats(
  subject: 'classic' | 'immutable' | 'custom' | 'unknown',
  pattern: PatternFormat,
): string | undefined {
  if (pattern === 'any') return undefined;
  if (pattern === 'withdrawn')
    return 'the policy expects ids behind a hyphen, a form that GitHub withdrew and never mints: write owner@id/name@id';
  if (subject === 'unknown' || subject === pattern) return undefined;
  return `this subject is ${subject}, the policy expects ${pattern === 'immutable' ? 'an immutable' : `a ${pattern}`} one`;
}
