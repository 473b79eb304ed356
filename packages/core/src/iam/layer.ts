import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import {
  anyMode,
  matchPrincipal,
  type PrincipalMatch,
  type PrincipalMode,
} from './elements/principal.ts';
import { and, or, type Match } from './match.ts';
import type { AccessRequest } from './request/request.ts';

/** A statement by the policy it stands in. */
export interface StatementPlace {
  readonly policy: CompiledPolicy;
  readonly statement: CompiledStatement;
}

/** What a group of policies, each of which may allow or deny, says to a request. */
export interface LayerAnswer {
  readonly allow: Match;
  /** How the policies that name principals allow: by whom they name. */
  readonly allowBy: Readonly<Record<PrincipalMode, Match>>;
  readonly deny: Match;
  /** The first statement that allows for certain. */
  readonly allowed: StatementPlace | undefined;
  /** The first statement that denies for certain. */
  readonly denied: StatementPlace | undefined;
  /** The first statement of which it is open whether it matches. */
  readonly open: StatementPlace | undefined;
}

/** Asks all policies of a layer. */
export function askLayer(policies: readonly CompiledPolicy[], request: AccessRequest): LayerAnswer {
  const allowBy: Record<PrincipalMode, Match> = {
    account: false,
    role: false,
    session: false,
    everyone: false,
  };
  let [allow, deny]: [Match, Match] = [false, false];
  let allowed: StatementPlace | undefined;
  let denied: StatementPlace | undefined;
  let open: StatementPlace | undefined;
  for (const policy of policies) {
    if (policy.fatal) {
      // INVARIANT: a policy that could not be read may say anything.
      allow = or(allow, 'undecided');
      deny = or(deny, 'undecided');
      for (const mode of modes) allowBy[mode] = or(allowBy[mode], 'undecided');
      continue;
    }
    for (const statement of policy.statements) {
      const rest = matchRest(statement, request);
      if (rest === false) continue;
      const named = matchNamed(statement, request);
      const match = and(rest, anyMode(named));
      if (match === false) continue;
      const place = { policy, statement };
      if (match === 'undecided') open ??= place;
      if (statement.statement.effect === 'Deny') {
        deny = or(deny, match);
        if (match === true) denied ??= place;
      } else {
        allow = or(allow, match);
        for (const mode of modes) allowBy[mode] = or(allowBy[mode], and(rest, named[mode]));
        if (match === true) allowed ??= place;
      }
    }
  }
  return { allow, allowBy, deny, allowed, denied, open };
}

const modes: readonly PrincipalMode[] = ['account', 'role', 'session', 'everyone'];
const attached: PrincipalMatch = { account: false, role: false, session: true, everyone: false };

/** How a statement names the asker; one without Principal is attached to it. */
export function matchNamed(
  { principal }: CompiledStatement,
  request: AccessRequest,
): PrincipalMatch {
  return principal ? matchPrincipal(principal, request.principal) : attached;
}

/** All elements of a statement but the principal; stops at the first that does not match. */
function matchRest(
  { action, resource, conditions }: CompiledStatement,
  request: AccessRequest,
): Match {
  const { context } = request;
  let match: Match = action ? action.matches(request.action, context) : 'undecided';
  if (match === false) return false;
  if (resource) match = and(match, resource.matches(request.resource, context));
  for (const condition of conditions) {
    if (match === false) return false;
    match = and(match, condition.evaluate(context));
  }
  return match;
}
