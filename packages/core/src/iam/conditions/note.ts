import type { Match } from '../match.ts';
import type { KeyState, RequestContext } from '../request/context.ts';
import type { CompiledCondition } from './condition.ts';

/** What is worth knowing of how a condition came to its result; undefined when values speak for themselves. */
export function conditionNote(
  compiled: CompiledCondition,
  state: KeyState,
  result: Match,
  context: RequestContext,
): string | undefined {
  const { condition, key, expected } = compiled;
  const { base, written } = condition.operator;
  if (base === undefined) return `${written} is no operator of IAM, or could not be read`;
  if (key === undefined) return 'the key is not known';
  if (state === 'unknown') return `the value of ${key} was not given`;
  if (base === 'Null') return presenceNote(state);
  if (typeof state === 'string') return missingNote(compiled, state, key);
  if (result === 'undecided') return openNote(compiled, state, context);
  if (condition.operator.set === 'ForAllValues' && state.every((value) => value === ''))
    return 'true because the value is empty';
  if (expected.length === 0) return 'there is no value to compare with';
  if (!result && !compiled.negated && hasLiteralWildcard(compiled))
    return `${base} takes * and ? for themselves; StringLike has wildcards`;
  if (!result && base === 'StringEquals' && differsOnlyInCase(compiled, state))
    return 'only the letter case differs';
  return undefined;
}

function presenceNote(state: KeyState): string {
  if (state === 'unsupported') return 'unsupported key: AWS never has it in such a request';
  return typeof state === 'string' ? 'the key is not in the request' : 'the key is in the request';
}

function missingNote(
  { condition, negated }: CompiledCondition,
  state: string,
  key: string,
): string {
  const { set, ifExists } = condition.operator;
  const what =
    state === 'unsupported'
      ? `unsupported key: AWS never has ${key} in such a request`
      : `${key} is not in the request`;
  if (set === 'ForAllValues') return `${what}; ForAllValues is true without a value`;
  if (set === 'ForAnyValue')
    return ifExists
      ? `${what}; AWS does not say whether IfExists or ForAnyValue wins then`
      : `${what}; ForAnyValue needs one`;
  if (ifExists) return `${what}; IfExists is true without the key`;
  return negated
    ? `${what}; a negated operator is true without the key`
    : `${what}; it never matches`;
}

function openNote(
  { expected, condition }: CompiledCondition,
  values: readonly string[],
  context: RequestContext,
): string {
  const problem = expected.find((value) => value.problem !== undefined)?.problem;
  if (problem !== undefined) return problem;
  const unknown = [...new Set(expected.flatMap((value) => value.unknowns(context)))];
  if (unknown.length > 0) return `not known: ${unknown.join(', ')}`;
  if (values.length > 1 && condition.operator.set === undefined)
    return 'the key has several values, and AWS does not say what happens without ForAllValues or ForAnyValue';
  return `the values cannot be compared by ${condition.operator.written}`;
}

function hasLiteralWildcard({ condition, expected }: CompiledCondition): boolean {
  const literal = /^String(?:Not)?Equals(?:IgnoreCase)?$/.test(condition.operator.base ?? '');
  return literal && expected.some(({ shown }) => /[*?]/.test(shown));
}

function differsOnlyInCase({ expected }: CompiledCondition, values: readonly string[]): boolean {
  const lower = new Set(expected.map(({ shown }) => shown.toLowerCase()));
  return values.some((value) => lower.has(value.toLowerCase()));
}
