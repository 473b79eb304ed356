import { leavesCredentials, otherSource } from '../credentials/other-sources.ts';
import type { CredentialStep } from '../credentials/step.ts';
import { and, type Scope, type Truth } from '../workflow/evaluate.ts';
import type { Job, Step } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Point } from './axis.ts';
import type { EnvironmentChoice, RoleChoice } from './case.ts';
import type { Settings, View } from './contexts.ts';
import { environmentsOf } from './environment.ts';
import { methodAt, type Method } from './method.ts';
import { reachJob } from './reach-job.ts';
import { keyOfRole, rolesOf } from './role.ts';
import { stepRuns } from './step-scope.ts';
import type { Target } from './target.ts';

/** What one credential step does in a part of the runs. */
export interface Outcome {
  readonly runs: Truth;
  /** What must be for it to run that only a run can tell, in words. */
  readonly open: readonly string[];
  readonly method: Method;
  readonly environments: readonly EnvironmentChoice[];
  readonly roles: readonly RoleChoice[];
  readonly source?: Source;
  /** What the job's expressions see, and at which point. */
  readonly at?: { readonly point: Point; readonly scope: Scope };
  /** What has the condition that keeps the step from running. */
  readonly blocked?: Job | Step;
}

/** Where a chained step gets the credentials that it starts from. */
interface Source {
  /** The place of an earlier credential step in its job, that takes a role. */
  readonly index?: number;
  readonly roles?: readonly RoleChoice[];
  /** What else may give credentials, in words. */
  readonly besides?: string;
  /** Whether the step may be skipped although this one runs. */
  readonly skippable?: boolean;
}

/** What an evaluation knows besides the point. */
export interface Surroundings {
  readonly repository: Repository;
  readonly settings: Settings;
}

const never: Outcome = {
  runs: false,
  open: [],
  method: { method: 'ambient' },
  environments: [],
  roles: [],
};

function skipped(blocked: Job | Step | undefined): Outcome {
  return blocked ? { ...never, blocked } : never;
}

/** Evaluates one credential step of a target at a point. */
export function outcomeOf(
  target: Target,
  index: number,
  event: Scope,
  view: View,
  { repository, settings }: Surroundings,
): Outcome {
  const credential = target.steps[index];
  if (!credential) return never;
  const reached = reachJob(target, event, view, repository);
  if (view.observation.settled) return never;
  if (reached.runs === false) return skipped(reached.blocked);
  const step = stepRuns(credential.frame, reached.scope);
  const runs = and(reached.runs, step.runs);
  if (view.observation.settled) return never;
  if (runs === false) return skipped(step.blocked);
  const method = methodAt(credential, reached.scope);
  const open = [...new Set([...reached.open, ...step.open])];
  const base = { runs, open, method, at: { point: view.point, scope: reached.scope } };
  if (method.method !== 'oidc' && method.method !== 'chained') {
    return { ...base, environments: [], roles: [] };
  }
  const chained = method.method === 'chained';
  const source = chained
    ? sourceOf(target, index, reached.scope, { repository, settings })
    : undefined;
  const accounts = new Set(
    source?.roles?.map((role) => (role.kind === 'known' ? role.account : '')),
  );
  const [account] = accounts;
  return {
    ...base,
    environments: environmentsOf(target.job, reached.scope),
    roles: rolesOf(credential.input('role-to-assume'), reached.scope, repository, {
      chained,
      settings,
      ...(accounts.size === 1 && account ? { account } : {}),
    }),
    ...(source ? { source } : {}),
  };
}

/** What tells outcomes apart. */
export function keyOfOutcome(outcome: Outcome): string {
  const { runs, open, method, environments, roles, source } = outcome;
  return JSON.stringify([
    runs,
    open,
    method,
    environments,
    roles.map((role) => keyOfRole(role)),
    source && [
      source.index,
      source.besides,
      source.skippable,
      source.roles?.map((role) => keyOfRole(role)),
    ],
  ]);
}

// ATTACKER: chains of chains are followed as far as a real one goes.
const maxHops = 8;

function sourceOf(
  target: Target,
  index: number,
  scope: Scope,
  around: Surroundings,
  hops = 0,
): Source {
  const chained = target.steps[index];
  if (!chained) return {};
  const own = stepRuns(chained.frame, scope).open.join('\n');
  for (let at = index - 1; at >= 0; at -= 1) {
    const earlier = target.steps[at];
    if (!earlier || !leavesCredentials(earlier)) continue;
    const { runs, open } = stepRuns(earlier.frame, scope);
    if (runs === false) continue;
    const { method } = methodAt(earlier, scope);
    if (method === 'ambient') continue;
    const skippable = runs === 'unknown' && open.join('\n') !== own ? { skippable: true } : {};
    if (method === 'oidc' || method === 'chained') {
      return { index: at, roles: rolesAt(target, at, scope, around, hops), ...skippable };
    }
    return { besides: `the keys of step "${nameOf(earlier)}"`, ...skippable };
  }
  const besides = otherSource(chained, target.job, around.repository);
  return besides === undefined ? {} : { besides };
}

function rolesAt(
  target: Target,
  at: number,
  scope: Scope,
  around: Surroundings,
  hops: number,
): readonly RoleChoice[] {
  const earlier = target.steps[at];
  if (!earlier) return [];
  const chained = methodAt(earlier, scope).method === 'chained';
  const follow = chained && hops < maxHops;
  const source = follow ? sourceOf(target, at, scope, around, hops + 1) : undefined;
  const [first, ...others] = source?.roles ?? [];
  const account = first?.kind === 'known' && others.length === 0 ? { account: first.account } : {};
  const { repository, settings } = around;
  return rolesOf(earlier.input('role-to-assume'), scope, repository, {
    chained,
    settings,
    ...account,
  });
}

/** How people name a credential step. */
export function nameOf({ step }: CredentialStep): string {
  return nameOfStep(step);
}

/** How people name a step. */
export function nameOfStep(step: Step): string {
  return step.name?.value ?? step.id?.value ?? step.uses?.value ?? `step ${step.index + 1}`;
}
