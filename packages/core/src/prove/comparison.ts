import type { CompiledPolicy } from '../iam/compile.ts';
import type { Match } from '../iam/match.ts';
import type { ConditionTrace, ElementTrace, StatementTrace } from '../iam/trace.ts';
import { evaluateTrust } from '../iam/trust.ts';
import type { Claims } from '../oidc/claims.ts';
import type { Comparison, Place, Reason, ReasonCode } from './proof.ts';

/** A token at a door. */
export interface Presented {
  readonly policy: CompiledPolicy;
  /** ARN of the provider. */
  readonly provider: string;
  readonly role: string;
  readonly claims: Claims;
  readonly sessionName: string | undefined;
  /** Claims of the case with `{name}` for what only a run tells; shown instead of one token's. */
  readonly shown: ReadonlyMap<string, string>;
}

/** Every statement of a trust policy, element by element, beside what a token presents. */
export function comparisonsOf(presented: Presented): readonly StatementComparison[] {
  const { policy, provider, role, claims, sessionName } = presented;
  const { trace } = evaluateTrust(policy, {
    provider,
    role,
    claims,
    ...(sessionName === undefined ? {} : { sessionName }),
  });
  return trace.map((statement) => comparisonOf(statement, presented));
}

/** A statement with everything that was compared. */
export interface StatementComparison {
  readonly effect: 'Allow' | 'Deny';
  readonly matched: Match;
  readonly at: Place;
  readonly name: string;
  readonly comparisons: readonly Comparison[];
}

function comparisonOf(trace: StatementTrace, presented: Presented): StatementComparison {
  const { policy } = presented;
  const compiled = policy.statements.find(({ statement }) => statement.index === trace.statement);
  const { file } = policy.policy;
  const sid = trace.sid === undefined || trace.sid === '' ? '' : ` (Sid "${trace.sid}")`;
  const name = `statement ${trace.statement + 1}${sid}`;
  const whole: Place = { file, range: compiled?.statement.range ?? policy.policy.range };
  const conditions = trace.conditions.map((one, index): Comparison => {
    const condition = compiled?.conditions[index]?.condition;
    const at: Place = condition ? { file, range: condition.range } : whole;
    return ofCondition(one, name, at, presented);
  });
  return {
    effect: trace.effect,
    matched: trace.matched,
    at: whole,
    name,
    comparisons: [...trace.elements.map((one) => ofElement(one, name, whole)), ...conditions],
  };
}

function ofElement(
  { element, expected, presented, result, note }: ElementTrace,
  statement: string,
  at: Place,
): Comparison {
  return {
    statement,
    operator: element,
    key: element,
    expected,
    presented,
    result: wordOf(result),
    ...(note === undefined ? {} : { note }),
    at,
  };
}

function ofCondition(
  { operator, key, expected, presented, result, note }: ConditionTrace,
  statement: string,
  at: Place,
  { shown }: Presented,
): Comparison {
  const claim = key.slice(key.lastIndexOf(':') + 1).toLowerCase();
  const value = presented?.join(', ');
  return {
    statement,
    operator,
    key,
    expected,
    presented: value === undefined ? undefined : (shown.get(claim) ?? value),
    result: wordOf(result),
    ...(note === undefined ? {} : { note }),
    at,
  };
}

function wordOf(match: Match): Comparison['result'] {
  return match === 'undecided' ? match : match ? 'true' : 'false';
}

/**
 * Why a policy does not accept a token: the statement that denies it, or what keeps the nearest
 * Allow statement from matching (the one with the fewest parts that do not match, then the first).
 */
export function refusalsOf(statements: readonly StatementComparison[]): Reason[] {
  const deny = statements.find(({ effect, matched }) => effect === 'Deny' && matched === true);
  if (deny)
    return [
      { code: 'explicit-deny', message: `${deny.name} denies it`, at: deny.at },
      ...deny.comparisons
        .filter(({ operator }) => !elements.has(operator))
        .map((compared): Reason => ({
          code: 'explicit-deny',
          message: `${compared.operator} on ${compared.key} matches`,
          at: compared.at,
          compared,
        })),
    ];
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const [nearest] = allows.toSorted((a, b) => missesOf(a).length - missesOf(b).length);
  if (!nearest) return [{ code: 'action', message: 'the trust policy has no Allow statement' }];
  return missesOf(nearest).map((compared) => ({
    code: codes[compared.operator] ?? 'condition',
    message: messageOf(compared),
    at: compared.at,
    compared,
  }));
}

const codes: Readonly<Record<string, ReasonCode>> = {
  Principal: 'principal',
  NotPrincipal: 'principal',
  Action: 'action',
  NotAction: 'action',
  Resource: 'resource',
  NotResource: 'resource',
};
const elements: ReadonlySet<string> = new Set(Object.keys(codes));

function missesOf({ comparisons }: StatementComparison): readonly Comparison[] {
  return comparisons.filter(({ result }) => result !== 'true');
}

function messageOf({ statement, operator, key, expected, presented, result }: Comparison): string {
  const list = expected.length > 3 ? [...expected.slice(0, 3), '...'] : expected;
  const wanted = list.map((one) => `"${one}"`).join(' or ') || 'nothing';
  const given =
    presented === undefined ? 'the token has no such claim' : `the token has "${presented}"`;
  if (elements.has(operator))
    return `${statement}: ${operator} is ${wanted}, the request has "${presented ?? ''}"`;
  const verb = result === 'undecided' ? 'is open' : 'fails';
  return `${statement}: ${operator} on ${key} ${verb}: expected ${wanted}, ${given}`;
}
