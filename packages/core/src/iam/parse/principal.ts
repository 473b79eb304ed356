import type { DocumentEntry } from '../document/node.ts';
import type { PrincipalElement, PrincipalValue } from '../policy.ts';
import { described, entriesOf, fixedText, textOf, textsOf, type PolicyProblems } from './reader.ts';

const kinds = ['AWS', 'Federated', 'Service', 'CanonicalUser'] as const;

/**
 * Reads `Principal` or `NotPrincipal`: `"*"`, or an object of kinds. Undefined when nothing in it can be used.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipal(
  entry: DocumentEntry,
  name: 'Principal' | 'NotPrincipal',
  problems: PolicyProblems,
): PrincipalElement | undefined {
  const { value: node } = entry;
  const negated = name === 'NotPrincipal';
  const range = { start: entry.keyRange.start, end: node.range.end };
  if (node.kind === 'map') {
    const entries = entriesOf(node, name, kinds, problems);
    const values = kinds.flatMap((kind) => {
      const listed = entries.get(kind);
      return listed ? readKind(kind, listed, name, problems) : [];
    });
    if (node.entries.length === 0)
      problems.refuse('policy-missing-element', node.range, `${name} names nobody`);
    return { negated, values, range };
  }
  const text = textOf(node);
  const fixed = text && fixedText(text.pieces);
  if (text && fixed === '*') {
    return { negated, values: [{ kind: 'AWS', value: text, everyone: true }], range };
  }
  if (text && fixed === undefined) {
    problems.note('policy-unresolved', node.range, `${name} is ${described(node)}`);
    // It may be any kind of principal.
    return {
      negated,
      values: kinds.map((kind) => ({ kind, value: text, everyone: false })),
      range,
    };
  }
  const message = `${name} is ${described(node)}, expected "*" or an object such as {"AWS": "..."}`;
  problems.refuse('policy-wrong-type', node.range, message);
  return undefined;
}

function readKind(
  kind: PrincipalValue['kind'],
  entry: DocumentEntry,
  name: string,
  problems: PolicyProblems,
): PrincipalValue[] {
  const texts = textsOf(entry.value, `${name}.${kind}`, ['string'], problems);
  if (texts.length === 0)
    problems.refuse('policy-missing-element', entry.value.range, `${name}.${kind} names nobody`);
  return texts.map((value) => ({
    kind,
    value,
    everyone: kind === 'AWS' && fixedText(value.pieces) === '*',
  }));
}
