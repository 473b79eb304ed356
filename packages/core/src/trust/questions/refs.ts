import type { Severity } from '../../finding/severity.ts';
import type { Formula } from '../../language/formula.ts';
import { compileGlob } from '../../language/glob.ts';
import type { TokenData } from '../../oidc/token-data.ts';
import { isWitness, type Answer, type Examination } from '../examination.ts';
import type { FlawClass, Witness } from '../flaw.ts';
import { all, any, equals, matches, not } from '../formula.ts';
import { placesOf } from '../place.ts';
import { fixedStart } from '../subject-pattern.ts';
import { severityOf } from './severity.ts';

const claims: readonly string[] = ['sub', 'ref', 'environment', 'job_workflow_ref', 'repository'];
const maxRepositories = 20;

/** Which runs of the named repositories get in besides those of the refs and environments named. */
export function askRefs(examination: Examination): void {
  const { named } = examination;
  const ids = named.repositories.length === 0 ? named.repositoryIds : [];
  const repositories = [
    ...named.repositories.map((name) => ({ name, is: equals('repository', name, true) })),
    ...ids.map((id) => ({ name: `the repository ${id}`, is: equals('repository_id', id) })),
  ];
  const asked = repositories.slice(0, maxRepositories);
  if (asked.length < repositories.length)
    examination.open.push({
      question: 'which refs of each repository get in',
      reason: `the policy names ${repositories.length} repositories, only the first ${maxRepositories} were asked about`,
    });
  for (const { name, is } of asked) new RepositoryRefs(examination, name, is).report();
}

/** The runs of one repository. */
class RepositoryRefs {
  readonly #examination: Examination;
  readonly #repository: string;
  readonly #is: Formula;

  constructor(examination: Examination, repository: string, is: Formula) {
    this.#examination = examination;
    this.#repository = repository;
    this.#is = is;
  }

  report(): void {
    const { named } = this.#examination;
    const otherRef = named.refs.map((ref) => not(equals('ref', ref, true)));
    const closed = named.refPatterns.filter(isClosed);
    const openRef = closed.map((pattern) => not(matches('ref', compileGlob(pattern))));
    const branch = this.#ask(isBranch, otherRef);
    const anyBranch =
      branch && closed.length > 0 ? this.#ask(isBranch, [...otherRef, ...openRef]) : branch;
    const pull = this.#ask(isPullRequest, []);
    if (anyBranch && pull) {
      this.#add('any-ref', 'high', anyBranch, isBranch, otherRef);
      return;
    }
    if (branch)
      this.#add(
        'branch-pattern',
        anyBranch ? 'medium' : 'low',
        anyBranch ?? branch,
        isBranch,
        otherRef,
      );
    const tag = this.#ask(isTag, otherRef);
    const anyTag = tag && this.#ask(isTag, [...otherRef, ...openRef]);
    if (tag) this.#add('tag-pattern', anyTag ? 'medium' : 'low', anyTag ?? tag, isTag, otherRef);
    if (pull)
      this.#add(
        'pull-request',
        this.#takesProduction() ? 'medium' : 'low',
        pull,
        isPullRequest,
        [],
      );
    const elsewhere = [
      ...otherRef,
      ...named.environments.map((name) => not(equals('environment', name, true))),
    ];
    const environment = this.#ask(isEnvironment, elsewhere);
    if (environment)
      this.#add('environment-pattern', 'medium', environment, isEnvironment, elsewhere);
  }

  /** Whether the same repository gets in from its main branch or a production environment. */
  #takesProduction(): boolean {
    const main = any(['main', 'master'].map((name) => equals('ref', `refs/heads/${name}`)));
    const production = any(
      ['prod*', 'prd*', 'live*', '*-prod', '*production*'].map((pattern) =>
        matches('environment', compileGlob(pattern, { ignoreCase: true })),
      ),
    );
    return (
      this.#ask(isBranch, [main]) !== undefined ||
      this.#ask(isEnvironment, [production]) !== undefined
    );
  }

  #add(
    flaw: FlawClass,
    severity: Severity,
    witness: Witness,
    kinds: (data: TokenData) => boolean,
    formula: readonly Formula[],
  ): void {
    const ask = (narrower: Formula): Answer => this.#question(kinds, [narrower]);
    this.#examination.flaws.push({
      class: flaw,
      severity: severityOf(severity, this.#examination, all(formula), ask),
      about: this.#repository,
      witness,
      ...placesOf(this.#examination, witness, claims),
    });
  }

  #ask(kinds: (data: TokenData) => boolean, formula: readonly Formula[]): Witness | undefined {
    const answer = this.#question(kinds, formula);
    return isWitness(answer) ? answer : undefined;
  }

  #question(kinds: (data: TokenData) => boolean, formula: readonly Formula[]): Answer {
    return this.#examination.ask({
      question: `which refs of ${this.#repository} get in`,
      formula: all([this.#is, ...formula]),
      kinds: (data) => data.documented && kinds(data),
    });
  }
}

const isBranch = ({ context, ref }: TokenData): boolean => context === 'ref' && ref === 'branch';
const isTag = ({ context, ref }: TokenData): boolean => context === 'ref' && ref === 'tag';
const isEnvironment = ({ context }: TokenData): boolean => context === 'environment';
/** Not those closed by a merge: they run on the base branch, from the code that was reviewed. */
const isPullRequest = ({ context, ref }: TokenData): boolean =>
  context === 'pull_request' && ref === 'pull-request';

/** Whether a pattern keeps to a name and what stands behind a separator: `refs/heads/release/*`, `refs/tags/v*`. */
function isClosed(pattern: string): boolean {
  const start = fixedStart(pattern);
  if (start.startsWith('refs/tags/')) return start.length > 'refs/tags/'.length;
  return (
    start.length > 'refs/heads/'.length && /[-/_.]$/.test(start) && start.startsWith('refs/heads/')
  );
}
