import { Lexer, Parser } from '@actions/expressions';
import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
  type Expr,
} from '@actions/expressions/ast';

/**
 * One expression without its braces. `ast` is undefined when GitHub would refuse it, and `problem`
 * says why; `source` is always there. The grammar is GitHub's own (`@actions/expressions`).
 */
export interface Expression {
  readonly source: string;
  readonly ast?: ExpressionNode;
  readonly problem?: string;
}

/** Our view of the syntax tree: plain data, so that evaluators can switch on `kind`. */
export type ExpressionNode =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly context: string; readonly path: readonly PathPart[] }
  | { readonly kind: 'index'; readonly of: ExpressionNode; readonly index: ExpressionNode }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly ExpressionNode[] }
  | { readonly kind: 'not'; readonly of: ExpressionNode }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    }
  | { readonly kind: 'and' | 'or'; readonly args: readonly ExpressionNode[] };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** One step of a path: a fixed name, `*`, or an expression that decides it (`secrets[format(..)]`). */
export type PathPart =
  | string
  | { readonly kind: 'star' }
  | { readonly kind: 'dynamic'; readonly by: ExpressionNode };

const contexts = [
  'github',
  'env',
  'vars',
  'job',
  'jobs',
  'steps',
  'runner',
  'secrets',
  'strategy',
  'matrix',
  'needs',
  'inputs',
];
const functions = [
  { name: 'always', minArgs: 0, maxArgs: 0 },
  { name: 'cancelled', minArgs: 0, maxArgs: 0 },
  { name: 'failure', minArgs: 0, maxArgs: 255 },
  { name: 'success', minArgs: 0, maxArgs: 255 },
  { name: 'hashFiles', minArgs: 1, maxArgs: 255 },
];

const cache = new Map<string, Expression>();

/** Parses an expression; the same source is parsed once. Never throws. */
export function parseExpression(source: string): Expression {
  const key = source.trim();
  const known = cache.get(key);
  if (known) return known;
  // ATTACKER: the cache must not grow with the number of files of a long run.
  if (cache.size > 20_000) cache.clear();
  const expression = parse(key);
  cache.set(key, expression);
  return expression;
}

function parse(source: string): Expression {
  // ATTACKER: the grammar recurses; GitHub itself allows 21,000 characters and 50 levels.
  if (source.length > 21_000) return { source, problem: 'longer than 21,000 characters' };
  try {
    const { tokens } = new Lexer(source).lex();
    const ast = new Parser(tokens, contexts, functions).parse();
    return { source, ast: convert(ast) };
  } catch (error) {
    return { source, problem: error instanceof Error ? error.message : String(error) };
  }
}

function convert(node: Expr): ExpressionNode {
  if (node instanceof Grouping) return convert(node.group);
  if (node instanceof Literal) return { kind: 'literal', value: literalValue(node) };
  if (node instanceof ContextAccess)
    return { kind: 'path', context: node.name.lexeme.toLowerCase(), path: [] };
  if (node instanceof IndexAccess) return convertIndex(node);
  if (node instanceof FunctionCall) {
    return {
      kind: 'call',
      name: node.functionName.lexeme.toLowerCase(),
      args: node.args.map(convert),
    };
  }
  if (node instanceof Unary) return { kind: 'not', of: convert(node.expr) };
  if (node instanceof Binary) {
    const operator = node.operator.lexeme as Comparison;
    return { kind: 'compare', operator, left: convert(node.left), right: convert(node.right) };
  }
  if (node instanceof Logical) {
    return { kind: node.operator.lexeme === '&&' ? 'and' : 'or', args: node.args.map(convert) };
  }
  throw new Error('unknown form of expression');
}

function convertIndex(node: IndexAccess): ExpressionNode {
  const of = convert(node.expr);
  if (of.kind !== 'path') return { kind: 'index', of, index: indexNode(node.index) };
  return { kind: 'path', context: of.context, path: [...of.path, pathPart(node.index)] };
}

function indexNode(index: Expr): ExpressionNode {
  return index instanceof Star ? { kind: 'literal', value: '*' } : convert(index);
}

function pathPart(index: Expr): PathPart {
  if (index instanceof Star) return { kind: 'star' };
  const by = convert(index);
  if (by.kind === 'literal') return String(by.value);
  return { kind: 'dynamic', by };
}

function literalValue(node: Literal): string | number | boolean | null {
  const value = (node.literal as { value?: unknown }).value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return null;
}
