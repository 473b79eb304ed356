import {
  actorName,
  anyText,
  calleeRef,
  environmentName,
  numericId,
  oneOf,
  ownerName,
  repositoryName,
  workflowFile,
} from './grammar/names.ts';
import { free, type Phrase } from './phrase.ts';

// One automaton each: they are made once and remember what they have walked.
const actor = actorName();
const text = anyText();
const id = numericId();
const file = workflowFile();
const environment = environmentName();
const owner = ownerName();
const repository = repositoryName();
const revision = calleeRef();
const runners = oneOf(['github-hosted', 'self-hosted']);
const visibilities = oneOf(['public', 'private', 'internal']);

/** The parts of a token that nothing fixes, within GitHub's grammar. */
export interface AnyToken {
  readonly actor: Phrase;
  readonly actorId: Phrase;
  readonly audience: Phrase;
  readonly environment: Phrase;
  readonly workflow: Phrase;
  readonly runner: Phrase;
  readonly visibility: Phrase;
  readonly owner: Phrase;
  readonly ownerId: Phrase;
  readonly repository: Phrase;
  readonly repositoryId: Phrase;
  readonly enterprise: Phrase;
  readonly enterpriseId: Phrase;
  /** Ready to stand behind the repository's name. */
  readonly workflowFile: Phrase;
  /** Another file of the same folder, or the same one. */
  readonly jobFile: Phrase;
  /** Somebody's workflow that can be called. */
  readonly callee: Phrase;
  /** What a workflow is taken from when the run has no ref. */
  readonly revision: Phrase;
}

/** {@link AnyToken}, made once. */
export const anything: AnyToken = {
  actor: free({ name: 'actor', letters: actor }),
  actorId: free({ name: 'actorId', letters: id }),
  audience: free({ name: 'audience', letters: text }),
  environment: free({ name: 'environment', letters: environment }),
  workflow: free({ name: 'workflow', letters: text }),
  runner: free({ name: 'runner', letters: runners }),
  visibility: free({ name: 'visibility', letters: visibilities }),
  owner: free({ name: 'owner', letters: owner }),
  ownerId: free({ name: 'ownerId', letters: id }),
  repository: free({ name: 'repository', letters: repository }),
  repositoryId: free({ name: 'repositoryId', letters: id }),
  enterprise: free({ name: 'enterprise', letters: owner }),
  enterpriseId: free({ name: 'enterpriseId', letters: id }),
  workflowFile: ['.github/workflows/', ...free({ name: 'file', letters: file })],
  jobFile: ['.github/workflows/', ...free({ name: 'jobFile', letters: file })],
  callee: [
    ...free({ name: 'calleeOwner', letters: owner }),
    '/',
    ...free({ name: 'calleeRepository', letters: repository }),
    '/.github/workflows/',
    ...free({ name: 'calleeFile', letters: file }),
    '@',
    ...free({ name: 'calleeRef', letters: revision }),
  ],
  revision: free({ name: 'revision', letters: revision }),
};
