import type { Expression, ExpressionNode, PathPart } from './expression.ts';
import type { Text } from './model.ts';
import { expressionsOf } from './template.ts';

/** A context that an expression reads: `secrets.KEY` is `{context: 'secrets', path: ['KEY']}`. */
export interface Reference {
  readonly context: string;
  /** Fixed names up to the first part that is not fixed. */
  readonly path: readonly string[];
  /** Whether a part of the path is decided at run time. */
  readonly dynamic: boolean;
}

/** Every context that an expression reads, in order, those inside function calls and indices too. */
export function referencesOf(expression: Expression | undefined): Reference[] {
  const found: Reference[] = [];
  if (expression?.ast) collect(expression.ast, found);
  return found;
}

/** Every context that a string reads. */
export function referencesIn(text: Text | undefined): Reference[] {
  return expressionsOf(text).flatMap(referencesOf);
}

/** Calls `visit` on a node and everything below it. */
export function visitExpression(node: ExpressionNode, visit: (node: ExpressionNode) => void): void {
  visit(node);
  for (const child of childrenOf(node)) visitExpression(child, visit);
}

/** The parts of a syntax tree's node that are nodes themselves. */
export function childrenOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case 'literal':
      return [];
    case 'path':
      return node.path.flatMap((part) =>
        typeof part === 'object' && part.kind === 'dynamic' ? part.by : [],
      );
    case 'index':
      return [node.of, node.index];
    case 'not':
      return [node.of];
    case 'compare':
      return [node.left, node.right];
    case 'call':
    case 'and':
    case 'or':
      return node.args;
  }
}

function collect(root: ExpressionNode, found: Reference[]): void {
  visitExpression(root, (node) => {
    if (node.kind !== 'path') return;
    const fixed: string[] = [];
    for (const part of node.path) {
      if (typeof part !== 'string') break;
      fixed.push(part);
    }
    found.push({ context: node.context, path: fixed, dynamic: node.path.some(isOpen) });
  });
}

function isOpen(part: PathPart): boolean {
  return typeof part !== 'string';
}
