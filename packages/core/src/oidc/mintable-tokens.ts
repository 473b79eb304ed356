import { anything } from './any-token.ts';
import { branch, mergeRef, noRef, tag, type RefCandidate } from './event-refs.ts';
import { eventsWith, type RefSource } from './events.ts';
import type { SubjectFormat } from './format.ts';
import { oneOf } from './grammar/names.ts';
import { colonsOf, knowsImmutable, type Issuer } from './issuer.ts';
import { minterPhrases, type Minter, type MinterPhrases } from './minter.ts';
import { free, type Phrase } from './phrase.ts';
import type { TokenShape } from './token-data.ts';
import { isUnmade, tokenShape, type RepositoryPhrases, type TokenParts } from './token-shape.ts';

/** Which of all tokens are asked for. */
export interface MintableQuestion {
  readonly issuer: Issuer;
  /** Exact audiences; any text when undefined: a job asks for the one it likes. */
  readonly audiences?: readonly string[] | undefined;
  /** Anyone when undefined. */
  readonly minter?: Minter | undefined;
  /** `include_claim_keys` that an owner may set besides the default; see `templatesFor`. */
  readonly templates?: readonly (readonly string[])[] | undefined;
  /**
   * The claims that the question looks at; tokens that differ in others are not told apart. Every
   * claim when undefined.
   */
  readonly claims?: ReadonlySet<string> | undefined;
  /** Whether tokens that GitHub does not document are among them; they are unless `false`. */
  readonly undocumented?: boolean | undefined;
}

/** Every token that GitHub can mint for the minter, one shape per kind. */
export function mintableTokens(question: MintableQuestion): readonly TokenShape[] {
  const shapes: TokenShape[] = [];
  for (const parts of partsOf(question)) {
    const made = tokenShape(parts);
    // A template with an environment makes no token for a job without one: there is no such shape.
    if (isUnmade(made)) continue;
    if (made.data.documented || question.undocumented !== false) shapes.push(made);
  }
  return shapes;
}

interface Context {
  readonly candidate: RefCandidate;
  readonly environment?: Phrase;
  readonly event: Phrase;
}

/** The refs that runs have, whatever started them, without and with an environment. */
const contexts: readonly Context[] = [false, true].flatMap((environment) => {
  const { headRef, baseRef } = mergeRef(true);
  const base: RefCandidate = {
    ...branch(),
    ...(headRef ? { headRef } : {}),
    ...(baseRef ? { baseRef } : {}),
  };
  const doubt =
    'GitHub does not say whether the subject of reviews and of pull_request_target is pull_request or the ref';
  const doubtful = (one: RefCandidate, pullRequest: boolean): RefCandidate => ({
    ...one,
    pullRequest,
    subjectNotes: [doubt],
  });
  const eventOf = (...sources: readonly RefSource[]): Phrase =>
    free({ name: 'event', letters: oneOf(eventsWith(...sources)) });
  const target = eventOf('pull-request-target');
  const contexts: readonly Context[] = [
    {
      candidate: branch(),
      event: eventOf('given', 'default-branch', 'merge-queue', 'deployment', 'none'),
    },
    { candidate: tag(), event: eventOf('given', 'tag', 'deployment') },
    { candidate: mergeRef(true), event: eventOf('pull-request', 'review') },
    // Closed by a merge.
    { candidate: { ...base, pullRequest: true }, event: eventOf('pull-request') },
    { candidate: doubtful(base, false), event: target },
    { candidate: noRef(), event: eventOf('deployment', 'none') },
  ];
  // The subject under an environment is the same for both answers.
  return environment
    ? contexts.map((one) => ({ ...one, environment: anything.environment }))
    : [
        ...contexts,
        { candidate: doubtful(base, true), event: target },
        { candidate: doubtful(mergeRef(false), false), event: eventOf('review') },
      ];
});

function partsOf(question: MintableQuestion): readonly TokenParts[] {
  const { issuer, audiences, claims } = question;
  const looksAt = (claim: string): boolean => !claims || claims.has(claim);
  const formats = formatsOf(question);
  const callees = looksAt('job_workflow_ref') || inTemplates(question, 'job_workflow_ref');
  const repositories = minterPhrases(question.minter ?? { kind: 'anyone' }).flatMap((one) =>
    repositoriesOf(one, question, looksAt('enterprise') || looksAt('enterprise_id')),
  );
  const common = {
    issuer,
    audience:
      audiences === undefined
        ? anything.audience
        : free({ name: 'audience', letters: oneOf(audiences) }),
    actor: anything.actor,
    actorId: anything.actorId,
    runner: anything.runner,
    workflow: anything.workflow,
    workflowFile: anything.workflowFile,
  };
  return formats
    .flatMap((format) => colonsOf(issuer).map((colons) => ({ format, colons })))
    .flatMap((one) =>
      repositories.map(({ repository, notes }) => ({
        ...one,
        repository,
        notes: [...notes, ...notesOn(one.format, question)],
      })),
    )
    .flatMap((one) =>
      contexts.flatMap((context) => {
        const revision =
          context.candidate.what === 'no-ref' ? anything.revision : context.candidate.ref;
        const { owner, name } = one.repository;
        const own = [...owner, '/', ...name, '/', ...anything.jobFile, '@', ...revision];
        return [
          { kind: 'own' as const, ref: own },
          ...(callees ? [{ kind: 'any' as const, ref: anything.callee }] : []),
        ].map((callee) => ({ ...common, ...one, ...context, workflowRevision: revision, callee }));
      }),
    );
}

/** A repository that is made anew today has immutable subjects. */
function notesOn(format: SubjectFormat, { issuer, minter }: MintableQuestion): readonly string[] {
  const immutable = format.kind === 'immutable' || (format.kind === 'custom' && format.immutable);
  return minter?.kind.startsWith('recycled') && !immutable && knowsImmutable(issuer)
    ? ['only a repository made before 2026-07-15 writes this subject without ids']
    : [];
}

/** The default formats that the issuer knows, and the templates in both. */
function formatsOf({ issuer, templates = [] }: MintableQuestion): readonly SubjectFormat[] {
  const ids = knowsImmutable(issuer);
  return [
    { kind: 'classic' },
    ...(ids ? [{ kind: 'immutable' } as const] : []),
    ...templates.flatMap((keys): SubjectFormat[] =>
      [false, ...(ids && keys.includes('repo') ? [true] : [])].map((immutable) => ({
        kind: 'custom',
        claims: keys,
        immutable,
      })),
    ),
  ];
}

function inTemplates({ templates = [] }: MintableQuestion, key: string): boolean {
  return templates.some((keys) => keys.includes(key));
}

/** Inside of an enterprise and outside, where the question can tell. */
function repositoriesOf(
  { owner, ownerId, name, id, notes }: MinterPhrases,
  { issuer, minter, templates = [] }: MintableQuestion,
  looksAtEnterprise: boolean,
): readonly { readonly repository: RepositoryPhrases; readonly notes: readonly string[] }[] {
  const outside = { owner, ownerId, name, id, visibility: anything.visibility };
  const slug = issuer.kind === 'server' ? undefined : issuer.enterprise;
  const inside = {
    ...outside,
    enterprise: {
      slug: slug === undefined ? anything.enterprise : [slug],
      id: anything.enterpriseId,
    },
  };
  const known = minter && 'repository' in minter ? minter.repository.enterprise : undefined;
  const asked =
    looksAtEnterprise || templates.some((keys) => keys.some((key) => key.startsWith('enterprise')));
  if (slug !== undefined) return [{ repository: inside, notes }];
  if (!asked || (minter?.kind === 'repository' && known === 'none'))
    return [{ repository: outside, notes }];
  return [
    { repository: outside, notes },
    { repository: inside, notes },
  ];
}
