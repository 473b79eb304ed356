import type { Job, Workflow } from './model.ts';
import { granted, type Permissions } from './permissions.ts';
import type { Repository } from './repository.ts';

/**
 * Whether a job can ask GitHub for an OIDC token, and what decides it. Sources: the permissions of
 * `GITHUB_TOKEN` and "Reusing workflow configurations" on docs.github.com: a job's block replaces
 * the workflow's; a callee never has more than its caller; without any block there is no id-token.
 */
export interface TokenGrant {
  readonly verdict: 'granted' | 'missing' | 'undecided';
  readonly reason:
    | 'granted'
    /** The block that applies does not grant it. */
    | 'block-without-it'
    /** Neither the job nor its workflow has a block. */
    | 'no-block'
    /** The callee asks for it, the caller's block does not grant it: GitHub refuses to start. */
    | 'caller-block-without-it'
    /** The callee asks for it, the caller has no block: a repository setting decides. */
    | 'caller-without-block'
    /** The workflow is only called, and nothing in this repository calls it. */
    | 'caller-unknown';
  /** The block that decides. */
  readonly block?: Permissions;
  /** For a callee: the calling job whose side decides. */
  readonly caller?: Job;
}

/** One grant per way to reach the job: by its own triggers, and by each caller in the repository. */
export function tokenGrants(job: Job, repository: Repository): TokenGrant[] {
  return grants(job, repository, new Set());
}

/** The grant of a job on one way to it; `callers` are the calling jobs, the outermost first. */
export function grantAlong(job: Job, callers: readonly Job[]): TokenGrant {
  let before: { readonly job: Job; readonly grant: TokenGrant } | undefined;
  for (const one of [...callers, job]) {
    const block = ownPermissions(one);
    const own = ownGrant(block);
    before = { job: one, grant: before ? capped(own, block, before.job, before.grant) : own };
  }
  return before?.grant ?? ownGrant(undefined);
}

/** The block that applies to a job in its own file. */
export function ownPermissions(job: Job): Permissions | undefined {
  return job.permissions ?? job.workflow.permissions;
}

/** Whether a workflow can be called by others. */
export function isCallable(workflow: Workflow): boolean {
  return workflow.triggers.some((trigger) => trigger.event === 'workflow_call');
}

function grants(job: Job, repository: Repository, seen: ReadonlySet<Job>): TokenGrant[] {
  // A cycle of calls is refused by GitHub; the set only keeps us from following it.
  if (seen.has(job)) return [];
  const block = ownPermissions(job);
  const own = ownGrant(block);
  const { workflow } = job;
  const byItself = workflow.triggers.some((trigger) => trigger.event !== 'workflow_call');
  const found: TokenGrant[] = byItself || !isCallable(workflow) ? [own] : [];
  if (!isCallable(workflow)) return found;
  const callers = repository.callersOf(workflow);
  if (callers.length === 0 && found.length === 0) {
    if (block) return [own];
    return [{ verdict: 'undecided', reason: 'caller-unknown' }];
  }
  for (const caller of callers) {
    for (const theirs of grants(caller, repository, new Set([...seen, job]))) {
      found.push(capped(own, block, caller, theirs));
    }
  }
  return found;
}

function ownGrant(block: Permissions | undefined): TokenGrant {
  if (!block) return { verdict: 'missing', reason: 'no-block' };
  if (granted(block, 'id-token') === 'write')
    return { verdict: 'granted', reason: 'granted', block };
  return { verdict: 'missing', reason: 'block-without-it', block };
}

function capped(
  own: TokenGrant,
  block: Permissions | undefined,
  caller: Job,
  theirs: TokenGrant,
): TokenGrant {
  if (block && own.verdict === 'missing') return { ...own, caller };
  if (theirs.verdict === 'granted')
    return { verdict: 'granted', reason: 'granted', caller, ...blockOf(block ?? theirs.block) };
  const culprit = theirs.caller ?? caller;
  if (theirs.reason === 'block-without-it' || theirs.reason === 'caller-block-without-it') {
    return {
      verdict: 'missing',
      reason: 'caller-block-without-it',
      caller: culprit,
      ...blockOf(theirs.block),
    };
  }
  if (theirs.verdict === 'undecided') return { ...theirs, caller: culprit };
  // No block at the caller: without a block at the callee the default applies, which has no id-token.
  if (!block) return { verdict: 'missing', reason: 'no-block', caller };
  return { verdict: 'undecided', reason: 'caller-without-block', caller, block };
}

function blockOf(block: Permissions | undefined): { block?: Permissions } {
  return block ? { block } : {};
}
