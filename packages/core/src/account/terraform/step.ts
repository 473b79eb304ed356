import type { DocumentNode } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import { entryOf, literalOf, shorten, textNode } from '../document/access.ts';
import { numberOf } from './operators.ts';

/** One step of a traversal: `.name`, `[key]`, `[*]`. */
export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly key: DocumentNode }
  | { readonly kind: 'splat'; readonly rest: readonly Step[] };

/** Something that could be of any type. */
export function unknown(expression: string, range: Range): DocumentNode {
  return { kind: 'unresolved', expression: shorten(expression), range };
}

/** A string that is not known. */
export function unknownText(expression: string, range: Range): DocumentNode {
  return textNode([{ hole: shorten(expression) }], range);
}

/** Follows steps into a value; what is not there, or not known, is `unresolved` under the expression's name. */
export function follow(
  node: DocumentNode,
  steps: readonly Step[],
  expression: string,
  range: Range,
): DocumentNode {
  let value = node;
  for (const step of steps) {
    const next = take(value, step, expression, range);
    if (!next) return unknown(expression, range);
    value = next;
  }
  return value;
}

function take(
  node: DocumentNode,
  step: Step,
  expression: string,
  range: Range,
): DocumentNode | undefined {
  if (step.kind === 'splat') {
    if (node.kind !== 'list') return undefined;
    return { ...node, items: node.items.map((item) => follow(item, step.rest, expression, range)) };
  }
  const name = step.kind === 'attribute' ? step.name : literalOf(step.key);
  if (name === undefined) return undefined;
  if (node.kind === 'map') return entryOf(node, name)?.value;
  const index = step.kind === 'index' ? numberOf(step.key) : undefined;
  return node.kind === 'list' && index !== undefined ? node.items[index] : undefined;
}
