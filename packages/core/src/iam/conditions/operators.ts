import type { OperatorName } from '../policy.ts';
import { arnComparison } from './arn.ts';
import { binaryComparison } from './binary.ts';
import { stringComparison, typedComparison, type Comparison } from './comparison.ts';
import { dateComparison } from './date.ts';
import { ipAddressComparison } from './ip-address.ts';
import { numberComparison } from './number.ts';

/** What an operator does with one presented and one expected value. */
export interface OperatorMeaning {
  readonly compare: Comparison;
  /** Whether the condition holds when no expected value matches. */
  readonly negated: boolean;
}

const equals = stringComparison({ wildcards: false, ignoreCase: false });
const equalsIgnoreCase = stringComparison({ wildcards: false, ignoreCase: true });
const like = stringComparison({ wildcards: true, ignoreCase: false });
/** AWS writes `true` and `false`; another case is taken for the same. */
const bool = typedComparison('boolean', (text) => {
  const expected = readBoolean(text);
  return expected === undefined ? undefined : (presented) => readBoolean(presented) === expected;
});

const same = (sign: number): boolean => sign === 0;
const less = (sign: number): boolean => sign < 0;
const atMost = (sign: number): boolean => sign <= 0;
const more = (sign: number): boolean => sign > 0;
const atLeast = (sign: number): boolean => sign >= 0;

const is = (compare: Comparison): OperatorMeaning => ({ compare, negated: false });
const isNot = (compare: Comparison): OperatorMeaning => ({ compare, negated: true });

/**
 * Every operator but Null, which looks at no value.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const operatorMeanings: Readonly<Record<Exclude<OperatorName, 'Null'>, OperatorMeaning>> = {
  StringEquals: is(equals),
  StringNotEquals: isNot(equals),
  StringEqualsIgnoreCase: is(equalsIgnoreCase),
  StringNotEqualsIgnoreCase: isNot(equalsIgnoreCase),
  StringLike: is(like),
  StringNotLike: isNot(like),
  NumericEquals: is(numberComparison(same)),
  NumericNotEquals: isNot(numberComparison(same)),
  NumericLessThan: is(numberComparison(less)),
  NumericLessThanEquals: is(numberComparison(atMost)),
  NumericGreaterThan: is(numberComparison(more)),
  NumericGreaterThanEquals: is(numberComparison(atLeast)),
  DateEquals: is(dateComparison(same)),
  DateNotEquals: isNot(dateComparison(same)),
  DateLessThan: is(dateComparison(less)),
  DateLessThanEquals: is(dateComparison(atMost)),
  DateGreaterThan: is(dateComparison(more)),
  DateGreaterThanEquals: is(dateComparison(atLeast)),
  Bool: is(bool),
  BinaryEquals: is(binaryComparison),
  IpAddress: is(ipAddressComparison),
  NotIpAddress: isNot(ipAddressComparison),
  ArnEquals: is(arnComparison),
  ArnLike: is(arnComparison),
  ArnNotEquals: isNot(arnComparison),
  ArnNotLike: isNot(arnComparison),
};

/** `true` or `false` in any case. */
function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}
