import type { SubjectFormat } from './format.ts';

/**
 * What GitHub's API says of the subjects of a repository and of its organisation.
 * Source: https://docs.github.com/rest/actions/oidc
 */
export interface SubjectCustomization {
  readonly repository: {
    /** Whether `claims` count for nothing. */
    readonly useDefault: boolean;
    readonly claims?: readonly string[];
    /** Undefined when the repository leaves it to its organisation. */
    readonly immutable?: boolean;
    /** The start of the default subject, as GitHub writes it now. */
    readonly prefix?: string;
  };
  /** Undefined for a user's repository, and where it could not be read. */
  readonly organization?: { readonly claims: readonly string[]; readonly immutable?: boolean };
}

/** The format that a customisation means, or why nobody can say. */
export type CustomFormat =
  | { readonly kind: 'known'; readonly format: SubjectFormat }
  | { readonly kind: 'undecided'; readonly reason: string };

/**
 * The format of a repository's subjects. The organisation's template counts only where the repository
 * opted out of the default without claims of its own; `sub_claim_prefix` beats every setting.
 */
export function subjectFormatOf(customization: SubjectCustomization): CustomFormat {
  const { repository, organization } = customization;
  const immutable = readImmutable(customization);
  if (immutable === undefined)
    return {
      kind: 'undecided',
      reason: 'GitHub named neither a prefix of the subject nor whether it is immutable',
    };
  if (repository.useDefault)
    return { kind: 'known', format: { kind: immutable ? 'immutable' : 'classic' } };
  const claims = repository.claims?.length ? repository.claims : organization?.claims;
  if (!claims?.length)
    return {
      kind: 'undecided',
      reason:
        'the repository opted out of the default subject, and no template of it or its organisation is known',
    };
  return { kind: 'known', format: { kind: 'custom', claims, immutable } };
}

function readImmutable({ repository, organization }: SubjectCustomization): boolean | undefined {
  const { prefix } = repository;
  if (prefix !== undefined && prefix.startsWith('repo:')) return prefix.includes('@');
  return repository.immutable ?? organization?.immutable;
}
