import type { Letters } from '../language/letters.ts';
import type { ClaimName } from './claims.ts';
import type { RefCandidate } from './event-refs.ts';
import { describeFormat, type SubjectFormat } from './format.ts';
import { anyText, commitSha, numericId, oneOf } from './grammar/names.ts';
import { issuerUrl, knowsImmutable, type Issuer } from './issuer.ts';
import { free, shapeOf, type Colons, type Phrase } from './phrase.ts';
import { subjectPhrase } from './template.ts';
import type { TokenData, TokenShape, UnmadeToken } from './token-data.ts';

/** One kind of token: its claims but the subject, with free parts. */
export interface TokenParts {
  readonly issuer: Issuer;
  readonly colons: Colons;
  readonly format: SubjectFormat;
  readonly audience: Phrase;
  readonly repository: RepositoryPhrases;
  readonly candidate: RefCandidate;
  readonly environment?: Phrase;
  readonly event: Phrase;
  readonly actor: Phrase;
  readonly actorId: Phrase;
  readonly runner: Phrase;
  readonly workflow: Phrase;
  /** The caller's file, `.github/workflows/` in front. */
  readonly workflowFile: Phrase;
  readonly callee: { readonly kind: TokenData['callee']; readonly ref: Phrase };
  /** What stands behind `@` in `workflow_ref`. */
  readonly workflowRevision: Phrase;
  readonly notes: readonly string[];
}

/** A repository's names and ids. */
export interface RepositoryPhrases {
  readonly owner: Phrase;
  readonly name: Phrase;
  readonly ownerId: Phrase;
  readonly id: Phrase;
  readonly visibility: Phrase;
  /** Absent for a repository outside of an enterprise. */
  readonly enterprise?: { readonly slug: Phrase; readonly id: Phrase };
}

/** The variables of all shapes in one order, in which every default subject and ref uses them. */
const order: ReadonlyMap<string, number> = new Map(
  (
    'audience owner ownerId repository repositoryId environment calleeOwner calleeRepository ' +
    'calleeFile calleeRef jobFile file revision ref pull sha head base workflow actor actorId ' +
    'enterprise enterpriseId event runner visibility'
  )
    .split(' ')
    // A template of a workflow can have several gaps.
    .flatMap((name) => [name, ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((gap) => `${name}.${gap}`)])
    .map((name, index) => [name, index]),
);

/** The tokens of one kind as a shape, or why there are none. */
export function tokenShape(parts: TokenParts): TokenShape | UnmadeToken {
  const { format, issuer, candidate } = parts;
  const immutable = format.kind === 'immutable' || (format.kind === 'custom' && format.immutable);
  if (immutable && !knowsImmutable(issuer))
    return {
      format,
      kind: 'refused',
      reason: `the subject format ${describeFormat(format)} does not exist on GitHub Enterprise Server`,
    };
  const known = claimPhrases(parts);
  const keys = format.kind === 'custom' ? format.claims : [];
  const claims = new Map([...known, ...keys.flatMap((key) => openClaim(key, known))]);
  const made = subjectPhrase(format, {
    pullRequest: candidate.pullRequest,
    colons: parts.colons,
    claim: (name) => claims.get(name),
  });
  if (made.kind !== 'made') return { format, kind: made.kind, reason: made.reason };
  const inSubject = parts.environment === undefined ? candidate.subjectNotes : [];
  const data: TokenData = {
    format,
    context: made.context,
    ref: candidate.what,
    callee: parts.callee.kind,
    documented: candidate.refDocumented && inSubject.length === 0 && made.notes.length === 0,
    notes: [...new Set([...candidate.notes, ...inSubject, ...made.notes, ...parts.notes])],
  };
  return shapeOf(data, new Map([...claims, ['sub', made.value]]), order);
}

/** Whether a result is no token. */
export function isUnmade(result: TokenShape | UnmadeToken): result is UnmadeToken {
  return 'reason' in result;
}

/** A claim that only a template makes worth knowing; its value is open. */
function openClaim(key: string, known: ReadonlyMap<string, Phrase>): readonly [string, Phrase][] {
  if (known.has(key) || notOpen.includes(key)) return [];
  if (key.startsWith('environment') && !known.has('environment')) return [];
  return [[key, free({ name: `claim.${key}`, letters: openLetters(key) })]];
}

/** No claims: parts of the default subject; and claims that are absent where nothing is known of them. */
const notOpen: readonly string[] = ['repo', 'context', 'enterprise', 'enterprise_id'];

function openLetters(key: string): Letters {
  if (key === 'ref_protected') return booleans;
  if (key.endsWith('sha')) return digests;
  return /^(?:run_(?:id|number|attempt)|check_run_id)$/.test(key) ? numbers : texts;
}

const booleans = oneOf(['true', 'false']);
const digests = commitSha();
const numbers = numericId();
const texts = anyText();

function claimPhrases(parts: TokenParts): ReadonlyMap<string, Phrase> {
  const { repository, candidate, environment, callee } = parts;
  const fullName: Phrase = [...repository.owner, '/', ...repository.name];
  const own: Phrase = [...fullName, '/', ...parts.workflowFile, '@', ...parts.workflowRevision];
  return new Map<ClaimName, Phrase>([
    ['iss', [issuerUrl(parts.issuer)]],
    ['aud', parts.audience],
    ['repository', fullName],
    ['repository_id', repository.id],
    ['repository_owner', repository.owner],
    ['repository_owner_id', repository.ownerId],
    ['repository_visibility', repository.visibility],
    ...(environment ? ([['environment', environment]] as const) : []),
    ['job_workflow_ref', callee.ref],
    ['workflow_ref', own],
    ['ref', candidate.ref],
    ['ref_type', [candidate.refType]],
    ['head_ref', candidate.headRef ?? ['']],
    ['base_ref', candidate.baseRef ?? ['']],
    ['workflow', parts.workflow],
    ['actor', parts.actor],
    ['actor_id', parts.actorId],
    ...(repository.enterprise
      ? ([
          ['enterprise', repository.enterprise.slug],
          ['enterprise_id', repository.enterprise.id],
        ] as const)
      : []),
    ['event_name', parts.event],
    ['runner_environment', parts.runner],
  ]);
}
