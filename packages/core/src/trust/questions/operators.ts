import type { CompiledStatement } from '../../iam/compile.ts';
import type { CompiledCondition } from '../../iam/conditions/condition.ts';
import { shownText } from '../../iam/parse/reader.ts';
import { issuerOf } from '../../iam/trust.ts';
import type { Examination } from '../examination.ts';

/** Claims that every token of GitHub has. */
const always: readonly string[] = [
  'sub',
  'aud',
  'actor',
  'actor_id',
  'job_workflow_ref',
  'ref',
  'repository',
  'repository_id',
  'repository_owner_id',
  'workflow',
];

/**
 * Operators that hold where the key is not there at all: ForAllValues on any key, IfExists on one that a
 * token can lack. A misspelt key is one that is never there.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function askOperators(
  examination: Examination,
  statements: readonly CompiledStatement[],
): void {
  const prefix = `${issuerOf(examination.door.provider).toLowerCase()}:`;
  for (const { statement, conditions } of statements)
    for (const one of conditions)
      if (holdsWithoutKey(one, prefix))
        examination.flaws.push({
          class: 'set-operator',
          severity: 'medium',
          about: shownText(one.condition.key.pieces),
          written: one.condition.operator.written,
          range: one.condition.operator.range,
          statement: statement.index,
        });
}

function holdsWithoutKey({ condition, key }: CompiledCondition, prefix: string): boolean {
  const { base, set, ifExists } = condition.operator;
  if (base === undefined || base === 'Null' || key === undefined) return false;
  if (set === 'ForAllValues') return true;
  if (!ifExists || set === 'ForAnyValue') return false;
  return !(key.startsWith(prefix) && always.includes(key.slice(prefix.length)));
}
