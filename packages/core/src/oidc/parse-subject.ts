/** What a subject says, without asking anybody. */
export type ParsedSubject =
  | {
      readonly kind: 'classic' | 'immutable';
      readonly owner: string;
      readonly repository: string;
      readonly ids?: { readonly owner: string; readonly repository: string };
      readonly context: SubjectContext;
    }
  /** `key:value` pairs of a template; the values are decoded. */
  | { readonly kind: 'custom'; readonly parts: readonly SubjectPart[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The end of a default subject; names are decoded. */
type SubjectContext =
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'pull_request' }
  | { readonly kind: 'ref'; readonly ref: string };

/** A key of a template and its value; `pull_request` has none. */
interface SubjectPart {
  readonly key: string;
  readonly value: string;
}

const ownerText = /^[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:_[A-Za-z0-9]+)?$/;
const repositoryText = /^[A-Za-z0-9._-]+$/;
const idText = /^[1-9]\d*$/;

/**
 * Reads a subject. A colon in a value is taken for one that GitHub wrote between values: on servers
 * up to 3.18 the reading can be wrong.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export function parseSubject(sub: string): ParsedSubject {
  const [first, slug = '', ...rest] = sub.split(':');
  if (first === 'repo') {
    const repository = readRepository(slug);
    const context = readContext(rest);
    if (repository && context) return { ...repository, context };
    if (!repository)
      return { kind: 'unknown', reason: `"${slug}" is no repository such as owner/name` };
  }
  return readParts(sub.split(':'));
}

function readRepository(
  slug: string,
): Omit<Extract<ParsedSubject, { readonly owner: string }>, 'context'> | undefined {
  const [left = '', right = '', ...others] = slug.split('/');
  const [owner = '', ownerId, ...moreOwner] = left.split('@');
  const [repository = '', id, ...more] = right.split('@');
  if (others.length + moreOwner.length + more.length > 0) return undefined;
  if (!ownerText.test(owner) || !repositoryText.test(repository)) return undefined;
  if (ownerId === undefined && id === undefined) return { kind: 'classic', owner, repository };
  if (!idText.test(ownerId ?? '') || !idText.test(id ?? '')) return undefined;
  return {
    kind: 'immutable',
    owner,
    repository,
    ids: { owner: ownerId ?? '', repository: id ?? '' },
  };
}

function readContext(rest: readonly string[]): SubjectContext | undefined {
  const [kind, value, ...more] = rest;
  if (more.length > 0) return undefined;
  if (kind === 'pull_request' && value === undefined) return { kind };
  if (kind === 'environment' && value) return { kind, name: decoded(value) };
  if (kind === 'ref' && value !== undefined) return { kind, ref: decoded(value) };
  return undefined;
}

function readParts(words: readonly string[]): ParsedSubject {
  const parts: SubjectPart[] = [];
  for (let at = 0; at < words.length; at++) {
    const key = words[at] ?? '';
    const value = words[at + 1];
    if (!/^\w+$/.test(key)) return { kind: 'unknown', reason: `"${key}" is no name of a claim` };
    if (key === 'pull_request') parts.push({ key, value: '' });
    else if (value === undefined)
      return { kind: 'unknown', reason: `the claim "${key}" has no value` };
    else {
      parts.push({ key, value: decoded(value) });
      at++;
    }
  }
  return { kind: 'custom', parts };
}

function decoded(value: string): string {
  return value.replaceAll('%3A', ':');
}
