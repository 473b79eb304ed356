import type { AttachedPolicy, RoleState } from '../account/model.ts';
import type { Case } from '../cases/case.ts';
import { compilePolicy, type CompiledPolicy } from '../iam/compile.ts';
import { evaluate } from '../iam/evaluate.ts';
import { parsePolicy } from '../iam/parse/policy.ts';
import { unknownPolicy } from '../iam/policy-set.ts';
import { requestContext } from '../iam/request/context.ts';
import type { RequestPrincipal } from '../iam/request/principal.ts';
import { accessRequest } from '../iam/request/request.ts';
import { filledFor } from './fill.ts';
import type { Reason, ReasonCode } from './proof.ts';
import type { RoleArn } from './role-search.ts';

/** A role that a chained step takes from the session of another. */
export interface Hop {
  readonly one: Case;
  readonly hub: { readonly role: RoleState; readonly arn: RoleArn };
  readonly target: { readonly role: RoleState; readonly arn: RoleArn };
  readonly trust: CompiledPolicy;
}

/** Roles reached by another role's session last an hour at most, whatever the role allows. */
const longestChained = 3600;

/**
 * Why the session of one role may not become another: the hub's own policies, the target's trust, and
 * the limit of chained sessions.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html (role chaining)
 */
export function chainReasons(hop: Hop): {
  readonly verdict: 'allowed' | 'denied' | 'undecided';
  readonly reasons: readonly Reason[];
} {
  const { one } = hop;
  const reasons: Reason[] = [];
  if (one.duration !== undefined && one.duration > longestChained)
    reasons.push({
      code: 'duration',
      message: `a chained session lasts at most ${longestChained} seconds, the step asks for ${one.duration}`,
      help: 'lower role-duration-seconds, or take the role by OIDC',
    });
  let open = false;
  for (const action of actionsOf(one)) {
    const { verdict, code, message, help } = ask(hop, action);
    if (verdict === 'allowed') continue;
    open ||= verdict === 'undecided';
    reasons.push({ code: verdict === 'undecided' ? 'source-undecided' : code, message, help });
  }
  const denied = reasons.some(({ code }) => code !== 'source-undecided');
  return { verdict: denied ? 'denied' : open ? 'undecided' : 'allowed', reasons };
}

/** Tags go with the call unless the step says no: then AWS asks for a second permission on both sides. */
function actionsOf({ credential }: Case): readonly string[] {
  const skip = credential.input('role-skip-session-tagging')?.text.value ?? '';
  return /^true$/i.test(skip.trim()) ? ['sts:AssumeRole'] : ['sts:AssumeRole', 'sts:TagSession'];
}

interface Asked {
  readonly verdict: 'allowed' | 'denied' | 'undecided';
  readonly code: ReasonCode;
  readonly message: string;
  readonly help: string;
}

function ask({ one, hub, target, trust }: Hop, action: string): Asked {
  const session =
    one.source?.sessionName.kind === 'exact' ? one.source.sessionName.value : undefined;
  const principal: RequestPrincipal = {
    kind: 'role',
    partition: hub.arn.partition,
    account: hub.arn.account,
    name: hub.arn.name,
    arn: hub.arn.arn,
    session,
  };
  const request = accessRequest({
    principal,
    action,
    resource: target.arn.arn,
    resourceAccount: target.arn.account,
    context: contextOf(one),
  });
  const identity = hub.role.policies.map((policy) => compiled(policy, hub.arn, 'identity'));
  const bounded = hub.role.boundary;
  const boundary = bounded ? { boundary: compiled(bounded, hub.arn, 'boundary') } : {};
  const decision = evaluate({ identity, ...boundary, resource: trust }, request);
  const { cause, verdict } = decision;
  const byTrust =
    (cause.kind === 'explicit-deny' || cause.kind === 'implicit-deny') && cause.layer === 'trust';
  const who = `${hub.arn.name} may not ${action} ${target.arn.arn}`;
  return {
    verdict,
    code: byTrust ? 'target-trust' : 'hub-permission',
    message:
      verdict === 'undecided'
        ? `${action} on ${target.arn.arn}: ${decision.reason}`
        : `${who}: ${decision.reason}`,
    help: byTrust
      ? `let the trust policy of ${target.arn.name} allow ${action} to ${hub.arn.arn}`
      : `allow ${action} on ${target.arn.arn} in a policy of ${hub.arn.name}`,
  };
}

/** What configure-aws-credentials sends: names that are not known stay unknown. */
function contextOf({ sessionName, credential }: Case): ReturnType<typeof requestContext> {
  const external = credential.input('role-external-id')?.text.value;
  const absent = external === undefined ? ['sts:ExternalId'] : [];
  const values: (readonly [string, string])[] = [];
  if (sessionName.kind === 'exact') values.push(['sts:RoleSessionName', sessionName.value]);
  if (external !== undefined && !external.includes('${{'))
    values.push(['sts:ExternalId', external]);
  return requestContext({ values, absent, complete: false });
}

function compiled(
  { name, document }: AttachedPolicy,
  arn: RoleArn,
  kind: 'identity' | 'boundary',
): CompiledPolicy {
  return document
    ? compilePolicy(parsePolicy(filledFor(document, arn)), kind, name)
    : unknownPolicy(name, kind);
}
