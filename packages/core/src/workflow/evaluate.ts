import { access, accessAll } from './evaluation/access.ts';
import { compareScalars, scalarText } from './evaluation/coerce.ts';
import { equality, functions } from './evaluation/functions.ts';
import {
  alternatives,
  choice,
  known,
  truthOf,
  unknown,
  type SingleValue,
  type Truth,
  type Unknown,
  type Value,
} from './evaluation/value.ts';
import type { Comparison, Expression, ExpressionNode, PathPart } from './expression.ts';
import type { Text } from './model.ts';
import { visitExpression } from './references.ts';
import { conditionOf, expressionsOf, templateOf } from './template.ts';

export {
  alternatives,
  choice,
  fromData,
  known,
  lazyObject,
  object,
  traced,
  truthOf,
  unknown,
  unknownText,
  type ObjectValue,
  type Question,
  type Truth,
  type Value,
} from './evaluation/value.ts';

/** What is known where an expression is evaluated. */
export interface Scope {
  /** Contexts by name; one that is not here is unknown. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** What the status functions say; one that is not here is unknown. `always()` is always true. */
  readonly status?: {
    readonly success?: Truth;
    readonly failure?: Truth;
    readonly cancelled?: Truth;
  };
}

/**
 * What an expression comes to where not everything is known. Sound: whatever GitHub would compute
 * in a run that agrees with the scope is among the alternatives of the result.
 */
export function evaluate(node: ExpressionNode, scope: Scope): Value {
  switch (node.kind) {
    case 'literal':
      return known(node.value);
    case 'path':
      return path(node.context, node.path, scope);
    case 'index': {
      const of = evaluate(node.of, scope);
      const star = node.index.kind === 'literal' && node.index.value === '*';
      return star ? accessAll(of) : access(of, evaluate(node.index, scope));
    }
    case 'not':
      return map([evaluate(node.of, scope)], ([value]) => negated(value));
    case 'compare':
      return map([evaluate(node.left, scope), evaluate(node.right, scope)], ([left, right]) =>
        compare(node.operator, left, right),
      );
    case 'and':
    case 'or':
      return logical(node.kind === 'or', node.args, scope);
    case 'call':
      return call(node.name, node.args, scope);
  }
}

/** A string with its expressions filled in; a lone expression keeps its own type. */
export function evaluateText(text: Text, scope: Scope): Value {
  const parts = templateOf(text).map((part) =>
    part.kind === 'literal' ? known(part.text) : evaluateExpression(part.expression, scope),
  );
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const pattern = parts.map((_, index) => `{${index}}`).join('');
  const format = functions['format'];
  return map([known(pattern), ...parts], (values) => {
    const made = format?.(values) ?? unknown(text.value);
    return made.kind === 'unknown' ? { ...made, ...inPieces(values.slice(1)) } : made;
  });
}

/** The pieces of a string of which some are unknown, and what decides those. */
function inPieces(values: readonly SingleValue[]): Pick<Unknown, 'pieces' | 'origin'> {
  const pieces = values.flatMap((value): NonNullable<Unknown['pieces']> => {
    if (value.kind === 'known') return [scalarText(value.value)];
    if (value.kind !== 'unknown') return [value.kind];
    return value.pieces ?? [{ open: value.origin ?? value.of }];
  });
  const open = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : piece.open));
  return { pieces, origin: [...new Set(open)].join(', ') };
}

/**
 * Whether an `if:` lets its job or step run. One that names no status function holds only after
 * success, and one that mixes text with `${{ }}` is a text that is never empty, so always true.
 */
export function conditionHolds(condition: Text | undefined, scope: Scope): Truth {
  const success = scope.status?.success ?? 'unknown';
  if (!condition || condition.value.trim() === '') return success;
  const expression = conditionOf(condition);
  if (!expression) return expressionsOf(condition).some(asksForStatus) || success;
  const holds = truthOf(evaluateExpression(expression, scope));
  return asksForStatus(expression) ? holds : and(success, holds);
}

/** Whether an expression names `always()`, `failure()`, `cancelled()` or `success()`. */
export function asksForStatus(expression: Expression | undefined): boolean {
  if (!expression?.ast) return false;
  let found = asking.get(expression.ast);
  if (found === undefined) {
    let asks = false;
    visitExpression(expression.ast, (node) => {
      asks ||= node.kind === 'call' && /^(?:always|failure|cancelled|success)$/.test(node.name);
    });
    found = asks;
    asking.set(expression.ast, found);
  }
  return found;
}

/** A condition is evaluated for every event and option; what it asks for stays the same. */
const asking = new WeakMap<ExpressionNode, boolean>();

/** Both, as far as that can be told. */
export function and(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : 'unknown';
}

function evaluateExpression(expression: Expression, scope: Scope): Value {
  return expression.ast ? evaluate(expression.ast, scope) : unknown(expression.source);
}

function path(context: string, parts: readonly PathPart[], scope: Scope): Value {
  let at: Value = scope.contexts[context] ?? unknown(context);
  for (const part of parts) {
    if (typeof part === 'string') at = access(at, known(part));
    else at = part.kind === 'star' ? accessAll(at) : access(at, evaluate(part.by, scope));
  }
  return at.kind === 'unknown' ? named(at, context, parts, scope) : at;
}

/** Unknowns are called by the whole path, so that whoever asks can say what was not known. */
function named(value: Unknown, context: string, parts: readonly PathPart[], scope: Scope): Value {
  const names = parts.map((part) => {
    if (typeof part === 'string') return `.${part}`;
    const by = part.kind === 'dynamic' ? evaluate(part.by, scope) : undefined;
    return by?.kind === 'known' ? `.${scalarText(by.value)}` : '[…]';
  });
  return { ...value, of: `${context}${names.join('')}` };
}

function logical(isOr: boolean, args: readonly ExpressionNode[], scope: Scope): Value {
  const results: Value[] = [];
  for (const [index, arg] of args.entries()) {
    const value = evaluate(arg, scope);
    if (index === args.length - 1) return choice([...results, value]);
    // An operand is the result when it decides: a false one of `&&`, a true one of `||`.
    const deciding = alternatives(value).filter((one) => truthOf(one) !== !isOr);
    results.push(...deciding.map((one) => decided(one, isOr)));
    if (truthOf(value) === isOr) return choice(results);
  }
  return choice(results);
}

function decided(value: SingleValue, truth: boolean): SingleValue {
  return value.kind === 'unknown' ? { ...value, truth } : value;
}

function call(name: string, args: readonly ExpressionNode[], scope: Scope): Value {
  if (name === 'always') return known(true);
  if (name === 'success' || name === 'failure' || name === 'cancelled') {
    const truth = args.length === 0 ? (scope.status?.[name] ?? 'unknown') : 'unknown';
    return truth === 'unknown' ? unknown(`${name}()`) : known(truth);
  }
  const run = functions[name];
  const values = args.map((arg) => evaluate(arg, scope));
  return run ? map(values, run) : unknown(`${name}(…)`);
}

function negated(value: SingleValue | undefined): Value {
  const truth = value ? truthOf(value) : 'unknown';
  return truth === 'unknown' ? unknown('!…') : known(!truth);
}

function compare(
  operator: Comparison,
  left: SingleValue | undefined,
  right: SingleValue | undefined,
): Value {
  if (!left || !right) return unknown(operator);
  if (left.kind === 'known' && right.kind === 'known') {
    return known(compareScalars(operator, left.value, right.value));
  }
  if (operator === '==' || operator === '!=') {
    const equal = equality(left, right);
    return equal === 'unknown' ? unknown(operator) : known(equal === (operator === '=='));
  }
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknown(operator);
  // Lists and maps have no order, but each is equal to itself.
  return known(left === right && (operator === '<=' || operator === '>='));
}

const maxCombinations = 256;

function isSingle(value: Value): value is SingleValue {
  return value.kind !== 'choice';
}

/** Applies a function to every combination of alternatives. */
function map(values: readonly Value[], run: (args: readonly SingleValue[]) => Value): Value {
  if (values.every(isSingle)) return run(values);
  let rows: SingleValue[][] = [[]];
  for (const value of values) {
    const next = rows.flatMap((row) => alternatives(value).map((one) => [...row, one]));
    // ATTACKER: alternatives multiply; past the limit nothing is known.
    if (next.length > maxCombinations) return unknown('one of many values');
    rows = next;
  }
  return choice(rows.map(run));
}
