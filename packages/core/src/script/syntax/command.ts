import type { Range } from '../../text/range.ts';
import type { ShellAssignment, ShellContext, ShellRedirect, ShellWord } from '../shell.ts';
import { declarations, inputs, isAssignment, readAssignment } from './assignment.ts';
import { limits } from './limit.ts';
import type { SyntaxNode } from './node.ts';
import { addProblem, type Place, type Reader } from './reader.ts';
import { joined, readRedirect, redirectSyntax, type RedirectSyntax } from './redirect.ts';
import { wordsIn } from './word-list.ts';
import { readArithmetic, readWord } from './word.ts';

/**
 * Reads a simple command: `nodes` are its words and redirects in any order. Words that only assign
 * make no command (Bash manual 3.7.1).
 */
export function readCommand(
  reader: Reader,
  nodes: readonly SyntaxNode[],
  context: ShellContext,
): void {
  const redirects: RedirectSyntax[] = [];
  const own: SyntaxNode[] = [];
  for (const node of nodes) {
    if (node.kind === 'command_name' || node.kind === 'ERROR') own.push(...node.children);
    else if (node.kind !== 'file_redirect') own.push(node);
    else {
      const syntax = redirectSyntax(reader, node);
      if (syntax) redirects.push(syntax);
    }
  }
  const words = joined(own);
  for (const redirect of redirects) words.push(...redirect.words);
  if (redirects.length > 0) words.sort((one, other) => one.start - other.start);
  dropReserved(reader, words);
  const named = words.findIndex((word) => !isAssignment(reader, word));
  if (words.length === 0 && redirects.length === 0) return;
  if (named === -1 && redirects.length === 0) {
    readAssignments(reader, words, context);
  } else if (reader.commands.length >= limits.commands) {
    const start = words[0]?.start ?? redirects[0]?.start ?? 0;
    addProblem(reader, { start, end: reader.source.length, message: 'too many commands' });
  } else {
    readNamed(reader, words, named === -1 ? words.length : named, redirects, context);
  }
}

const reservedWord = /^(?:then|do|done|elif|else|fi|esac|in|\})$/;

/** The grammar takes a reserved word without its beginning (`fi` alone) for a command. */
function dropReserved(reader: Reader, words: Range[]): void {
  for (let [word] = words; word; [word] = words) {
    const { start, end } = word;
    const text = reader.text.slice(start, end);
    if (end - start > 4 || !reservedWord.test(text)) return;
    addProblem(reader, { start, end, message: `\`${text}\` stands where a command starts` });
    words.shift();
  }
}

function readAssignments(reader: Reader, words: readonly Range[], context: ShellContext): void {
  const enclosing: Place['enclosing'] = { kind: 'assignment', final: context.final };
  for (const word of words) {
    const attributes = { exported: false, scope: 'script' } as const;
    const read = readAssignment(reader, word, { context, enclosing }, attributes);
    reader.assignments.push(read.assignment);
  }
}

function readNamed(
  reader: Reader,
  words: readonly Range[],
  named: number,
  redirects: readonly RedirectSyntax[],
  context: ShellContext,
): void {
  const index = reader.commands.length;
  const enclosing: Place['enclosing'] = { kind: 'command', command: index, final: context.final };
  const place: Place = { context, enclosing, command: index };
  const command = {
    name: undefined as ShellWord | undefined,
    args: [] as readonly ShellWord[],
    assignments: [] as readonly ShellAssignment[],
    redirects: [] as readonly ShellRedirect[],
    context,
    // Words and redirects are each in the order of the text.
    start: Math.min(words[0]?.start ?? Infinity, redirects[0]?.start ?? Infinity),
    end: Math.max(words.at(-1)?.end ?? 0, redirects.at(-1)?.end ?? 0),
  };
  reader.commands.push(command);
  command.assignments = words.slice(0, named).map((word) => {
    const attributes = { exported: true, scope: 'command' } as const;
    return readAssignment(reader, word, place, attributes).assignment;
  });
  const known = new Map<ShellWord, ShellAssignment>();
  const [name, ...args] = commandWords(reader, words.slice(named), place, known);
  command.name = name;
  command.args = name?.text === '[' && args.at(-1)?.text === ']' ? args.slice(0, -1) : args;
  reader.assignments.push(...command.assignments);
  reader.assignments.push(...declarations(name, args, known, place));
  reader.assignments.push(...inputs(name, args, place));
  command.redirects = redirects.map((redirect) => readRedirect(reader, redirect, place));
}

function commandWords(
  reader: Reader,
  ranges: readonly Range[],
  place: Place,
  known: Map<ShellWord, ShellAssignment>,
): ShellWord[] {
  const [first, ...rest] = ranges;
  const close = first && reader.closings.get(first.start);
  if (first && close !== undefined && reader.text.startsWith('[[', first.start)) {
    const inner = wordsIn(reader, first.start + 2, close - 2, true);
    const opener = { start: first.start, end: first.start + 2 };
    return [opener, ...inner].map((range) => readWord(reader, range.start, range.end, place));
  }
  if (first && close !== undefined && reader.arithmetic.has(first.start)) {
    return arithmeticWords(reader, first.start, close, place);
  }
  return [
    ...(first ? [readWord(reader, first.start, first.end, place)] : []),
    ...rest.map((range) => readArgument(reader, range, place, known)),
  ];
}

/** An argument like `A=b` means something to `export`, `env` and `dd`; what, they decide. */
function readArgument(
  reader: Reader,
  range: Range,
  place: Place,
  known: Map<ShellWord, ShellAssignment>,
): ShellWord {
  if (!isAssignment(reader, range)) return readWord(reader, range.start, range.end, place);
  const attributes = { exported: false, scope: 'script' } as const;
  const { word, assignment } = readAssignment(reader, range, place, attributes);
  known.set(word, assignment);
  return word;
}

/** `((…))`: a command whose name is `((` and whose argument is the expression. */
function arithmeticWords(reader: Reader, start: number, close: number, place: Place): ShellWord[] {
  const name = readWord(reader, start, start + 2, place);
  const [from, end] = [start + 2, close - 2];
  const text = readArithmetic(reader, from, end, place);
  const part = { kind: 'arithmetic', text, start: from, end, quote: 'none' } as const;
  return [name, { text, parts: [part], literal: false, quote: 'none', start: from, end }];
}
