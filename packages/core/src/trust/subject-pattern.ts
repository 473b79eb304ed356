/** What a pattern of subjects says about whose tokens it is meant for; parts with wildcards stay patterns. */
export interface SubjectPattern {
  /** `acme`, `acme*`; undefined when no owner stands in it. */
  readonly owner?: string;
  readonly ownerId?: string;
  /** `app`, `app*`. */
  readonly repository?: string;
  readonly repositoryId?: string;
  /** A full ref. */
  readonly ref?: string;
  /** As the subject writes it: with `%3A` for colons. */
  readonly environment?: string;
}

/**
 * Reads a subject as a policy writes it, default formats and templates alike: each part up to the next
 * separator that GitHub writes itself. A wildcard reaches further than its part; what it reaches is
 * asked of the automata, not of this reading.
 * Source: https://docs.github.com/actions/reference/security/oidc#example-subject-claims
 */
export function readSubjectPattern(text: string): SubjectPattern {
  const slug = partOf(text, 'repo') ?? partOf(text, 'repository');
  const slash = slug?.indexOf('/') ?? -1;
  const left = slug === undefined ? undefined : slash === -1 ? slug : slug.slice(0, slash);
  const [owner, ownerId] = splitId(left ?? partOf(text, 'repository_owner'));
  const [repository, repositoryId] = splitId(
    slug === undefined || slash === -1 ? undefined : slug.slice(slash + 1),
  );
  return defined({
    owner,
    ownerId: ownerId ?? partOf(text, 'repository_owner_id'),
    repository,
    repositoryId: repositoryId ?? partOf(text, 'repository_id'),
    ref: partOf(text, 'ref'),
    environment: partOf(text, 'environment'),
  });
}

/** The value behind `name:` at the start of the text or of a part of it. */
function partOf(text: string, name: string): string | undefined {
  const marker = `${name}:`;
  let at = text.startsWith(marker) ? 0 : text.indexOf(`:${marker}`);
  if (at === -1) return undefined;
  if (at > 0) at += 1;
  const from = at + marker.length;
  const end = text.indexOf(':', from);
  return text.slice(from, end === -1 ? undefined : end);
}

function splitId(part: string | undefined): readonly [string | undefined, string | undefined] {
  if (part === undefined || part === '') return [undefined, undefined];
  const at = part.indexOf('@');
  return at === -1 ? [part, undefined] : [part.slice(0, at), part.slice(at + 1)];
}

function defined(parts: {
  readonly [Name in keyof SubjectPattern]: string | undefined;
}): SubjectPattern {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** Whether a pattern has wildcards. */
export function isOpen(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** What stands in front of the first wildcard. */
export function fixedStart(pattern: string): string {
  return /^[^*?]*/.exec(pattern)?.[0] ?? '';
}

/** Whether a pattern fixes some letter. */
export function fixesSomething(pattern: string): boolean {
  return /[^*?]/.test(pattern);
}

/**
 * Whether every subject of a pattern is one of one owner: only GitHub writes `repo:`, and only in front,
 * so that no template gets around the name behind it.
 */
export function fixesOwner(pattern: string): boolean {
  return /^repo:[^/@:]+[/@]/.test(fixedStart(pattern));
}

/** Whether every subject of a pattern is one of one repository. */
export function fixesRepository(pattern: string): boolean {
  return /^repo:[^/:]+\/[^/:]+:/.test(fixedStart(pattern)) || /^repo:[^*?]*$/.test(pattern);
}
