import { alternatives, evaluate, type Scope, type Value } from '../workflow/evaluate.ts';
import type { ExpressionNode } from '../workflow/expression.ts';
import type { Text } from '../workflow/model.ts';
import { visitExpression } from '../workflow/references.ts';
import { templateOf } from '../workflow/template.ts';
import type { NameSet } from './case.ts';

type Piece = string | { readonly open: string };

/** A string as a set of names: its fixed parts, and what decides the others. */
export function namesOf(text: Text, scope: Scope): NameSet {
  const pieces = piecesOf(text, scope);
  const [only = ''] = pieces;
  if (pieces.length <= 1 && typeof only === 'string') return { kind: 'exact', value: only.trim() };
  return { kind: 'template', pieces };
}

/** The fixed and the open parts of a string, neighbours joined. */
export function piecesOf(text: Text, scope: Scope): Piece[] {
  const pieces: Piece[] = [];
  const add = (piece: Piece): void => {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') {
      pieces[pieces.length - 1] = last + piece;
    } else if (piece !== '') pieces.push(piece);
  };
  for (const part of templateOf(text)) {
    if (part.kind === 'literal') add(part.text);
    else if (!part.expression.ast) add({ open: part.expression.source });
    else {
      const value = evaluate(part.expression.ast, scope);
      if (value.kind === 'known') add(String(value.value ?? ''));
      else if (value.kind === 'unknown' && value.pieces)
        for (const piece of value.pieces) add(piece);
      else add({ open: nameOf(value, part.expression.ast, scope) });
    }
  }
  return pieces;
}

/** What decides a string that is not known: paths as expressions name them. */
export function decidersOf(text: Text, scope: Scope): string[] {
  const found = templateOf(text).flatMap((part) => {
    if (part.kind === 'literal') return [];
    if (!part.expression.ast) return [part.expression.source];
    const value = evaluate(part.expression.ast, scope);
    return value.kind === 'known' ? [] : [nameOf(value, part.expression.ast, scope)];
  });
  return [...new Set(found)];
}

/** What decides a value, as an expression would name it. */
function nameOf(value: Value, node: ExpressionNode, scope: Scope): string {
  const names = new Set<string>();
  for (const one of alternatives(value))
    if (one.kind === 'unknown') names.add(one.origin ?? one.of);
  const plain = [...names].filter((name) => /^[\w-]+(?:\.[\w*-]+)+$/.test(name));
  if (plain.length > 0) return plain.join(' or ');
  const read = new Set<string>();
  visitExpression(node, (inner) => {
    if (inner.kind !== 'path') return;
    const path = [inner.context, ...inner.path.filter((part) => typeof part === 'string')].join(
      '.',
    );
    for (const one of alternatives(evaluate(inner, scope))) {
      if (one.kind === 'unknown') read.add(one.origin ?? path);
      else if (value.kind === 'choice' && read.size === 0) read.add(path);
    }
  });
  return [...read].join(' and ') || [...names].join(' or ') || 'an expression';
}
