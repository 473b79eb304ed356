import type { DocumentNode } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import { mapNode, textNode } from '../document/access.ts';

/** Names that are bound where an expression stands: `each`, `count`, iterators, variables of `for`. */
export type Environment = ReadonlyMap<string, DocumentNode>;

/** Nothing is bound. */
export const noNames: Environment = new Map();

/** Binds `key` and `value` under a name: `each`, or the iterator of a dynamic block. */
export function withIteration(
  names: Environment,
  iterator: string,
  key: DocumentNode,
  value: DocumentNode,
): Environment {
  return new Map(names).set(iterator, mapNode({ key, value }, value.range));
}

/** An element of something that is iterated over. */
export interface Iteration {
  readonly key: DocumentNode;
  readonly value: DocumentNode;
}

/** More elements than this are not unrolled. */
const maxIterations = 200;

/**
 * The elements of a list, a set or a map; undefined when they are not known. The key of a list's
 * element is its index, as in `for`; `ofSet` makes it the element itself, as in `for_each`.
 */
export function iterationsOf(
  node: DocumentNode | undefined,
  ofSet: boolean,
): readonly Iteration[] | undefined {
  if (node?.kind === 'map') {
    if (node.entries.length > maxIterations) return undefined;
    return node.entries.map(({ key, keyRange, value }) => ({
      key: textNode(key, keyRange),
      value,
    }));
  }
  if (node?.kind !== 'list' || node.items.length > maxIterations) return undefined;
  // INVARIANT: an element that is not known may stand for many.
  if (node.items.some(({ kind }) => kind === 'unresolved')) return undefined;
  return node.items.map((value, index) => ({
    key: ofSet ? value : numberNode(index, value.range),
    value,
  }));
}

/** A number. */
export function numberNode(value: number, range: Range): DocumentNode {
  return { kind: 'text', scalar: 'number', value: [String(value)], range };
}

/** A truth value. */
export function booleanNode(value: boolean, range: Range): DocumentNode {
  return { kind: 'text', scalar: 'boolean', value: [String(value)], range };
}
