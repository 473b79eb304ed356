import type { Case, NameSet } from '../cases/case.ts';
import type { Issuer } from '../oidc/issuer.ts';
import { namePhrase } from '../oidc/name-set.ts';
import type { Phrase } from '../oidc/phrase.ts';
import type { KnownRepository, RunPattern } from '../oidc/run-tokens.ts';
import { sessionNameLetters } from '../trust/session.ts';
import type { Repository } from '../workflow/repository.ts';

/** What is known of the repository whose runs are proved. */
export interface RunFacts {
  readonly repository: Repository;
  readonly issuer: Issuer;
  readonly known: KnownRepository;
  readonly defaultBranch?: string | undefined;
}

/** The runs that a case is about, as `core/oidc` asks for them. */
export function runOf(one: Case, facts: RunFacts): RunPattern {
  const { workflow, job, run, environment, audience, callers } = one;
  const types = workflow.triggers.find(({ event }) => event === run.event)?.types;
  const name = workflow.name?.value;
  return {
    issuer: facts.issuer,
    repository: facts.known,
    event: run.event,
    refs: run.refs,
    defaultBranch: facts.defaultBranch,
    types: types?.map(({ value }) => value),
    environment,
    audience,
    workflow: {
      file: facts.repository.pathInside(workflow.file),
      name: name ? { kind: 'exact', value: name } : undefined,
    },
    callee:
      callers.length === 0
        ? undefined
        : { kind: 'local', file: facts.repository.pathInside(job.workflow.file) },
  };
}

/** The name of a case's session. */
export function sessionPhrase(name: NameSet): Phrase {
  return namePhrase(name, 'session', sessionNameLetters);
}
