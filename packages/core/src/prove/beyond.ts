import type { CompiledPolicy } from '../iam/compile.ts';
import { evaluateFormula } from '../language/evaluate.ts';
import type { Formula } from '../language/formula.ts';
import { compileGlob } from '../language/glob.ts';
import type { Search } from '../language/search.ts';
import type { Issuer } from '../oidc/issuer.ts';
import type { KnownRepository } from '../oidc/run-tokens.ts';
import type { TokenData } from '../oidc/token-data.ts';
import { statementFormula, acceptanceOf, type Door } from '../trust/acceptance.ts';
import { all, equals, matches, not, present } from '../trust/formula.ts';
import { namedOf, namedValues, type Named } from '../trust/named.ts';
import { sessionField } from '../trust/session.ts';
import { outsider, sibling, Universe } from '../trust/universe.ts';
import type { Place, TokenExample } from './proof.ts';
import { exampleOf } from './token-verdict.ts';

/** Whose tokens, or of which runs, a role accepts although nothing here needs it. */
export type BeyondKind =
  | 'other-owner'
  | 'other-repository'
  | 'branch'
  | 'tag'
  | 'pull-request'
  | 'environment';

/** Tokens that a role accepts beyond the intended ones, with one of them. */
export interface Beyond {
  readonly kind: BeyondKind;
  readonly witness: TokenExample;
  /** The condition that lets it in, or the statement. */
  readonly at: Place;
}

/** What a question about a role could not answer. */
export interface OpenQuestion {
  readonly kind: BeyondKind;
  readonly reason: string;
}

/** The role, whose repository asks, and what is meant. */
export interface BeyondQuestion {
  readonly policy: CompiledPolicy;
  readonly door: Door;
  readonly issuer: Issuer;
  readonly repository: KnownRepository;
  readonly intended: Formula;
  /** Whether other repositories that the policy names in full are meant too. */
  readonly namedAreMeant: boolean;
}

/** The claims that any question here looks at. */
const asked = [
  'aud',
  'sub',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'environment',
  'ref',
  'job_workflow_ref',
  'workflow',
  'actor',
  'actor_id',
  'enterprise_id',
  sessionField,
];

/** A token for each kind of run that a role accepts and that is not intended. */
export function beyondIntended(question: BeyondQuestion): {
  readonly beyond: readonly Beyond[];
  readonly open: readonly OpenQuestion[];
} {
  const { policy, door, issuer, repository, intended } = question;
  const acceptance = acceptanceOf(policy, door);
  const universe = new Universe(issuer, new Set(asked));
  const values = namedValues(policy, door.provider);
  const named = withRepository(namedOf(values), repository, question.namedAreMeant);
  const audiences = named.audiences.length > 0 ? named.audiences : ['sts.amazonaws.com'];
  const beyond: Beyond[] = [];
  const open: OpenQuestion[] = [];
  for (const [kind, of] of questionsFor(named, repository)) {
    const formula = all([acceptance, not(intended), of]);
    const found: Search<TokenData> = universe.find(
      // What GitHub does not document would make a witness that may not exist.
      { formula, kinds: ({ documented }) => documented },
      audiences,
    );
    if (found.kind === 'undecided') open.push({ kind, reason: found.reason });
    if (found.kind !== 'found') continue;
    beyond.push({
      kind,
      witness: exampleOf(found.word),
      at: placeFor(policy, door, found.word.fields),
    });
    // Whoever anybody may be includes everybody else.
    if (kind === 'other-owner') break;
  }
  return { beyond, open };
}

/** The repository that asks is among those that are meant. */
function withRepository(
  named: Named,
  { owner, name, ownerId, id }: KnownRepository,
  namedAreMeant: boolean,
): Named {
  const own = `${owner}/${name}`;
  return {
    ...named,
    owners: [...new Set([...(namedAreMeant ? named.owners : []), owner])],
    ownerIds: namedAreMeant ? named.ownerIds : ownerId === undefined ? [] : [ownerId],
    repositories: [...new Set([...(namedAreMeant ? named.repositories : []), own])],
    repositoryIds: namedAreMeant ? named.repositoryIds : id === undefined ? [] : [id],
  };
}

function questionsFor(
  named: Named,
  { owner, name }: KnownRepository,
): readonly (readonly [BeyondKind, Formula])[] {
  const own = equals('repository', `${owner}/${name}`, true);
  const within = present('environment');
  const of = (glob: string): Formula => matches('ref', compileGlob(glob));
  return [
    ['other-owner', outsider(named)],
    ['other-repository', sibling(owner, named)],
    ['branch', all([own, not(within), of('refs/heads/*')])],
    ['tag', all([own, not(within), of('refs/tags/*')])],
    ['pull-request', all([own, not(within), of('refs/pull/*')])],
    ['environment', all([own, within])],
  ];
}

/** The last condition on the subject (or else any) of the statement that lets a token in. */
function placeFor(policy: CompiledPolicy, door: Door, fields: ReadonlyMap<string, string>): Place {
  const { file } = policy.policy;
  for (const statement of policy.statements) {
    if (statement.statement.effect !== 'Allow') continue;
    if (evaluateFormula(statementFormula(statement, policy, door), fields) !== 'holds') continue;
    const conditions = statement.conditions.map(({ key, condition }) => ({ key, condition }));
    const subject = conditions.find(({ key }) => key?.endsWith(':sub'));
    return { file, range: (subject?.condition ?? statement.statement).range };
  }
  return { file, range: policy.policy.range };
}
