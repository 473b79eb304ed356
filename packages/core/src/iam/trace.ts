import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import type { CompiledCondition } from './conditions/condition.ts';
import { conditionNote } from './conditions/note.ts';
import type { CompiledPattern } from './elements/pattern.ts';
import { anyMode } from './elements/principal.ts';
import { matchNamed } from './layer.ts';
import { and, type Match } from './match.ts';
import { shownText } from './parse/reader.ts';
import type { PolicyLayer } from './policy-layer.ts';
import { stateOf, type MissingKey, type RequestContext } from './request/context.ts';
import { shownPrincipal } from './request/principal.ts';
import type { AccessRequest } from './request/request.ts';
import { unknownsOf } from './text.ts';

/** Every statement of every policy that was asked, in order. */
export type Trace = readonly StatementTrace[];

export interface StatementTrace {
  readonly layer: PolicyLayer;
  /** The policy's name. */
  readonly policy: string;
  /** From 0. */
  readonly statement: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: Match;
  /** Principal, action, resource, as far as the statement has them. */
  readonly elements: readonly ElementTrace[];
  readonly conditions: readonly ConditionTrace[];
  /** Why the whole policy cannot be evaluated, when it cannot. */
  readonly problem?: string;
}

export interface ElementTrace {
  /** As in the policy: `NotAction`. */
  readonly element: string;
  readonly expected: readonly string[];
  readonly presented: string;
  readonly result: Match;
  readonly note?: string;
}

export interface ConditionTrace {
  /** As written. */
  readonly operator: string;
  readonly key: string;
  readonly expected: readonly string[];
  /** Undefined when the request has no such key; `state` says why. */
  readonly presented: readonly string[] | undefined;
  readonly state: 'present' | MissingKey;
  readonly result: Match;
  /** What is worth knowing of how it came to the result. */
  readonly note?: string;
}

/** The policies of a layer, to be explained. */
export interface TracedLayer {
  readonly layer: PolicyLayer;
  readonly policies: readonly CompiledPolicy[];
}

/** Explains every statement, also those that are settled by their first element. */
export function traceOf(layers: readonly TracedLayer[], request: AccessRequest): Trace {
  return layers.flatMap(({ layer, policies }) =>
    policies.flatMap((policy) =>
      policy.statements.map((statement) => traceStatement(layer, policy, statement, request)),
    ),
  );
}

/** Explains one statement. */
export function traceStatement(
  layer: PolicyLayer,
  policy: CompiledPolicy,
  compiled: CompiledStatement,
  request: AccessRequest,
): StatementTrace {
  const { statement, action, resource } = compiled;
  const elements = [
    ...(compiled.principal ? [tracePrincipal(compiled, request)] : []),
    ...(action ? [tracePattern(action, 'Action', request.action, request.context)] : []),
    ...(resource ? [tracePattern(resource, 'Resource', request.resource, request.context)] : []),
  ];
  const conditions = compiled.conditions.map((one) => traceCondition(one, request.context));
  const matched = [...elements, ...conditions].reduce<Match>(
    (match, { result }) => and(match, result),
    action ? true : 'undecided',
  );
  const problem = policy.fatal?.message;
  return {
    layer,
    policy: policy.name,
    statement: statement.index,
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    effect: statement.effect,
    matched: problem === undefined ? matched : 'undecided',
    elements,
    conditions,
    ...(problem === undefined ? {} : { problem }),
  };
}

function tracePrincipal(compiled: CompiledStatement, request: AccessRequest): ElementTrace {
  const { element, values } = compiled.principal ?? { element: undefined, values: [] };
  const result = anyMode(matchNamed(compiled, request));
  const presented = shownPrincipal(request.principal) ?? 'not given';
  const literal =
    result === false &&
    values.some(({ kind, text }) => kind !== 'CanonicalUser' && /.[*?]|[*?]./.test(text.shown));
  return {
    element: element?.negated ? 'NotPrincipal' : 'Principal',
    expected: values.map(({ kind, text }) => `${kind}: ${text.shown}`),
    presented,
    result,
    ...(literal ? { note: 'IAM takes no wildcards inside the name of a principal' } : {}),
  };
}

function tracePattern(
  pattern: CompiledPattern,
  name: 'Action' | 'Resource',
  presented: string,
  context: RequestContext,
): ElementTrace {
  const result = pattern.matches(presented, context);
  const unknown = pattern.texts.flatMap((text) => unknownsOf(text, context));
  const note =
    result !== 'undecided'
      ? undefined
      : unknown.length > 0
        ? `not known: ${[...new Set(unknown)].join(', ')}`
        : 'AWS does not say whether a wildcard inside a part of an ARN goes past a colon';
  return {
    element: pattern.element.negated ? `Not${name}` : name,
    expected: pattern.texts.map(({ shown }) => shown),
    presented,
    result,
    ...(note === undefined ? {} : { note }),
  };
}

function traceCondition(compiled: CompiledCondition, context: RequestContext): ConditionTrace {
  const { condition, expected, key } = compiled;
  const state = key === undefined ? 'unknown' : stateOf(context, key);
  const result = compiled.evaluate(context);
  const note = conditionNote(compiled, state, result, context);
  return {
    operator: condition.operator.written,
    key: shownText(condition.key.pieces),
    expected: expected.map(({ shown }) => shown),
    presented: typeof state === 'string' ? undefined : state,
    state: typeof state === 'string' ? state : 'present',
    result,
    ...(note === undefined ? {} : { note }),
  };
}
