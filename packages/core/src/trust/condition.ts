import type { CompiledCondition } from '../iam/conditions/condition.ts';
import { fixedText } from '../iam/parse/reader.ts';
import type { OperatorName } from '../iam/policy.ts';
import type { RequestContext } from '../iam/request/context.ts';
import { compileText } from '../iam/text.ts';
import type { Formula } from '../language/formula.ts';
import { compileGlob } from '../language/glob.ts';
import { all, any, constant, matches, not, present, unknown } from './formula.ts';

/** Operators that compare a claim as a string, and how. */
const stringOperators: Partial<
  Record<OperatorName, { wildcards: boolean; ignoreCase: boolean; negated: boolean }>
> = {
  StringEquals: { wildcards: false, ignoreCase: false, negated: false },
  StringNotEquals: { wildcards: false, ignoreCase: false, negated: true },
  StringEqualsIgnoreCase: { wildcards: false, ignoreCase: true, negated: false },
  StringNotEqualsIgnoreCase: { wildcards: false, ignoreCase: true, negated: true },
  StringLike: { wildcards: true, ignoreCase: false, negated: false },
  StringNotLike: { wildcards: true, ignoreCase: false, negated: true },
};

/**
 * A condition on a claim as a formula over that claim; `undefined` claims are absent from a token.
 * Claims have one value each, so that the set operators differ from the plain ones only where the
 * claim is absent or empty.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function claimFormula(
  { condition }: CompiledCondition,
  claim: string,
  variables: boolean,
): Formula {
  const { operator, values } = condition;
  const { base, set, ifExists } = operator;
  if (base === 'Null')
    return nullFormula(
      values.map(({ pieces }) => fixedText(pieces)),
      claim,
    );
  const reading = base === undefined ? undefined : stringOperators[base];
  if (!reading)
    return unknown(
      `${operator.written} on ${claim} is compared by STS only, not as a set of strings`,
    );
  const hit = any(
    values.map(({ pieces }) => {
      const { fixed, shown } = compileText(pieces, { ...reading, variables });
      return fixed ? matches(claim, fixed) : unknown(`"${shown}" is not known`);
    }),
  );
  const there = present(claim);
  const holds = reading.negated ? not(hit) : hit;
  if (set === 'ForAllValues')
    return any([not(there), matches(claim, compileGlob('', { wildcards: false })), holds]);
  if (set === 'ForAnyValue') {
    if (!ifExists) return all([there, holds]);
    // AWS does not say which of the two wins where the key is absent.
    return any([
      all([there, holds]),
      all([not(there), unknown(`${operator.written} without a value`)]),
    ]);
  }
  return ifExists ? any([not(there), holds]) : holds;
}

/** `Null: true` is for a key that is not there. */
function nullFormula(values: readonly (string | undefined)[], claim: string): Formula {
  return any(
    values.map((value) => {
      const wanted = value?.toLowerCase();
      if (wanted === 'true') return not(present(claim));
      return wanted === 'false' ? present(claim) : unknown('the value of Null is not known');
    }),
  );
}

/** A condition on a key that no claim fills, in a call of which only that much is known. */
export function otherFormula(compiled: CompiledCondition, context: RequestContext): Formula {
  const { written } = compiled.condition.operator;
  const key = compiled.key ?? 'a key that is not known';
  const match = compiled.evaluate(context);
  return match === 'undecided'
    ? unknown(`${written} on ${key} hangs on the call`)
    : constant(match);
}
