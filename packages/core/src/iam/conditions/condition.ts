import { not, or, and, type Match } from '../match.ts';
import { fixedText } from '../parse/reader.ts';
import type { Condition } from '../policy.ts';
import { stateOf, type KeyState, type RequestContext } from '../request/context.ts';
import type { ExpectedValue } from './comparison.ts';
import { operatorMeanings } from './operators.ts';

/** A condition ready to be compared with many requests. */
export interface CompiledCondition {
  readonly condition: Condition;
  /** In lower case; undefined when it has holes. */
  readonly key: string | undefined;
  readonly expected: readonly ExpectedValue[];
  readonly negated: boolean;
  evaluate(context: RequestContext): Match;
}

/** Prepares a condition; `variables` says whether the policy's version has them. */
export function compileCondition(condition: Condition, variables: boolean): CompiledCondition {
  const { operator } = condition;
  const { base } = operator;
  const key = fixedText(condition.key.pieces)?.toLowerCase();
  if (base === undefined || base === 'Null') {
    const expected = condition.values.map((value) => nullComparison(value, variables));
    const common = { condition, key, expected, negated: false };
    if (base === undefined || key === undefined) return { ...common, evaluate: () => 'undecided' };
    return {
      ...common,
      evaluate: (context) => matchPresence(expected, stateOf(context, key), context),
    };
  }
  const { compare, negated } = operatorMeanings[base];
  const expected = condition.values.map((value) => compare(value, variables));
  const compiled = { condition, key, expected, negated };
  if (key === undefined) return { ...compiled, evaluate: () => 'undecided' };
  return {
    ...compiled,
    evaluate: (context) => evaluateOn(compiled, stateOf(context, key), context),
  };
}

/** `true` is for a key that is not there. Its presented value is the word for that. */
const nullComparison = (value: Condition['values'][number], variables: boolean): ExpectedValue =>
  operatorMeanings.Bool.compare(value, variables);

function matchPresence(
  expected: readonly ExpectedValue[],
  state: KeyState,
  context: RequestContext,
): Match {
  if (state === 'unknown') return 'undecided';
  return matchAny(expected, String(typeof state === 'string'), context);
}

function evaluateOn(
  { condition, expected, negated }: Omit<CompiledCondition, 'evaluate'>,
  state: KeyState,
  context: RequestContext,
): Match {
  const { set, ifExists } = condition.operator;
  if (state === 'unknown') return 'undecided';
  if (typeof state === 'string') return withoutKey(set, ifExists, negated);
  const one = (presented: string): Match => {
    const match = matchAny(expected, presented, context);
    return negated ? not(match) : match;
  };
  if (set === 'ForAnyValue')
    return state.reduce<Match>((match, value) => or(match, one(value)), false);
  // "... or if the context key value resolves to a null data set, such as an empty string"
  if (set === 'ForAllValues')
    return state.every((value) => value === '')
      ? true
      : state.reduce<Match>((match, value) => and(match, one(value)), true);
  const [first = '', ...more] = state;
  // AWS asks for a set operator where a key has several values and does not say what happens without.
  return more.reduce<Match>(
    (match, value) => (one(value) === match ? match : 'undecided'),
    one(first),
  );
}

/**
 * What holds when the key is not in the request.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function withoutKey(
  set: 'ForAllValues' | 'ForAnyValue' | undefined,
  ifExists: boolean,
  negated: boolean,
): Match {
  if (set === 'ForAllValues') return true;
  // IfExists alone would hold, ForAnyValue alone would not; AWS does not say which of them wins.
  if (set === 'ForAnyValue') return ifExists ? 'undecided' : false;
  return ifExists || negated;
}

function matchAny(
  expected: readonly ExpectedValue[],
  presented: string,
  context: RequestContext,
): Match {
  let match: Match = false;
  for (const value of expected) {
    match = or(match, value.matches(presented, context));
    if (match === true) break;
  }
  return match;
}
