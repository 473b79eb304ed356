import type { ShellContext, ShellProblem, ShellScript } from '../shell.ts';
import { scriptContext, substitutionContext } from './context.ts';
import { limits } from './limit.ts';
import type { ParseSkeleton, SyntaxNode, SyntaxTree } from './node.ts';
import {
  addProblem,
  addSkeleton,
  enter,
  leave,
  newReader,
  type Place,
  type Reader,
} from './reader.ts';
import { piecesOf, tooMuchWork } from './repair.ts';
import { skeletonOf } from './skeleton.ts';
import { readBlock } from './statement.ts';

/** Reads a script. Never throws; see {@link ShellScript} for what it gives. */
export function readScript(source: string, parse: ParseSkeleton): ShellScript {
  if (source.length > limits.length) return unread(source);
  const reader = newReader(source, parse, substitute);
  readRange(reader, 0, source.length, scriptContext(source.length));
  const { commands, assignments, variables, heredocs, functions } = reader;
  const problems = reader.problems.toSorted((one, other) => one.start - other.start);
  return {
    source,
    commands,
    assignments: assignments.toSorted((one, other) => one.start - other.start),
    variables: variables.toSorted((one, other) => one.start - other.start),
    expressions: reader.mask.expressions,
    heredocs,
    functions,
    problems,
    complete: problems.length === 0,
  };
}

function unread(source: string): ShellScript {
  const message = `longer than ${limits.length} characters`;
  const none = { commands: [], assignments: [], variables: [], expressions: [], heredocs: [] };
  const problems = [{ start: 0, end: source.length, message }];
  return { source, ...none, functions: [], problems, complete: false };
}

/** Units that the scanner passes while the grammar does one unit of work, with repeats. */
const scannedPerWork = 50;

/** Reads a range as a script of its own. */
function readRange(reader: Reader, start: number, end: number, context: ShellContext): void {
  // ATTACKER: what is nested in backquotes or heredocs is scanned once for each level.
  reader.budget.work += (end - start) / scannedPerWork;
  if (reader.budget.work > limits.work) {
    addProblem(reader, { start, end, message: tooMuchWork });
    return;
  }
  const skeleton = skeletonOf(reader.text, start, end, reader.delimiters);
  addSkeleton(reader, skeleton);
  const pieces = piecesOf(reader, skeleton);
  pieces.forEach((tree, at) => {
    for (const [offset, node] of tree.substitutions) reader.substitutions.set(offset, node);
    for (const problem of grammarProblems(tree)) addProblem(reader, problem);
    const final = context.final && at === pieces.length - 1;
    readBlock(
      reader,
      tree.root.children,
      final === context.final ? context : { ...context, final },
    );
  });
}

/** Reads what stands between the opener at an offset and its closer. */
function substitute(reader: Reader, opener: number, place: Place): number[] {
  const end = reader.closings.get(opener) ?? reader.source.length;
  const range = { start: opener, end };
  if (!enter(reader, range)) return [];
  const first = reader.commands.length;
  const context = substitutionContext(place.context, place.enclosing, range);
  const node = reader.substitutions.get(opener);
  const quoted = reader.text[opener] === '`';
  if (node) {
    readBlock(reader, node.children, context);
  } else {
    const start = opener + (quoted ? 1 : 2);
    if (quoted) unescapeBackquotes(reader, start, end - 1);
    readRange(reader, start, Math.max(start, end - 1), context);
  }
  leave(reader);
  return Array.from({ length: reader.commands.length - first }, (_, index) => first + index);
}

/** Inside backquotes a backslash before a backquote is the outer level's (Bash manual 3.5.4). */
function unescapeBackquotes(reader: Reader, start: number, end: number): void {
  const inner = reader.text.slice(start, end);
  // ATTACKER: this copies the script, so it counts as a parse.
  if (!inner.includes('\\`') || reader.budget.parses >= limits.parses) return;
  const plain = inner.replaceAll('\\`', ' `');
  reader.text = reader.text.slice(0, start) + plain + reader.text.slice(end);
}

/** Where the grammar gave up, or put in what is missing. */
function grammarProblems(tree: SyntaxTree): ShellProblem[] {
  const problems: ShellProblem[] = [];
  if (!tree.hasError) return problems;
  const waiting: SyntaxNode[] = [tree.root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const { start, end } = node;
    if (node.missing) problems.push({ start, end, message: `\`${node.kind}\` is missing` });
    else if (node.kind === 'ERROR') problems.push({ start, end, message: 'not understood' });
    else waiting.push(...node.children);
  }
  // A tree with errors must never pass for a good one.
  const { start, end } = tree.root;
  return problems.length > 0 ? problems : [{ start, end, message: 'not understood' }];
}
