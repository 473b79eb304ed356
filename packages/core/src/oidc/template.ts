import { contextKind, type ContextKind, type SubjectFormat } from './format.ts';
import { encoded, type Colons, type Phrase } from './phrase.ts';

/** What a subject is written from; the values may have free parts. */
export interface SubjectParts {
  /** Whether GitHub counts the event as one of a pull request. */
  readonly pullRequest: boolean;
  readonly colons: Colons;
  /** A claim's value; undefined when the token has no such claim. */
  claim(name: string): Phrase | undefined;
}

/** A subject, or why GitHub makes none, or why nobody can say which. */
export type SubjectResult<Value> =
  | {
      readonly kind: 'made';
      readonly value: Value;
      readonly context: ContextKind;
      /** What GitHub does not document about it. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'undecided'; readonly reason: string };

/**
 * The subject in a format. A custom one is `key:value` for each key; `repo` and `context` stand for
 * the two parts of the default.
 * Source: https://docs.github.com/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
 */
export function subjectPhrase(format: SubjectFormat, parts: SubjectParts): SubjectResult<Phrase> {
  const environment = parts.claim('environment');
  const context = contextKind(environment !== undefined, parts.pullRequest);
  const keys = format.kind === 'custom' ? format.claims : ['repo', 'context'];
  const immutable = format.kind === 'immutable' || (format.kind === 'custom' && format.immutable);
  if (keys.length === 0)
    return {
      kind: 'undecided',
      reason: 'the template has no claims, and GitHub does not say what the subject then is',
    };
  const phrase: Phrase[number][] = [];
  const notes: string[] = [];
  for (const [index, key] of keys.entries()) {
    if (index > 0) phrase.push(':');
    if (key === 'repo') {
      const repo = repoPart(parts, immutable);
      if (!repo) return { kind: 'undecided', reason: missing(immutable ? 'ids' : 'name') };
      phrase.push(...repo);
    } else if (key === 'context') {
      phrase.push(...contextPart(parts, context));
    } else {
      const value = parts.claim(key);
      if (!value) return withoutClaim(key);
      phrase.push(`${key}:`, ...encoded(value, parts.colons));
    }
  }
  if (immutable && !keys.includes('repo'))
    notes.push(
      'GitHub does not say how a template without `repo` is written once subjects are immutable',
    );
  return { kind: 'made', value: phrase, context, notes };
}

function withoutClaim(key: string): SubjectResult<Phrase> {
  if (key === 'environment')
    return {
      kind: 'refused',
      reason: 'the subject template includes `environment`, and the job names none',
    };
  return {
    kind: 'undecided',
    reason: `the subject template includes \`${key}\`, a claim that is not known of this run`,
  };
}

function missing(what: string): string {
  return `the ${what} of the repository that the subject holds ${what === 'ids' ? 'are' : 'is'} not known`;
}

/** `repo:OWNER/REPO`, with the ids behind the names when they are immutable. */
function repoPart(parts: SubjectParts, immutable: boolean): Phrase | undefined {
  const repository = parts.claim('repository');
  if (!repository) return undefined;
  if (!immutable) return ['repo:', ...encoded(repository, parts.colons)];
  const ownerId = parts.claim('repository_owner_id');
  const id = parts.claim('repository_id');
  const halves = splitAtSlash(repository);
  if (!ownerId || !id || !halves) return undefined;
  const [owner, name] = halves;
  return ['repo:', ...owner, '@', ...ownerId, '/', ...name, '@', ...id];
}

/** Owner and name; no variable of ours stands for both. */
function splitAtSlash(repository: Phrase): readonly [Phrase, Phrase] | undefined {
  for (const [index, piece] of repository.entries()) {
    const at = typeof piece === 'string' ? piece.indexOf('/') : -1;
    if (typeof piece !== 'string' || at === -1) continue;
    const before = [...repository.slice(0, index), piece.slice(0, at)];
    return [before, [piece.slice(at + 1), ...repository.slice(index + 1)]];
  }
  return undefined;
}

function contextPart(parts: SubjectParts, context: ContextKind): Phrase {
  switch (context) {
    case 'environment':
      return ['environment:', ...encoded(parts.claim('environment') ?? [], parts.colons)];
    case 'pull_request':
      return ['pull_request'];
    case 'ref':
      return ['ref:', ...encoded(parts.claim('ref') ?? [], parts.colons)];
    default:
      return context satisfies never;
  }
}
