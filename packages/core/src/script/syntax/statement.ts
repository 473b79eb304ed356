import type { ShellContext, ShellRedirect } from '../shell.ts';
import { readCommand } from './command.ts';
import { functionContext, testContext } from './context.ts';
import { readList, type ReadStatement } from './list.ts';
import type { SyntaxNode } from './node.ts';
import { enter, leave, type Place, type Reader } from './reader.ts';
import { readRedirect, redirectSyntax } from './redirect.ts';
import { readWord } from './word.ts';

/** What the grammar makes of a word of the skeleton. */
const wordKinds = new Set([
  'word',
  'number',
  'concatenation',
  'command_name',
  'command_substitution',
  'process_substitution',
  'extglob_pattern',
  'variable_name',
  'regex',
]);

/** Reads the statements among some nodes; only the last one's status is that of all. */
export function readBlock(
  reader: Reader,
  nodes: readonly SyntaxNode[],
  context: ShellContext,
): void {
  const last = nodes.findLastIndex(isStatement);
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (!node || !isStatement(node)) continue;
    const background = context.background || nodes[at + 1]?.kind === '&';
    const final = context.final && at === last;
    if (isFragment(node)) {
      at = readFragment(reader, nodes, at, { ...context, final });
    } else {
      const same = background === context.background && final === context.final;
      readList(reader, node, same ? context : { ...context, background, final }, readStatement);
    }
  }
}

function isStatement(node: SyntaxNode): boolean {
  return node.named && !node.missing && node.kind !== 'comment' && node.start < node.end;
}

function isFragment(node: SyntaxNode | undefined): boolean {
  return node !== undefined && (wordKinds.has(node.kind) || node.kind === 'file_redirect');
}

/** Words that the grammar could not place in a command stand side by side where it gave up. */
function readFragment(
  reader: Reader,
  nodes: readonly SyntaxNode[],
  from: number,
  context: ShellContext,
): number {
  let end = from;
  while (isFragment(nodes[end + 1])) end += 1;
  readCommand(reader, nodes.slice(from, end + 1), context);
  return end;
}

/** Reads a simple or compound command; `redirects` are those that the grammar put around it. */
const readStatement: ReadStatement = (reader, node, context, redirects) => {
  if (!enter(reader, node)) return;
  if (node.kind === 'command' || node.kind === 'redirected_statement') {
    readCommand(reader, [...node.children, ...redirects], context);
  } else {
    readCompound(reader, node, withRedirects(reader, context, redirects));
  }
  leave(reader);
};

function withRedirects(
  reader: Reader,
  context: ShellContext,
  nodes: readonly SyntaxNode[],
): ShellContext {
  if (nodes.length === 0) return context;
  const place: Place = { context, enclosing: { kind: 'other', final: context.final } };
  const redirects = nodes.flatMap((node): ShellRedirect[] => {
    const syntax = redirectSyntax(reader, node);
    return syntax ? [readRedirect(reader, syntax, place)] : [];
  });
  return { ...context, redirects: [...redirects, ...context.redirects] };
}

function readCompound(reader: Reader, node: SyntaxNode, context: ShellContext): void {
  const { start, end } = node;
  switch (node.kind) {
    case 'subshell':
      return readBlock(reader, node.children, {
        ...context,
        subshell: true,
        scope: { start, end },
      });
    case 'if_statement':
    case 'elif_clause':
      return readTested(reader, node, context, 'then');
    case 'while_statement':
      return readTested(reader, node, { ...context, loop: true, final: false }, undefined);
    case 'for_statement':
    case 'c_style_for_statement':
      return readFor(reader, node, { ...context, loop: true, final: false });
    case 'case_statement':
      return readCase(reader, node, context);
    case 'function_definition':
      return readFunction(reader, node, context);
    default:
      return readBlock(reader, node.children, context);
  }
}

/** Reads `if`, `elif` and `while`: the test up to the keyword or the body, then the rest. */
function readTested(
  reader: Reader,
  node: SyntaxNode,
  context: ShellContext,
  keyword: string | undefined,
): void {
  const isBody = (child: SyntaxNode): boolean =>
    keyword === undefined ? child.kind === 'do_group' : child.kind === keyword;
  const cut = node.children.findIndex(isBody);
  const body = cut === -1 ? node.children.length : cut;
  readBlock(reader, node.children.slice(0, body), testContext(context));
  const clauses = node.children.slice(body);
  const inner = clauses.filter((child) => !isClause(child));
  readBlock(reader, inner, context);
  for (const clause of clauses.filter(isClause)) readStatement(reader, clause, context, []);
}

function isClause(node: SyntaxNode): boolean {
  return node.kind === 'elif_clause' || node.kind === 'else_clause' || node.kind === 'do_group';
}

function readFor(reader: Reader, node: SyntaxNode, context: ShellContext): void {
  const place: Place = { context, enclosing: { kind: 'other', final: false } };
  const variable = node.children.find((child) => child.field === 'variable');
  const values = node.children.filter((child) => child.field === 'value');
  const name = variable ? reader.source.slice(variable.start, variable.end) : '';
  const rest = { exported: false, append: false, scope: 'script', origin: 'for' } as const;
  for (const { start, end } of values) {
    const value = readWord(reader, start, end, place);
    reader.assignments.push({ name, value, ...rest, start, end });
  }
  if (variable && values.length === 0) {
    const { start, end } = variable;
    reader.assignments.push({ name, value: undefined, ...rest, origin: 'input', start, end });
  }
  const body = node.children.filter((child) => child.field === 'body' || child.kind === 'ERROR');
  for (const child of body) readStatement(reader, child, context, []);
}

function readCase(reader: Reader, node: SyntaxNode, context: ShellContext): void {
  const place: Place = { context, enclosing: { kind: 'other', final: false } };
  for (const child of node.children) {
    if (child.field === 'value') readWord(reader, child.start, child.end, place);
    else if (child.kind === 'case_item') readCase(reader, child, context);
    else if (child.kind === 'ERROR') readStatement(reader, child, context, []);
  }
  if (node.kind !== 'case_item') return;
  readBlock(
    reader,
    node.children.filter((child) => child.field !== 'value' && child.kind !== 'ERROR'),
    context,
  );
}

function readFunction(reader: Reader, node: SyntaxNode, context: ShellContext): void {
  const { start, end } = node;
  const nameNode = node.children.find((child) => child.field === 'name');
  const name = nameNode ? reader.source.slice(nameNode.start, nameNode.end) : '';
  const inside = functionContext(context, name, { start, end });
  const redirects = node.children.filter((child) => child.kind === 'file_redirect');
  const first = reader.commands.length;
  for (const child of node.children) {
    if (child.field === 'body') readStatement(reader, child, inside, redirects);
  }
  reader.functions.push({ name, commands: { first, end: reader.commands.length }, start, end });
}
