import type { Formula } from '../language/formula.ts';
import { compileGlob } from '../language/glob.ts';
import { findWord, type Search } from '../language/search.ts';
import type { Issuer } from '../oidc/issuer.ts';
import { mintableTokens } from '../oidc/mintable-tokens.ts';
import { free } from '../oidc/phrase.ts';
import type { TokenData, TokenShape } from '../oidc/token-data.ts';
import { all, equals, matches, not } from './formula.ts';
import type { Named } from './named.ts';
import { sessionField, sessionNameLetters, withSession } from './session.ts';

const anySession = free({ name: 'session', letters: sessionNameLetters });

/** Which of the tokens that GitHub can mint are asked about. */
export interface Question {
  readonly formula: Formula;
  /** Kinds of tokens; all when undefined. */
  readonly kinds?: (data: TokenData) => boolean;
  readonly templates?: readonly (readonly string[])[];
}

/** Claims of which a question makes more kinds of tokens: see `mintableTokens`. */
const telling: readonly string[] = [
  'job_workflow_ref',
  'enterprise',
  'enterprise_id',
  sessionField,
];

/** Shapes by what they were made for: their automata remember what was walked, for one policy after the other. */
const shapesMade = new Map<string, readonly TokenShape[]>();
const maxShapes = 100;

/** Everything that GitHub can mint for anybody, and the search in it. */
export class Universe {
  readonly #issuer: Issuer;
  readonly #claims: ReadonlySet<string>;
  readonly #budget: number;
  /** The claims that decide on the kinds of tokens. */
  readonly #told: readonly string[];

  constructor(issuer: Issuer, claims: ReadonlySet<string>, budget = 200_000) {
    this.#issuer = issuer;
    this.#claims = claims;
    this.#told = telling.filter((claim) => claims.has(claim));
    this.#budget = budget;
  }

  /** A token for which the formula holds; if one of the usual audiences does, with that. */
  find(question: Question, usual: readonly string[]): Search<TokenData> {
    const any = this.#search(question, undefined);
    if (any.kind !== 'found') return any;
    const likely = this.#search(question, usual);
    return likely.kind === 'found' ? likely : any;
  }

  #search(question: Question, audiences: readonly string[] | undefined): Search<TokenData> {
    const shapes = this.#shapesFor(audiences, question.templates ?? []);
    const kinds = question.kinds;
    const asked = kinds ? shapes.filter(({ data }) => kinds(data)) : shapes;
    return findWord(asked, question.formula, { budget: this.#budget });
  }

  #shapesFor(
    audiences: readonly string[] | undefined,
    templates: readonly (readonly string[])[],
  ): readonly TokenShape[] {
    const key = JSON.stringify([this.#issuer, [...this.#told], audiences, templates]);
    const known = shapesMade.get(key);
    if (known) return known;
    const made = mintableTokens({
      issuer: this.#issuer,
      audiences,
      templates,
      claims: this.#claims,
    });
    const shapes = this.#claims.has(sessionField)
      ? made.map((shape) => withSession(shape, anySession))
      : made;
    if (shapesMade.size >= maxShapes) shapesMade.clear();
    shapesMade.set(key, shapes);
    return shapes;
  }
}

/** Owners that a policy does not name, by name or by id. GitHub compares names without case. */
export function outsider({ owners, ownerIds, repositoryIds }: Named): Formula {
  return all([
    ...owners.map((owner) => not(ofOwner(owner))),
    ...ownerIds.map((id) => not(equals('repository_owner_id', id))),
    ...repositoryIds.map((id) => not(equals('repository_id', id))),
  ]);
}

/** Repositories of an owner that a policy does not name. */
export function sibling(owner: string, named: Named): Formula {
  return all([ofOwner(owner), notNamed(named)]);
}

/** The same for an owner of whom only the id is known. */
export function siblingOfId(id: string, named: Named): Formula {
  return all([equals('repository_owner_id', id), notNamed(named)]);
}

function notNamed({ repositories, repositoryIds }: Named): Formula {
  return all([
    ...repositories.map((name) => not(equals('repository', name, true))),
    ...repositoryIds.map((id) => not(equals('repository_id', id))),
  ]);
}

/** Tokens of any repository of an owner. */
function ofOwner(owner: string): Formula {
  return matches('repository', compileGlob(`${owner}/*`, { ignoreCase: true }));
}
