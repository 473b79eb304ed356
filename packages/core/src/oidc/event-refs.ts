import { refSource } from './events.ts';
import { commitSha, pullNumber, refName } from './grammar/names.ts';
import { targetRefs, type Issuer } from './issuer.ts';
import { namePhrase, type NameSet } from './name-set.ts';
import { free, type Phrase } from './phrase.ts';

/** What is known of an event. */
export interface EventFacts {
  readonly issuer: Issuer;
  readonly event: string;
  /**
   * Full refs that the trigger's filters let through; of pull requests and merge groups the bases.
   * Empty when nothing is known of them.
   */
  readonly refs: readonly NameSet[];
  readonly defaultBranch?: string | undefined;
  /** Activity types; undefined when the trigger names none. */
  readonly types?: readonly string[] | undefined;
}

/** A ref that a run of an event can have, and what its subject is about without an environment. */
export interface RefCandidate {
  readonly what: RefKind;
  /** The `ref` claim; `['']` when it is empty. */
  readonly ref: Phrase;
  readonly refType: 'branch' | 'tag';
  /** Whether the subject without an environment is `pull_request`. */
  readonly pullRequest: boolean;
  readonly headRef?: Phrase;
  readonly baseRef?: Phrase;
  /** Whether GitHub documents the ref. */
  readonly refDocumented: boolean;
  readonly notes: readonly string[];
  /** What GitHub does not document about the subject of a run without an environment. */
  readonly subjectNotes: readonly string[];
}

/** Whether GitHub documents that a run without an environment has this ref and this subject. */
export function isDocumented({ refDocumented, subjectNotes }: RefCandidate): boolean {
  return refDocumented && subjectNotes.length === 0;
}

export type RefKind = 'branch' | 'tag' | 'pull-request' | 'merge-queue' | 'no-ref';

/** The refs of an event, most likely first. */
export function refCandidates(facts: EventFacts): readonly RefCandidate[] {
  const source = refSource(facts.event);
  switch (source) {
    case 'given':
      return given(facts);
    case 'default-branch':
      return [defaultBranch(facts)];
    case 'pull-request':
      return pullRequest(facts);
    case 'review':
      return [true, false].map((counts) =>
        doubtful(
          pull(facts, counts),
          `GitHub does not say whether the subject of ${facts.event} is pull_request or the merge ref`,
        ),
      );
    case 'pull-request-target':
      return target(facts);
    case 'merge-queue':
      return mergeQueues(facts);
    case 'tag':
      return onlyTags(facts);
    case 'deployment':
      return [...given(facts), noRef()];
    case 'none':
      return [defaultBranch(facts), noRef()].map((one) =>
        unsure(one, `GitHub documents no ref for ${facts.event}`),
      );
    case 'unknown':
      return [...given(facts), pull(facts, true), noRef()].map((one) =>
        unsure(one, `the event ${facts.event} is not known`),
      );
    default:
      return source satisfies never;
  }
}

/** A branch, free unless it is given. */
export function branch(ref: Phrase = anyRef('refs/heads/')): RefCandidate {
  return {
    what: 'branch',
    ref,
    refType: 'branch',
    pullRequest: false,
    refDocumented: true,
    notes: [],
    subjectNotes: [],
  };
}

/** A tag, free unless it is given. */
export function tag(ref: Phrase = anyRef('refs/tags/')): RefCandidate {
  return { ...branch(ref), what: 'tag', refType: 'tag' };
}

/** The run of a pull request: its merge ref. */
export function mergeRef(pullRequest: boolean): RefCandidate {
  return {
    ...branch(['refs/pull/', ...free({ name: 'pull', letters: numbers }), '/merge']),
    ...pullRequestBranches,
    what: 'pull-request',
    pullRequest,
  };
}

/** A run whose `ref` is empty: a deployment of a commit. */
export function noRef(): RefCandidate {
  return {
    ...branch(['']),
    what: 'no-ref',
    subjectNotes: ['GitHub does not say how the subject of a run without a ref ends'],
  };
}

// One automaton each: they are made once and remember what they have walked.
const names = refName();
const numbers = pullNumber();
const digests = commitSha();

const pullRequestBranches: { readonly headRef: Phrase; readonly baseRef: Phrase } = {
  headRef: free({ name: 'head', letters: names }),
  baseRef: free({ name: 'base', letters: names }),
};

function anyRef(prefix: string): Phrase {
  return [prefix, ...free({ name: 'ref', letters: names })];
}

/** Not even the ref is documented. */
function unsure(candidate: RefCandidate, note: string): RefCandidate {
  return { ...candidate, refDocumented: false, notes: [...candidate.notes, note] };
}

/** The subject is not documented. */
function doubtful(candidate: RefCandidate, note: string): RefCandidate {
  return { ...candidate, subjectNotes: [...candidate.subjectNotes, note] };
}

/** The refs of the trigger; any branch and any tag where nothing is known of them. */
function given({ refs }: EventFacts): readonly RefCandidate[] {
  if (refs.length === 0) return [branch(), tag()];
  return refs.flatMap((set) => {
    const start = startOf(set);
    const phrase = namePhrase(set, 'ref', names);
    if (start.startsWith('refs/heads/')) return [branch(phrase)];
    if (start.startsWith('refs/tags/')) return [tag(phrase)];
    if (start.startsWith('refs/pull/'))
      return [{ ...branch(phrase), what: 'pull-request' as const }];
    return [branch(), tag()];
  });
}

function onlyTags(facts: EventFacts): readonly RefCandidate[] {
  const tags = given(facts).filter(({ what }) => what === 'tag');
  return tags.length === 0 ? [tag()] : tags;
}

function startOf(set: NameSet): string {
  if (set.kind === 'exact') return set.value;
  if (set.kind === 'filter') return set.prefix;
  const [first] = set.pieces;
  return typeof first === 'string' ? first : '';
}

function defaultBranch(facts: EventFacts): RefCandidate {
  return facts.defaultBranch === undefined
    ? { ...branch(), notes: ['the default branch is not known'] }
    : branch([`refs/heads/${facts.defaultBranch}`]);
}

/** The branches that pull requests go to, with `refs/heads/`. */
function bases(facts: EventFacts): readonly Phrase[] {
  const branches = given(facts).filter(({ what }) => what === 'branch');
  return branches.length === 0 ? [anyRef('refs/heads/')] : branches.map(({ ref }) => ref);
}

function pull(facts: EventFacts, counts: boolean): RefCandidate {
  const merges = facts.refs.filter((set) => startOf(set).startsWith('refs/pull/'));
  const [only] = merges;
  const known = only && merges.length === 1 ? { ref: namePhrase(only, 'pull', numbers) } : {};
  return { ...mergeRef(counts), ...known };
}

function pullRequest(facts: EventFacts): readonly RefCandidate[] {
  const open = pull(facts, true);
  // The types that are meant when none are named do not include `closed`.
  if (!facts.types?.includes('closed')) return [open];
  const merged = bases(facts).map((base) => ({
    ...open,
    ref: base,
    baseRef: withoutHeads(base),
    notes: ['closed by a merge: the ref is the base branch'],
  }));
  return [open, ...merged];
}

/** `main` of `refs/heads/main`. */
function withoutHeads(ref: Phrase): Phrase {
  const [first, ...others] = ref;
  return typeof first === 'string' ? [first.replace(/^refs\/heads\//, ''), ...others] : ref;
}

function target(facts: EventFacts): readonly RefCandidate[] {
  const which = targetRefs(facts.issuer);
  const branches = [
    ...(which.includes('default') ? [defaultBranch(facts)] : []),
    ...(which.includes('base') ? bases(facts).map((base) => branch(base)) : []),
  ];
  const note =
    'GitHub does not say whether the subject of pull_request_target is the branch or pull_request';
  const version = which.length > 1 ? ['the version of the server decides which branch it is'] : [];
  return [false, true].flatMap((pullRequest) =>
    branches.map((one) => ({
      ...doubtful(one, note),
      ...pullRequestBranches,
      pullRequest,
      notes: [...one.notes, ...version],
    })),
  );
}

/** From the refs of the queue themselves, or from the bases that it merges into. */
function mergeQueues(facts: EventFacts): readonly RefCandidate[] {
  const queues = facts.refs.filter((set) => inQueue(set));
  return queues.length > 0
    ? queues.map((set) => ofQueue(namePhrase(set, 'ref', names)))
    : bases(facts).map((base) => mergeQueue(base));
}

const queuePrefix = 'refs/heads/gh-readonly-queue/';

function inQueue(set: NameSet): boolean {
  const start = set.kind === 'filter' ? set.prefix + (set.patterns[0] ?? '') : startOf(set);
  return start.startsWith(queuePrefix);
}

function ofQueue(ref: Phrase): RefCandidate {
  return unsure(
    { ...branch(ref), what: 'merge-queue' },
    'GitHub does not document how the refs of merge groups are called',
  );
}

function mergeQueue(base: Phrase): RefCandidate {
  const number = free({ name: 'pull', letters: numbers });
  const sha = free({ name: 'sha', letters: digests });
  return ofQueue([queuePrefix, ...withoutHeads(base), '/pr-', ...number, '-', ...sha]);
}
