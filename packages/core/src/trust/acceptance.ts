import type { CompiledPolicy, CompiledStatement } from '../iam/compile.ts';
import { anyMode } from '../iam/elements/principal.ts';
import { claimKeysOf } from '../iam/keys/github-keys.ts';
import { matchNamed } from '../iam/layer.ts';
import type { AccessRequest } from '../iam/request/request.ts';
import { issuerOf, trustRequest } from '../iam/trust.ts';
import type { Formula } from '../language/formula.ts';
import { claimFormula, otherFormula } from './condition.ts';
import { all, any, fromMatch, not, unknown } from './formula.ts';
import { sessionField } from './session.ts';

/** The door that tokens come to: the identity provider, and the role where it is known. */
export interface Door {
  /** ARN of the identity provider. */
  readonly provider: string;
  readonly role?: string;
}

/**
 * Which tokens a trust policy accepts, as a formula over their claims: some statement allows, and none
 * denies. What hangs on more than the token is unknown in it.
 */
export function acceptanceOf(policy: CompiledPolicy, door: Door): Formula {
  if (policy.fatal) return unknown(policy.fatal.message);
  const of = (effect: 'Allow' | 'Deny'): Formula[] =>
    policy.statements
      .filter(({ statement }) => statement.effect === effect)
      .map((statement) => statementFormula(statement, policy, door));
  return all([any(of('Allow')), not(any(of('Deny')))]);
}

/** Which tokens one statement is about. */
export function statementFormula(
  compiled: CompiledStatement,
  policy: CompiledPolicy,
  { provider, role }: Door,
): Formula {
  const request = trustRequest({ provider, claims: new Map(), ...(role ? { role } : {}) });
  const { action, conditions } = compiled;
  const prefix = `${issuerOf(provider).toLowerCase()}:`;
  const { claims } = claimKeysOf(issuerOf(provider));
  const variables = policy.policy.version === '2012-10-17';
  const parts = conditions.map((condition) => {
    const { key } = condition;
    if (key === undefined) return unknown('the key of a condition is not known');
    if (key === sessionField.toLowerCase()) return claimFormula(condition, sessionField, variables);
    const claim = key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
    return claim !== undefined && claims.includes(claim)
      ? claimFormula(condition, claim, variables)
      : otherFormula(condition, request.context);
  });
  return all([
    fromMatch(anyMode(matchNamed(compiled, request)), 'the principal of a statement is not known'),
    action
      ? fromMatch(action.matches(request.action, request.context), 'an action is not known')
      : unknown('a statement has no action'),
    resourceFormula(compiled, request),
    ...parts,
  ]);
}

function resourceFormula({ resource }: CompiledStatement, request: AccessRequest): Formula {
  if (!resource) return all([]);
  return fromMatch(resource.matches(request.resource, request.context), 'a resource is not known');
}
