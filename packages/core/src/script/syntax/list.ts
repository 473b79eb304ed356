import type { Range } from '../../text/range.ts';
import type { ShellContext, ShellPipeline } from '../shell.ts';
import type { SyntaxNode } from './node.ts';
import type { Reader } from './reader.ts';

/** Reads a simple or compound command with the redirects around it. See `statement.ts`. */
export type ReadStatement = (
  reader: Reader,
  node: SyntaxNode,
  context: ShellContext,
  redirects: readonly SyntaxNode[],
) => void;

/** A command of a list, simple or compound, with the redirects that the grammar hung elsewhere. */
interface Stage {
  readonly node: SyntaxNode;
  readonly redirects: SyntaxNode[];
}

/** One pipeline of a list. */
interface ListItem {
  /** `&&` or `||` before it; undefined for the first. */
  readonly operator: string | undefined;
  readonly stages: Stage[];
}

/** Whether a node is about how other statements hang together; `> file` alone is a command. */
function isNested(node: SyntaxNode): boolean {
  if (node.kind !== 'redirected_statement') return node.kind === 'list' || node.kind === 'pipeline';
  return node.children.some((child) => child.field === 'body');
}

/**
 * Reads `a | b && c || d > e` (Bash manual 3.2.3, 3.2.4): `&&` and `||` have the same rank and go from
 * left to right, so that the failure of an item goes to the next `||`, wherever that stands.
 */
export function readList(
  reader: Reader,
  node: SyntaxNode,
  context: ShellContext,
  read: ReadStatement,
): void {
  // Most lists are one command.
  if (!isNested(node)) return readPipeline(reader, [{ node, redirects: [] }], context, read);
  const items = itemsOf(node);
  const alternatives = alternativesOf(items);
  const first = reader.commands.length;
  items.forEach((item, at) => {
    const last = at === items.length - 1;
    const orElse = alternatives[at + 1];
    const guard = !last && items[at + 1]?.operator === '&&';
    const handles = item.operator === '||' ? lastOf(reader, first, context) : context.handles;
    const inner: ShellContext = {
      ...context,
      condition: context.condition || guard,
      guard: context.guard || guard,
      ...(orElse ? { orElse: orElse.commands, alternative: orElse.range, final: true } : {}),
      ...(handles === undefined ? {} : { handles }),
    };
    const from = reader.commands.length;
    readPipeline(reader, item.stages, inner, read);
    if (item.operator !== '||') return;
    // Those inside `$( )` are no commands of the list.
    for (let index = from; index < reader.commands.length; index += 1) {
      const { enclosing } = reader.commands[index]?.context ?? {};
      if (enclosing === context.enclosing) alternatives[at]?.commands.push(index);
    }
  });
}

/** What stands on the right of a `||`. */
interface Alternative {
  readonly commands: number[];
  readonly range: Range;
}

/** For each item the first one from it on that stands behind a `||`. */
function alternativesOf(items: readonly ListItem[]): (Alternative | undefined)[] {
  let next: Alternative | undefined;
  return items
    .map((_, at) => {
      const item = items[items.length - 1 - at];
      if (item?.operator === '||') {
        const start = item.stages[0]?.node.start ?? 0;
        next = { commands: [], range: { start, end: item.stages.at(-1)?.node.end ?? start } };
      }
      return next;
    })
    .toReversed();
}

/** The last command of what has been read of a list, rather not one inside `$( )`. */
function lastOf(reader: Reader, first: number, context: ShellContext): number | undefined {
  const end = reader.commands.length - 1;
  for (let index = end; index >= first; index -= 1) {
    if (reader.commands[index]?.context.enclosing === context.enclosing) return index;
  }
  return end >= first ? end : undefined;
}

/** Every stage of a pipeline runs in a subshell of its own (Bash manual 3.2.3). */
function readPipeline(
  reader: Reader,
  stages: readonly Stage[],
  outer: ShellContext,
  read: ReadStatement,
): void {
  const [first] = stages;
  const negated = first !== undefined && reader.negated.delete(first.node.start);
  const context = negated ? { ...outer, negated: true } : outer;
  if (first && stages.length === 1) return read(reader, first.node, context, first.redirects);
  const id = reader.pipelines;
  reader.pipelines += 1;
  stages.forEach((stage, index) => {
    const around = context.pipeline ? { outer: context.pipeline } : {};
    const pipeline: ShellPipeline = { id, index, length: stages.length, ...around };
    read(reader, stage.node, { ...context, pipeline }, stage.redirects);
  });
}

/** What is left to do with a node: to go into it, or to hang its redirects on the last stage. */
type Task = { readonly node: SyntaxNode } | { readonly redirects: readonly SyntaxNode[] };

/**
 * The items from left to right. The grammar's own nesting is not used: it takes `a | b | c && d` for
 * `a | (b | c && d)`, and the redirect of `a && b > c` for that of the list.
 * ATTACKER: the tree is as deep as the list is long, so no recursion.
 */
function itemsOf(node: SyntaxNode): ListItem[] {
  const items: ListItem[] = [{ operator: undefined, stages: [] }];
  const tasks: Task[] = [{ node }];
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    const item = items.at(-1);
    if ('redirects' in task) item?.stages.at(-1)?.redirects.push(...task.redirects);
    else if (task.node.kind === '&&' || task.node.kind === '||') {
      items.push({ operator: task.node.kind, stages: [] });
    } else if (isNested(task.node)) tasks.push(...tasksOf(task.node).toReversed());
    else if (task.node.named && task.node.kind !== 'comment') {
      item?.stages.push({ node: task.node, redirects: [] });
    }
  }
  return items.filter((item) => item.stages.length > 0);
}

function tasksOf(node: SyntaxNode): Task[] {
  const redirects = node.children.filter((child) => child.kind === 'file_redirect');
  const others = node.children.filter((child) => child.kind !== 'file_redirect');
  return [...others.map((child) => ({ node: child })), { redirects }];
}
