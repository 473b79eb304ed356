import type { Range } from '../../text/range.ts';
import type { ConditionOperator, OperatorName } from '../policy.ts';

/** Every operator of IAM, by its name in lower case. */
const operators: ReadonlyMap<string, OperatorName> = new Map(
  (
    [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
      'DateEquals',
      'DateNotEquals',
      'DateLessThan',
      'DateLessThanEquals',
      'DateGreaterThan',
      'DateGreaterThanEquals',
      'Bool',
      'BinaryEquals',
      'IpAddress',
      'NotIpAddress',
      'ArnEquals',
      'ArnLike',
      'ArnNotEquals',
      'ArnNotLike',
      'Null',
    ] as const
  ).map((name) => [name.toLowerCase(), name]),
);

const sets = { forallvalues: 'ForAllValues', foranyvalue: 'ForAnyValue' } as const;

/**
 * Takes an operator apart: a set prefix, a name, `IfExists` (which Null cannot have).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 *
 * Letter case: AWS's pages do not say whether another case than theirs is taken. Names are recognised in
 * any case, so that a condition is never left out; {@link canonicalName} tells what it should be.
 */
export function readOperator(written: string, range: Range): ConditionOperator {
  const colon = written.indexOf(':');
  const prefix = colon === -1 ? '' : written.slice(0, colon).toLowerCase();
  const rest = written.slice(colon + 1).toLowerCase();
  const ifExists = rest.endsWith('ifexists');
  const base = operators.get(ifExists ? rest.slice(0, -'ifexists'.length) : rest);
  const set = prefix === 'forallvalues' || prefix === 'foranyvalue' ? sets[prefix] : undefined;
  const unknown = (colon !== -1 && set === undefined) || (base === 'Null' && (ifExists || set));
  return {
    written,
    base: unknown ? undefined : base,
    ...(set === undefined ? {} : { set }),
    ifExists,
    range,
  };
}

/** The operator as AWS writes it; undefined for one that IAM does not know. */
export function canonicalName({ base, set, ifExists }: ConditionOperator): string | undefined {
  if (base === undefined) return undefined;
  return `${set === undefined ? '' : `${set}:`}${base}${ifExists ? 'IfExists' : ''}`;
}

/** What an unknown operator was probably meant to be: a missing colon is the commonest slip. */
export function meantOperator(written: string): string | undefined {
  // ATTACKER: names come from files; no operator is as long as this.
  if (written.length > 100) return undefined;
  const match = /^(forallvalues|foranyvalue)[^a-z:]*(?<rest>.+)$/i.exec(written.replace(':', ''));
  const rest = match?.groups?.['rest'];
  if (rest === undefined || match?.[1] === undefined) return undefined;
  const prefix = match[1].toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
  const none = { start: 0, end: 0 };
  return canonicalName(readOperator(`${prefix}:${rest}`, none));
}

/** The names of all operators, for suggestions. */
export const operatorNames: readonly OperatorName[] = [...operators.values()];
