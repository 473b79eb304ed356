import type { Letters } from '../language/letters.ts';
import { TooManyStates } from '../language/table.ts';
import { anything } from './any-token.ts';
import { refCandidates, type RefCandidate } from './event-refs.ts';
import type { SubjectFormat } from './format.ts';
import { anyText, environmentName } from './grammar/names.ts';
import { colonsOf, type Issuer } from './issuer.ts';
import { namePhrase, type NameSet } from './name-set.ts';
import type { Phrase } from './phrase.ts';
import type { TokenSet, TokenShape, UnmadeToken } from './token-data.ts';
import { isUnmade, tokenShape, type RepositoryPhrases, type TokenParts } from './token-shape.ts';

// Made once: their automata remember what was walked, for one case after the other.
const text = anyText();
const environmentText = environmentName();

/** The runs of one job for one trigger, as far as the files tell. */
export interface RunPattern {
  readonly issuer: Issuer;
  readonly repository: KnownRepository;
  readonly event: string;
  /** Full refs that the trigger lets through; of pull requests and merge groups the bases. */
  readonly refs: readonly NameSet[];
  readonly defaultBranch?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly environment:
    | { readonly kind: 'none' }
    | { readonly kind: 'named'; readonly name: NameSet }
    | { readonly kind: 'either'; readonly name: NameSet };
  readonly audience: NameSet;
  /** The workflow that the event starts: `.github/workflows/release.yml`, and its name when it has one. */
  readonly workflow: { readonly file: string; readonly name?: NameSet | undefined };
  /** For a job of a called workflow; undefined for one of the workflow itself. */
  readonly callee?: Callee | undefined;
  readonly runner?: 'github-hosted' | 'self-hosted' | undefined;
}

/** A repository by its names; ids and the rest where they are known. */
export interface KnownRepository {
  readonly owner: string;
  readonly name: string;
  readonly ownerId?: string | undefined;
  readonly id?: string | undefined;
  readonly visibility?: 'public' | 'private' | 'internal' | undefined;
  /** `none` outside of an enterprise; undefined when it is not known, which makes tokens of both kinds. */
  readonly enterprise?:
    | 'none'
    | { readonly slug?: string | undefined; readonly id?: string | undefined }
    | undefined;
}

/** A called workflow: a file of the same repository at the same ref, or the whole of `job_workflow_ref`. */
type Callee =
  | { readonly kind: 'local'; readonly file: string }
  | { readonly kind: 'remote'; readonly ref: NameSet };

/**
 * The tokens that GitHub may mint for a run: one shape per format and per way in which it can be,
 * documented or not.
 */
export function tokensOf(run: RunPattern, formats: readonly SubjectFormat[]): TokenSet {
  const shapes = new Map<string, TokenShape>();
  const unmade = new Map<string, UnmadeToken>();
  const numbers = new Map<Letters, number>();
  const numberOf = (letters: Letters): number => {
    const number = numbers.get(letters) ?? numbers.size;
    numbers.set(letters, number);
    return number;
  };
  let all: readonly TokenParts[];
  try {
    all = partsOf(run, formats);
  } catch (error) {
    // ATTACKER: a filter can be written so that its automaton would fill the memory.
    if (!(error instanceof TooManyStates)) throw error;
    const reason = `a filter or name of the run is too intricate: ${error.message}`;
    return { shapes: [], unmade: formats.map((format) => ({ format, kind: 'undecided', reason })) };
  }
  for (const parts of all) {
    const made = tokenShape(parts);
    if (isUnmade(made)) unmade.set(JSON.stringify(made), made);
    else {
      // Candidates that differ in a part that the template leaves out are one token.
      const key = JSON.stringify([
        made.data.format,
        [...made.fields],
        made.variables.map(({ letters }) => numberOf(letters)),
      ]);
      if (!shapes.has(key)) shapes.set(key, made);
    }
  }
  return { shapes: [...shapes.values()], unmade: [...unmade.values()] };
}

function partsOf(run: RunPattern, formats: readonly SubjectFormat[]): readonly TokenParts[] {
  const { issuer, workflow } = run;
  const colons = colonsOf(issuer);
  const contexts = contextsOf(run, refCandidates(run));
  const repositories = repositoriesOf(run);
  const common = {
    issuer,
    audience: namePhrase(run.audience, 'audience', text),
    event: [run.event],
    actor: anything.actor,
    actorId: anything.actorId,
    runner: run.runner === undefined ? anything.runner : [run.runner],
    // A workflow without a name is called by its file.
    workflow: workflow.name ? namePhrase(workflow.name, 'workflow', text) : [workflow.file],
    workflowFile: [workflow.file],
    notes: colons.length > 1 ? [colonNote] : [],
  };
  return formats
    .flatMap((format) => colons.map((colon) => ({ format, colons: colon })))
    .flatMap((one) => repositories.map((repository) => ({ ...one, repository })))
    .flatMap((one) =>
      contexts.map(([candidate, environment]) => ({
        ...common,
        ...one,
        candidate,
        ...(environment ? { environment } : {}),
        workflowRevision: revisionOf(candidate),
        callee: calleeOf(run, candidate),
      })),
    );
}

const colonNote = 'the version of the server decides how a colon in a name is written';

/** With and without an environment, whose subject does not tell the ref. */
function contextsOf(
  run: RunPattern,
  candidates: readonly RefCandidate[],
): readonly (readonly [RefCandidate, Phrase | undefined])[] {
  const { environment } = run;
  const without = candidates.map((one) => [one, undefined] as const);
  if (environment.kind === 'none') return without;
  const name = namePhrase(environment.name, 'environment', environmentText);
  const within = candidates.map((one) => [one, name] as const);
  return environment.kind === 'named' ? within : [...within, ...without];
}

function repositoriesOf({ repository, issuer }: RunPattern): readonly RepositoryPhrases[] {
  const { enterprise } = repository;
  const common: RepositoryPhrases = {
    owner: [repository.owner],
    name: [repository.name],
    ownerId: repository.ownerId === undefined ? anything.ownerId : [repository.ownerId],
    id: repository.id === undefined ? anything.repositoryId : [repository.id],
    visibility: repository.visibility === undefined ? anything.visibility : [repository.visibility],
  };
  const fromIssuer = issuer.kind === 'server' ? undefined : issuer.enterprise;
  const known = typeof enterprise === 'object' ? enterprise : undefined;
  const slug = known?.slug ?? fromIssuer;
  const inside: RepositoryPhrases = {
    ...common,
    enterprise: {
      slug: slug === undefined ? anything.enterprise : [slug],
      id: known?.id === undefined ? anything.enterpriseId : [known.id],
    },
  };
  if (known !== undefined || fromIssuer !== undefined) return [inside];
  return enterprise === 'none' ? [common] : [common, inside];
}

function revisionOf(candidate: RefCandidate): Phrase {
  return candidate.what === 'no-ref' ? anything.revision : candidate.ref;
}

function calleeOf(
  run: RunPattern,
  candidate: RefCandidate,
): { readonly kind: 'own' | 'given'; readonly ref: Phrase } {
  const { callee, repository } = run;
  if (callee?.kind === 'remote')
    return { kind: 'given', ref: namePhrase(callee.ref, 'calleeFile', text) };
  const file = callee?.file ?? run.workflow.file;
  return {
    kind: callee ? 'given' : 'own',
    ref: [`${repository.owner}/${repository.name}/${file}@`, ...revisionOf(candidate)],
  };
}
