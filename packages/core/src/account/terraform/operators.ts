import type { DocumentNode } from '../../iam/document/node.ts';
import { literalOf } from '../document/access.ts';
import { sameDocument } from '../document/same.ts';

/** Terraform's operators, by precedence of no interest here: the grammar has grouped them. */
export const binaryOperators: ReadonlySet<string> = new Set([
  '*',
  '/',
  '%',
  '+',
  '-',
  '>',
  '>=',
  '<',
  '<=',
  '==',
  '!=',
  '&&',
  '||',
]);

/** A truth value that is known. */
export function truthOf(node: DocumentNode | undefined): boolean | undefined {
  const text = literalOf(node);
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

/** Whether a node is a null. */
export function isNullNode(node: DocumentNode | undefined): boolean {
  return node?.kind === 'text' && node.scalar === 'null';
}

/**
 * The value of an operation on known operands, as text of a number or a truth value; undefined when it
 * depends on what is not known (https://developer.hashicorp.com/terraform/language/expressions/operators).
 */
export function operate(
  operator: string,
  left: DocumentNode,
  right: DocumentNode,
): number | boolean | undefined {
  if (operator === '&&' || operator === '||') return logic(operator, truthOf(left), truthOf(right));
  if (operator === '==' || operator === '!=') {
    const same = equal(left, right);
    return same === undefined ? undefined : same === (operator === '==');
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  return a === undefined || b === undefined ? undefined : calculate(operator, a, b);
}

function logic(
  operator: string,
  left: boolean | undefined,
  right: boolean | undefined,
): boolean | undefined {
  const decisive = operator === '||';
  if (left === decisive || right === decisive) return decisive;
  return left === undefined || right === undefined ? undefined : !decisive;
}

function equal(left: DocumentNode, right: DocumentNode): boolean | undefined {
  if (isNullNode(left) || isNullNode(right)) {
    if (isNullNode(left) && isNullNode(right)) return true;
    const other = isNullNode(left) ? right : left;
    // A text with holes is no null for sure only where a part of it is known.
    if (other.kind === 'unresolved') return undefined;
    if (other.kind === 'text')
      return other.value.length === 1 && typeof other.value[0] !== 'string' ? undefined : false;
    return false;
  }
  const [a, b] = [literalOf(left), literalOf(right)];
  if (a !== undefined && b !== undefined) return a === b;
  const lists = left.kind !== 'text' && right.kind !== 'text';
  return lists && sameDocument(left, right) ? true : undefined;
}

function calculate(operator: string, a: number, b: number): number | boolean | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    case '%':
      return b === 0 ? undefined : a % b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    default:
      return undefined;
  }
}

/** A number that is known. */
export function numberOf(node: DocumentNode | undefined): number | undefined {
  const text = literalOf(node);
  return text !== undefined && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
}
