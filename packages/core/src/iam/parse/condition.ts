import { nearest } from '../../text/nearest.ts';
import type { DocumentEntry, DocumentMap, DocumentNode } from '../document/node.ts';
import type { Condition, ConditionOperator } from '../policy.ts';
import { canonicalName, meantOperator, operatorNames, readOperator } from './operator.ts';
import {
  described,
  fixedText,
  noteDuplicate,
  shownText,
  textsOf,
  type PolicyProblems,
} from './reader.ts';

/** Reads `Condition`: operators, their keys, the values of each key. */
export function readConditions(node: DocumentNode, problems: PolicyProblems): Condition[] {
  if (node.kind === 'unresolved') {
    problems.note(
      'policy-unresolved',
      node.range,
      `the conditions are not known: ${node.expression}`,
    );
    // INVARIANT: a block that could not be read stays a condition that nothing is known of.
    const operator = {
      written: `<${node.expression}>`,
      base: undefined,
      ifExists: false,
      range: node.range,
    };
    const key = { pieces: [{ hole: node.expression }], range: node.range };
    return [{ operator, key, values: [], range: node.range }];
  }
  if (node.kind !== 'map') {
    problems.refuse(
      'policy-wrong-type',
      node.range,
      `Condition is ${described(node)}, expected an object`,
    );
    return [];
  }
  return lastEntries(node, 'Condition', problems).flatMap((entry) => readKeys(entry, problems));
}

function readKeys(entry: DocumentEntry, problems: PolicyProblems): Condition[] {
  const operator = operatorOf(entry, problems);
  const where = operator.written;
  const { value } = entry;
  if (value.kind !== 'map') {
    const message = `${where} is ${described(value)}, expected an object of condition keys`;
    problems.refuse('policy-wrong-type', value.range, message);
    return [];
  }
  return lastEntries(value, where, problems).map((one) => {
    const key = { pieces: one.key, range: one.keyRange };
    const what = `the value of ${shownText(one.key).slice(0, 60)}`;
    const values = textsOf(one.value, what, ['string', 'number', 'boolean'], problems);
    if (values.length === 0)
      problems.note(
        'policy-invalid-value',
        one.value.range,
        `${what} is an empty list: nothing matches it`,
      );
    return {
      operator,
      key,
      values,
      range: { start: one.keyRange.start, end: one.value.range.end },
    };
  });
}

function operatorOf(entry: DocumentEntry, problems: PolicyProblems): ConditionOperator {
  const written = fixedText(entry.key);
  if (written === undefined) {
    const shown = shownText(entry.key);
    problems.note('policy-unresolved', entry.keyRange, `the operator is not known: ${shown}`);
    return { written: shown, base: undefined, ifExists: false, range: entry.keyRange };
  }
  const operator = readOperator(written, entry.keyRange);
  const canonical = canonicalName(operator);
  if (canonical === undefined) {
    const meant = meantOperator(written) ?? nearest(written, operatorNames);
    const hint = meant === undefined ? '' : `, did you mean "${meant}"?`;
    const message = `there is no operator "${written.slice(0, 60)}"${hint}`;
    problems.refuse('policy-unknown-operator', entry.keyRange, message);
  } else if (canonical !== written) {
    const message = `"${written}" is written ${canonical}: AWS does not say that it takes another case`;
    problems.note('policy-unknown-operator', entry.keyRange, message);
  }
  return operator;
}

/** The entries of a map; of a name that stands twice only the last, in its place. */
function lastEntries(map: DocumentMap, where: string, problems: PolicyProblems): DocumentEntry[] {
  const last = new Map<string, DocumentEntry>();
  for (const entry of map.entries) {
    const name = shownText(entry.key);
    noteDuplicate(last.get(name), name, where, problems);
    last.delete(name);
    last.set(name, entry);
  }
  return [...last.values()];
}
