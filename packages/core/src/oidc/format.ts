import type { Claims } from './claims.ts';

/**
 * How a repository's subjects are written; the ids of the immutable form are those of the claims, so
 * that a subject never disagrees with them.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export type SubjectFormat =
  | { readonly kind: 'classic' }
  | { readonly kind: 'immutable' }
  | {
      readonly kind: 'custom';
      /** `include_claim_keys`, in their order. */
      readonly claims: readonly string[];
      /** Whether the `repo` part has the ids. */
      readonly immutable: boolean;
    };

/** The part of a subject that says what the run is about. */
export type ContextKind = 'environment' | 'pull_request' | 'ref';

/**
 * Environment beats pull request beats ref.
 * Source: https://docs.github.com/actions/reference/security/oidc#example-subject-claims
 */
export function contextKind(environment: boolean, pullRequest: boolean): ContextKind {
  if (environment) return 'environment';
  return pullRequest ? 'pull_request' : 'ref';
}

/** A format in few words. */
export function describeFormat(format: SubjectFormat): string {
  if (format.kind !== 'custom') return format.kind;
  const order = format.claims.length === 0 ? 'no claims' : format.claims.join(', ');
  return `custom (${order}${format.immutable ? '; immutable' : ''})`;
}

/**
 * The longest prefix of a repository's default subjects, with the `:` behind it: what the API calls
 * `sub_claim_prefix`. Undefined where a claim for it is missing.
 */
export function subjectPrefix(immutable: boolean, claims: Claims): string | undefined {
  const [owner, name] = (claims.get('repository') ?? '').split('/');
  if (!owner || !name) return undefined;
  if (!immutable) return `repo:${owner}/${name}`;
  const ownerId = claims.get('repository_owner_id');
  const id = claims.get('repository_id');
  return ownerId && id ? `repo:${owner}@${ownerId}/${name}@${id}` : undefined;
}
