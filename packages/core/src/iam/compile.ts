import { compileCondition, type CompiledCondition } from './conditions/condition.ts';
import { compileActions, compileResources, type CompiledPattern } from './elements/pattern.ts';
import { compilePrincipal, type CompiledPrincipal } from './elements/principal.ts';
import { kindProblems, type PolicyKind } from './policy-kind.ts';
import type { Policy, PolicyProblem, Statement } from './policy.ts';

/** A policy made ready to be evaluated many times. */
export interface CompiledPolicy {
  readonly policy: Policy;
  readonly kind: PolicyKind;
  /** What people call it: its file, or a name. */
  readonly name: string;
  readonly statements: readonly CompiledStatement[];
  /** Those of the policy, and those of the place where it stands. */
  readonly problems: readonly PolicyProblem[];
  /** The first reason why no decision can rest on it; undefined when one can. */
  readonly fatal: PolicyProblem | undefined;
}

export interface CompiledStatement {
  readonly statement: Statement;
  readonly principal: CompiledPrincipal | undefined;
  readonly action: CompiledPattern | undefined;
  readonly resource: CompiledPattern | undefined;
  readonly conditions: readonly CompiledCondition[];
}

const completesArns: ReadonlySet<PolicyKind> = new Set(['identity', 'boundary', 'session']);

/** Prepares a policy for the place where it stands. */
export function compilePolicy(policy: Policy, kind: PolicyKind, name?: string): CompiledPolicy {
  // Version 2008-10-17, which is also the default, takes `${...}` for plain text.
  const variables = policy.version === '2012-10-17';
  const problems = [...policy.problems, ...kindProblems(policy, kind)];
  return {
    policy,
    kind,
    name: name ?? policy.file.path,
    statements: policy.statements.map((statement) => compileStatement(statement, variables, kind)),
    problems,
    fatal: problems.find(({ fatal }) => fatal),
  };
}

function compileStatement(
  statement: Statement,
  variables: boolean,
  kind: PolicyKind,
): CompiledStatement {
  const { principal, action, resource, conditions } = statement;
  return {
    statement,
    principal: principal && compilePrincipal(principal),
    action: action && compileActions(action),
    resource: resource && compileResources(resource, variables, completesArns.has(kind)),
    conditions: conditions.map((condition) => compileCondition(condition, variables)),
  };
}
