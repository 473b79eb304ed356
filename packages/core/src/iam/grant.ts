import type { LayerAnswer, StatementPlace } from './layer.ts';
import { and, or, type Match } from './match.ts';
import type { PolicyLayer } from './policy-layer.ts';
import { allAllow, type AskedLayer, type PolicySet } from './policy-set.ts';
import { accountOf } from './request/principal.ts';
import type { AccessRequest } from './request/request.ts';

/** Whether the policies of principal and resource grant a request, deny statements aside. */
export interface Grant {
  readonly match: Match;
  /** Who grants, or who first does not. */
  readonly layer: PolicyLayer;
  readonly place: StatementPlace | undefined;
  /** Why it is open, where that is not a statement. */
  readonly why?: string;
  readonly assumptions: readonly string[];
}

/** What the parties say. */
interface Parties {
  readonly identity: Match;
  /** Boundary and session policies: they grant nothing, but bound what others grant. */
  readonly bounds: Match;
  readonly resource: Pick<LayerAnswer, 'allow' | 'allowBy'>;
  /** Whether this kind of resource cannot be used without its own policy. */
  readonly bound: boolean;
}

/** Joins what the layers say; which of them are needed depends on whose resource it is. */
export function grantOf(
  set: PolicySet,
  asked: readonly AskedLayer[],
  request: AccessRequest,
): Grant {
  const layer: PolicyLayer = isTrust(set, request) ? 'trust' : 'resource';
  const resource = asked.find((one) => one.layer === 'resource' || one.layer === 'trust')?.answer;
  const identity = asked.find((one) => one.layer === 'identity')?.answer;
  const account = accountOf(request.principal);
  const outside = account === undefined && request.principal.kind !== 'unspecified';
  const same = sameAccount(account, request);
  const bound = needsResourcePolicy(request);
  const needed = outside || same !== true || bound;
  const silent = set.resource === undefined && needed ? unknown : nothing;
  const parties: Parties = {
    identity: request.principal.kind === 'root' ? true : identity ? identity.allow : 'undecided',
    bounds: allAllow(asked, ['boundary', 'session']),
    resource: resource ?? silent,
    bound,
  };
  const match = outside
    ? parties.resource.allow
    : same === undefined
      ? agreed(withinAccount(parties), acrossAccounts(parties))
      : same
        ? withinAccount(parties)
        : acrossAccounts(parties);
  const assumptions = assumptionsOf(
    same === true && account === undefined && !outside,
    set.resource === undefined && !needed,
  );
  if (match === true) {
    const own = parties.identity === true && identity?.allowed !== undefined;
    return own
      ? { match, assumptions, layer: 'identity', place: identity.allowed }
      : { match, assumptions, layer, place: resource?.allowed };
  }
  const whole: Grant = {
    match,
    assumptions,
    layer: missing(parties, outside || same !== true, layer, asked),
    place: undefined,
  };
  const why =
    outside || same !== undefined
      ? notGiven(set, layer, outside ? false : parties.identity, needed)
      : 'the account of the resource is not known';
  return why === undefined ? whole : { ...whole, why };
}

function assumptionsOf(oneAccount: boolean, noPolicy: boolean): readonly string[] {
  const together = 'principal and resource are in one account';
  const silent = 'the resource has no policy of its own';
  if (oneAccount) return noPolicy ? [together, silent] : [together];
  return noPolicy ? [silent] : [];
}

const silence = { account: false, role: false, session: false, everyone: false } as const;
const nothing = { allow: false, allowBy: silence } as const;
const unknown = {
  allow: 'undecided',
  allowBy: { account: 'undecided', role: 'undecided', session: 'undecided', everyone: 'undecided' },
} as const;

/**
 * One account: a resource's policy that names the session or the user grants by itself; one that names
 * the role is bounded; one that names the account hands on to the identity's policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
function withinAccount({ identity, bounds, resource, bound }: Parties): Match {
  const { session, role, everyone } = resource.allowBy;
  // AWS does not say whether `*` grants past a boundary, as a session's ARN does.
  const open = bounds === true ? everyone : and(everyone, 'undecided');
  const own = and(identity, bounds);
  const direct = or(session, or(and(role, bounds), open));
  return or(direct, bound ? and(own, resource.allow) : own);
}

/**
 * Two accounts: both sides must allow.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
function acrossAccounts({ identity, bounds, resource }: Parties): Match {
  return and(and(identity, bounds), resource.allow);
}

function agreed(left: Match, right: Match): Match {
  return left === right ? left : 'undecided';
}

/** Undefined when it is not known. Those of whom nothing is known are taken to be at home. */
function sameAccount(account: string | undefined, request: AccessRequest): boolean | undefined {
  if (request.principal.kind === 'unspecified') return true;
  if (account === undefined) return false;
  const { resourceAccount } = request;
  return resourceAccount === undefined ? undefined : resourceAccount === account;
}

/**
 * Keys and roles: without their own policy nobody may use them, whatever identity policies say.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
function needsResourcePolicy({ action, resource }: AccessRequest): boolean {
  if (/^kms:/i.test(action)) return /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource);
  return (
    /^sts:(?:assumerole|tagsession|setsourceidentity)/i.test(action) &&
    /^arn:[^:]*:iam::/.test(resource)
  );
}

function isTrust(set: PolicySet, { action }: AccessRequest): boolean {
  if (set.resource !== undefined && set.resource !== 'none') return set.resource.kind === 'trust';
  return /^sts:assumerole/i.test(action);
}

/** The first layer that does not allow though it must. */
function missing(
  { identity, resource, bound }: Parties,
  needed: boolean,
  layer: PolicyLayer,
  asked: readonly AskedLayer[],
): PolicyLayer {
  if ((needed || bound) && resource.allow === false) return layer;
  if (identity === false) return 'identity';
  const bounding = asked.find(
    (one) => (one.layer === 'boundary' || one.layer === 'session') && one.answer.allow === false,
  );
  return bounding?.layer ?? 'identity';
}

/** Which policy would have to be known, when one was left out. */
function notGiven(
  set: PolicySet,
  layer: PolicyLayer,
  identity: Match,
  needed: boolean,
): string | undefined {
  if (set.resource === undefined && needed)
    return layer === 'trust'
      ? 'the trust policy of the role was not given'
      : 'the policy of the resource was not given, and the request needs one that allows it';
  return set.identity === undefined && identity === 'undecided'
    ? 'the policies of the principal were not given'
    : undefined;
}
