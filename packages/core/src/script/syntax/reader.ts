import type {
  ShellAssignment,
  ShellCommand,
  ShellContext,
  ShellEnclosing,
  ShellFunction,
  ShellHeredoc,
  ShellProblem,
  ShellVariableUse,
} from '../shell.ts';
import { DelimiterLines } from './delimiter-line.ts';
import { limits } from './limit.ts';
import { maskScript, type Mask } from './mask.ts';
import type { Budget, ParseSkeleton, SyntaxNode } from './node.ts';
import type { HereOperator } from './scan.ts';
import type { Skeleton } from './skeleton.ts';

/** A command that is still being read: its words may hold commands, which come behind it. */
type UnfinishedCommand = { -readonly [K in keyof ShellCommand]: ShellCommand[K] };

/** Where the commands of a substitution stand, and which command reads the variables of a word. */
export interface Place {
  readonly context: ShellContext;
  readonly enclosing: Omit<ShellEnclosing, 'start'>;
  readonly command?: number;
}

/** What has been read of a script so far. */
export interface Reader {
  readonly source: string;
  readonly mask: Mask;
  /** The masked script. Backquotes inside backquotes lose their backslashes when they are read. */
  text: string;
  readonly delimiters: DelimiterLines;
  readonly parse: ParseSkeleton;
  readonly budget: Budget;
  readonly closings: Map<number, number>;
  readonly arithmetic: Set<number>;
  readonly here: Map<number, HereOperator>;
  readonly negated: Set<number>;
  readonly substitutions: Map<number, SyntaxNode>;
  readonly commands: UnfinishedCommand[];
  readonly assignments: ShellAssignment[];
  readonly variables: ShellVariableUse[];
  readonly heredocs: ShellHeredoc[];
  readonly functions: ShellFunction[];
  readonly problems: ShellProblem[];
  pipelines: number;
  depth: number;
  /**
   * Reads the content of the substitution that opens at an offset, and gives the commands in it.
   * Here and not imported, as words hold substitutions, which hold statements, which hold words.
   */
  readonly substitute: (opener: number, place: Place) => number[];
}

/** A reader at the start of a script. */
export function newReader(
  source: string,
  parse: ParseSkeleton,
  substitute: (reader: Reader, opener: number, place: Place) => number[],
): Reader {
  const mask = maskScript(source);
  const reader: Reader = {
    source,
    mask,
    text: mask.text,
    delimiters: new DelimiterLines(mask.text),
    parse,
    budget: { work: 0, parses: 0 },
    closings: new Map(),
    arithmetic: new Set(),
    here: new Map(),
    negated: new Set(),
    substitutions: new Map(),
    commands: [],
    assignments: [],
    variables: [],
    heredocs: [],
    functions: [],
    problems: [...mask.problems],
    pipelines: 0,
    depth: 0,
    substitute: (opener, place) => substitute(reader, opener, place),
  };
  return reader;
}

/** Takes over what the scanner found out about a range. */
export function addSkeleton(reader: Reader, skeleton: Skeleton): void {
  for (const [opener, closer] of skeleton.closings) reader.closings.set(opener, closer);
  for (const opener of skeleton.arithmetic) reader.arithmetic.add(opener);
  for (const [offset, operator] of skeleton.here) reader.here.set(offset, operator);
  for (const offset of skeleton.negated) reader.negated.add(offset);
  for (const problem of skeleton.problems) addProblem(reader, problem);
}

const maximumProblems = 50;

/** Notes what was not understood, once for each place. */
export function addProblem(reader: Reader, problem: ShellProblem): void {
  const known = reader.problems.some(
    (other) => other.start === problem.start && other.message === problem.message,
  );
  if (!known && reader.problems.length < maximumProblems) reader.problems.push(problem);
}

/** Goes one level deeper; false, with nothing to undo, at the limit. */
export function enter(reader: Reader, node: { start: number; end: number }): boolean {
  if (reader.depth >= limits.depth) {
    addProblem(reader, { start: node.start, end: node.end, message: 'nested too deeply' });
    return false;
  }
  reader.depth += 1;
  return true;
}

/** Comes back from {@link enter}. */
export function leave(reader: Reader): void {
  reader.depth -= 1;
}
