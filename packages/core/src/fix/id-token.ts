import type { TextEdit } from '../text/edit.ts';
import { addPairs, replaceValue, type NewPair } from '../text/map-edit.ts';
import { asMap, pairOf, resolve, type YamlPair } from '../text/node.ts';
import type { Job } from '../workflow/model.ts';
import { granted } from '../workflow/permissions.ts';
import type { Repository } from '../workflow/repository.ts';
import { isCallable } from '../workflow/token.ts';
import { EditSet, type FileEdits, type Refusal } from './proposal.ts';
import type { Todo } from './todo.ts';
import { tokenScopesOf } from './token-scopes.ts';

/** Edits that let a job ask for an OIDC token; `uncertain` says what they may take away from it. */
export interface IdTokenGrant {
  readonly edits: FileEdits;
  readonly uncertain?: string;
  readonly todos: readonly Todo[];
}

/**
 * Grants `id-token: write` at the level of the job, and at every caller of its workflow in this
 * repository. A new block takes away all that it does not name, so it names what the job had
 * (the workflow's block) or what its steps show that it needs.
 */
export function grantIdToken(job: Job, repository: Repository): IdTokenGrant | Refusal {
  const set = new EditSet();
  const notes: string[] = [];
  const todos: Todo[] = [];
  const refused = grant(job, repository, set, notes, todos, new Set());
  if (refused) return refused;
  if (set.failed) return { refused: 'the layout of the permissions leaves no place for an edit' };
  const [uncertain] = notes;
  return { edits: set.edits, todos, ...(uncertain ? { uncertain } : {}) };
}

function grant(
  job: Job,
  repository: Repository,
  set: EditSet,
  notes: string[],
  todos: Todo[],
  seen: Set<Job>,
): Refusal | undefined {
  if (seen.has(job)) return undefined;
  seen.add(job);
  const called = isCallable(job.workflow);
  const inherits = called && !job.permissions && !job.workflow.permissions;
  const byItself = job.workflow.triggers.some((trigger) => trigger.event !== 'workflow_call');
  // A callee without a block has its caller's permissions: the callers are the ones to edit.
  if (!inherits || byItself) {
    const refused = grantHere(job, repository, set, notes);
    if (refused) return refused;
  }
  if (!called) return undefined;
  const callers = repository.callersOf(job.workflow);
  todos.push({ kind: 'external-callers', workflow: repository.pathInside(job.workflow.file) });
  for (const caller of callers) {
    const refused = grant(caller, repository, set, notes, todos, seen);
    if (refused) return refused;
  }
  return undefined;
}

function grantHere(
  job: Job,
  repository: Repository,
  set: EditSet,
  notes: string[],
): Refusal | undefined {
  const { file } = job.workflow;
  const own = job.permissions;
  if (own) {
    if (granted(own, 'id-token') === 'write') return undefined;
    if (own.everything)
      return { refused: 'the job has `permissions: read-all`; name its scopes first' };
    const scope = own.scopes.get('id-token');
    const map = asMap(own.node);
    if (scope) set.add(file, replaceValue(file.text, scope.pair.value, 'write'));
    else if (!map) return { refused: 'the job has an empty `permissions:`' };
    else set.add(file, addPairs(file.text, map, [{ key: 'id-token', value: 'write' }]));
    return undefined;
  }
  const inherited = job.workflow.permissions;
  if (inherited && granted(inherited, 'id-token') === 'write') return undefined;
  const pairs: NewPair[] = [];
  if (inherited?.everything) {
    pairs.push({ key: 'contents', value: 'read' });
    notes.push('the workflow has `read-all`; the job would keep only contents');
  } else if (inherited) {
    for (const [name, scope] of inherited.scopes)
      if (name !== 'id-token') pairs.push({ key: name, value: scope.text });
  } else {
    const { scopes, uncertain } = tokenScopesOf(job, repository);
    for (const [name, level] of [...scopes].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      pairs.push({ key: name, value: level });
    if (uncertain)
      notes.push(`the job runs with the repository's default permissions, and ${uncertain}`);
    else if (job.uses && !repository.calleeOf(job))
      notes.push('the called workflow is not in this repository: what it needs cannot be seen');
  }
  pairs.push({ key: 'id-token', value: 'write' });
  if (job.node.flow) return { refused: 'the job is written in flow style' };
  set.add(file, addJobPermissions(job, pairs));
  return undefined;
}

/** A new block of permissions for a job that has none; undefined for jobs in flow style. */
export function addJobPermissions(job: Job, scopes: readonly NewPair[]): TextEdit | undefined {
  const anchor = anchorOf(job);
  if (job.node.flow || !anchor) return undefined;
  return addPairs(
    job.workflow.file.text,
    job.node,
    [{ key: 'permissions', value: scopes }],
    anchor,
  );
}

/** A block of permissions reads best behind what says where the job runs. */
function anchorOf(job: Job): YamlPair | undefined {
  for (const key of ['runs-on', 'uses', 'needs', 'if', 'name']) {
    const pair = pairOf(job.node, key);
    if (pair && resolve(pair.value)?.kind !== undefined) return pair;
  }
  return job.node.pairs[0];
}
