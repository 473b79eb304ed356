import { fileOfFrame } from '../credentials/frame.ts';
import type { CredentialStep } from '../credentials/step.ts';
import type { Scope } from '../workflow/evaluate.ts';
import type { Repository } from '../workflow/repository.ts';
import { availabilityOf } from './availability.ts';
import { Observation, type Point } from './axis.ts';
import { runAt } from './case-run.ts';
import type { Case, EnvironmentChoice, NameSet, NotOidc, RoleChoice } from './case.ts';
import { eventScope, type Settings } from './contexts.ts';
import type { Entry } from './entry.ts';
import { Memory } from './memory.ts';
import { namesOf } from './names.ts';
import { keyOfOutcome, nameOf, outcomeOf, type Outcome } from './outcome.ts';
import { intersects } from './overlap.ts';
import { reachJob } from './reach-job.ts';
import { keyOfRole } from './role.ts';
import { stepScope } from './step-scope.ts';
import type { Target } from './target.ts';
import { joinLeaves, takeApart, type Leaf, type Tree } from './tree.ts';
import { oneLine, wordsOfPoint } from './words.ts';

/** What the runs of one entry do in one target. */
export interface TargetCases {
  readonly cases: readonly Case[];
  readonly notOidc: readonly NotOidc[];
  /** Whether the job may run at all, and whether it runs in every run of the entry. */
  readonly reached: boolean;
  readonly always: boolean;
  /** The outcomes that keep it from running. */
  readonly blocked: readonly Outcome[];
}

interface Made {
  readonly made: Case;
  readonly index: number;
  readonly point: Point;
}

/** The cases of a target in one entry, those of earlier steps first. */
export function casesOf(
  target: Target,
  entry: Entry,
  settings: Settings,
  repository: Repository,
  memory: Memory,
): TargetCases {
  const found: Made[] = [];
  const notOidc: NotOidc[] = [];
  const blocked: Outcome[] = [];
  let reached = false;
  let always = false;
  for (const [index, credential] of target.steps.entries()) {
    const tree = takeApart((point: Point, observation: Observation): Outcome => {
      const view = { entry, point, observation, memory };
      const event = eventScope(target.root, view, settings);
      return outcomeOf(target, index, event, view, { repository, settings });
    });
    for (const leaf of joinLeaves(tree, keyOfOutcome)) {
      const { outcome } = leaf;
      if (outcome.runs === false) {
        blocked.push(outcome);
        continue;
      }
      reached = true;
      always ||= outcome.runs === true && leaf.point.size === 0;
      const { method } = outcome.method;
      if (method === 'oidc' || method === 'chained') {
        const maker = new Maker(target, index, credential, entry, settings, repository, tree);
        found.push(...maker.make(leaf, found).map((made) => ({ made, index, point: leaf.point })));
      } else notOidc.push(notOidcOf(target, credential, method));
    }
  }
  return { cases: found.map((one) => one.made), notOidc, reached, always, blocked };
}

/** More conditions than this are counted, not listed. */
const maxConditions = 5;

class Maker {
  readonly #target: Target;
  readonly #index: number;
  readonly #credential: CredentialStep;
  readonly #entry: Entry;
  readonly #settings: Settings;
  readonly #repository: Repository;
  readonly #tree: Tree<Outcome>;

  constructor(
    target: Target,
    index: number,
    credential: CredentialStep,
    entry: Entry,
    settings: Settings,
    repository: Repository,
    tree: Tree<Outcome>,
  ) {
    this.#target = target;
    this.#index = index;
    this.#credential = credential;
    this.#entry = entry;
    this.#settings = settings;
    this.#repository = repository;
    this.#tree = tree;
  }

  /** One case per environment, role and source that the leaf leaves open. */
  make({ point, outcome }: Leaf<Outcome>, before: readonly Made[]): Case[] {
    const scope = this.#scopeAt(point, outcome);
    const where = wordsOfPoint(point, this.#tree.axes);
    return outcome.environments.flatMap((environment) =>
      outcome.roles.flatMap((role) => {
        const words = [this.#entry.words ?? '', where, ...this.#which(outcome, environment, role)];
        const condition = words.filter((one) => one !== '').join('; ');
        const { run, besides } = runAt(
          this.#target.root.file,
          this.#entry,
          point,
          condition,
          scope,
        );
        const within = stepScope(this.#credential.frame, scope);
        const duration = this.#duration(within);
        const made: Case = {
          workflow: this.#target.root,
          job: this.#target.job,
          callers: this.#target.callers,
          run,
          environment,
          credential: this.#credential,
          runs: outcome.runs,
          role,
          token: availabilityOf(this.#target),
          audience: this.#names('audience', 'sts.amazonaws.com', scope),
          sessionName: this.#names('role-session-name', 'GitHubActions', scope),
          ...(duration === undefined ? {} : { duration }),
          assumptions: [...this.#assumptions(outcome, before), ...this.#ofActor(role), ...besides],
        };
        return this.#withSources(made, outcome, point, before);
      }),
    );
  }

  /** What the job's expressions see in all of a leaf's runs. */
  #scopeAt(point: Point, { at }: Outcome): Scope {
    if (at?.point === point) return at.scope;
    const observation = new Observation(true);
    const view = { entry: this.#entry, point, observation, memory: new Memory() };
    const event = eventScope(this.#target.root, view, this.#settings);
    return reachJob(this.#target, event, view, this.#repository).scope;
  }

  /** Where only a run tells which of several it is: the one of this case. */
  #which(outcome: Outcome, environment: EnvironmentChoice, role: RoleChoice): string[] {
    const words: string[] = [];
    if (outcome.environments.length > 1) {
      const text = oneLine(this.#target.job.environment?.name?.value ?? 'environment');
      words.push(`"${text}" comes to ${wordsOfEnvironment(environment)}`);
    }
    if (outcome.roles.length > 1) {
      const text = oneLine(this.#credential.input('role-to-assume')?.text.value ?? 'the role');
      words.push(`"${text}" comes to ${wordsOfRole(role)}`);
    }
    return words;
  }

  /** What differs in runs that Dependabot starts. */
  #ofActor(role: RoleChoice): string[] {
    const isPull = this.#entry.trigger.event.startsWith('pull_request');
    const by = role.kind === 'known' ? role.via : role.kind === 'unknown' ? role.decidedBy : '';
    return isPull && by.includes('secrets.')
      ? ['it is not Dependabot that starts the run: its runs see no secrets of Actions']
      : [];
  }

  #withSources(
    made: Case,
    { source }: Outcome,
    point: Point,
    before: readonly Made[],
  ): readonly Case[] {
    if (!source) return [made];
    if (source.index === undefined) {
      return [source.besides === undefined ? made : { ...made, sourceBesides: source.besides }];
    }
    const wanted = new Set(source.roles?.map((role) => keyOfRole(role)));
    const environment = JSON.stringify(made.environment);
    const sources = before.filter(
      (one) =>
        one.index === source.index &&
        wanted.has(keyOfRole(one.made.role)) &&
        JSON.stringify(one.made.environment) === environment &&
        intersects(one.point, point),
    );
    if (sources.length === 0) return [{ ...made, sourceBesides: 'an earlier step of the job' }];
    const cases = new Map(sources.map((one) => [keyOfRole(one.made.role), one.made]));
    return Array.from(cases.values(), (one) => ({ ...made, source: one }));
  }

  #names(name: 'audience' | 'role-session-name', fallback: string, scope: Scope): NameSet {
    const input = this.#credential.input(name);
    if (input) {
      const names = namesOf(input.text, stepScope(input.frame, scope));
      return names.kind === 'exact' && names.value === ''
        ? { kind: 'exact', value: fallback }
        : names;
    }
    if (this.#credential.known) return { kind: 'exact', value: fallback };
    return { kind: 'template', pieces: [{ open: `${name} of another action` }] };
  }

  #duration(scope: Scope): number | undefined {
    const input = this.#credential.input('role-duration-seconds');
    if (!input) return undefined;
    const names = namesOf(input.text, scope);
    const seconds = names.kind === 'exact' ? Number(names.value) : Number.NaN;
    return Number.isInteger(seconds) && seconds > 0 ? seconds : undefined;
  }

  #assumptions({ open, method, source }: Outcome, before: readonly Made[]): string[] {
    const credential = this.#credential;
    const said = [...this.#entry.assumptions];
    for (const condition of open.slice(0, maxConditions)) {
      said.push(`it runs only if ${condition}`);
    }
    if (open.length > maxConditions) {
      said.push(`it runs only if ${open.length - maxConditions} more conditions hold`);
    }
    if (method.open) said.push(`input "${method.open}" is not true`);
    if (!credential.known) {
      said.push(
        `"${credential.step.uses?.value ?? ''}" takes the role as configure-aws-credentials does`,
      );
    }
    if (source?.skippable) said.push('the step that gives the source credentials is not skipped');
    const kept = credential.input('use-existing-credentials');
    if (kept && before.some((one) => one.index < this.#index)) {
      said.push('the credentials of the earlier step are not kept (use-existing-credentials)');
    }
    if (!this.#tree.complete) {
      said.push('not all combinations of inputs and refs were told apart');
    }
    return said;
  }
}

function wordsOfEnvironment(choice: EnvironmentChoice): string {
  if (choice.kind === 'none') return 'nothing';
  const { name } = choice;
  if (name.kind === 'exact') return `"${name.value}"`;
  if (name.kind === 'filter') return name.patterns.join(', ');
  return name.pieces.map((piece) => (typeof piece === 'string' ? piece : piece.open)).join('');
}

function wordsOfRole(role: RoleChoice): string {
  if (role.kind === 'known') return `"${role.arn}"`;
  return role.kind === 'unknown' ? role.decidedBy : 'nothing';
}

const methods = {
  keys: 'it is given an access key, which switches OIDC off',
  'session-keys': 'it is given keys with a session token, which switches OIDC off',
  'web-identity-file': 'it reads a token from a file, which switches OIDC off',
  ambient: 'it takes the credentials that are there already and asks for no token',
} as const;

function notOidcOf(
  target: Target,
  credential: CredentialStep,
  method: keyof typeof methods,
): NotOidc {
  const { start, end } = credential.step.uses?.node ?? credential.step.node;
  const beside = credential.input('role-to-assume') ? '; its role is assumed with those' : '';
  return {
    workflow: target.root,
    job: target.job,
    callers: target.callers,
    credential,
    reason: `step "${nameOf(credential)}": ${methods[method]}${method === 'ambient' ? '' : beside}`,
    at: { file: fileOfFrame(credential.frame), range: { start, end } },
  };
}
