import type { Action, Job, Step } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Scripts } from '../workflow/scripts.ts';
import { keyGroups } from './groups.ts';
import type { ExaminedPlace, KeyGroup } from './place.ts';
import { credentialStepsOf, type CredentialStep } from './step.ts';

/** What a repository does about AWS credentials; every part is worked out at the first question. */
export class Credentials {
  readonly #repository: Repository;
  readonly #scripts: Scripts;
  readonly #steps = new Map<Step, readonly CredentialStep[]>();
  readonly #owners = new Map<Job | Action, readonly CredentialStep[]>();
  #all: readonly CredentialStep[] | undefined;
  #groups: readonly KeyGroup[] | undefined;
  #realKeys: readonly KeyGroup[] | undefined;

  constructor(repository: Repository, scripts: Scripts) {
    this.#repository = repository;
    this.#scripts = scripts;
  }

  /** The credential steps that a step leads to, itself or through local composite actions. */
  stepsOf(step: Step): readonly CredentialStep[] {
    let known = this.#steps.get(step);
    if (!known) {
      known = credentialStepsOf(step, this.#repository);
      this.#steps.set(step, known);
    }
    return known;
  }

  /** The credential steps of a job or action, in the order in which they run. */
  of(owner: Job | Action): readonly CredentialStep[] {
    let known = this.#owners.get(owner);
    if (!known) {
      known = owner.steps.flatMap((step) => this.stepsOf(step));
      this.#owners.set(owner, known);
    }
    return known;
  }

  /** All of them: those of jobs in the order of the files, then those of actions that nothing here uses. */
  get steps(): readonly CredentialStep[] {
    if (!this.#all) {
      const { workflows, actions } = this.#repository;
      const unused = actions.filter((action) => this.#repository.usersOf(action).length === 0);
      const owners = [...workflows.flatMap((workflow) => workflow.jobs), ...unused];
      this.#all = owners.flatMap((owner) => this.of(owner));
    }
    return this.#all;
  }

  /** Keys, reported or not, each with the places that belong to it. */
  get groups(): readonly KeyGroup[] {
    this.#groups ??= keyGroups(this.#repository, this.#scripts, this);
    return this.#groups;
  }

  /** Every key-like place with its class. */
  get examined(): readonly ExaminedPlace[] {
    return this.groups.flatMap((group) => group.places);
  }

  /** The keys that are real: static, minted in the run, or handed to the application. */
  get realKeys(): readonly KeyGroup[] {
    this.#realKeys ??= this.groups.filter((group) => isReal(group));
    return this.#realKeys;
  }
}

/** Whether a key is one that should not exist. */
export function isReal(group: { readonly class: KeyGroup['class'] }): boolean {
  return group.class === 'static' || group.class === 'minted' || group.class === 'app-runtime';
}

/** The names of the secrets that a key comes from, each once. */
export function secretsOf(group: KeyGroup): string[] {
  const names = group.places.flatMap((place) =>
    place.origins.flatMap((origin) => (origin.kind === 'secret' && origin.name ? origin.name : [])),
  );
  return [...new Set(names)];
}
