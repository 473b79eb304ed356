import type { Range } from '../text/range.ts';
import { effectiveCommand } from './effective-command.ts';
import type { ShellCommand, ShellPart, ShellScript, ShellWord } from './shell.ts';
import { variableValues, type VariableValues } from './variable-values.ts';
import { writesTo } from './written-file.ts';
import { writtenText, type WrittenText } from './written-text.ts';

/** The files by which a step tells the steps after it something. */
type EnvironmentFile = 'GITHUB_ENV' | 'GITHUB_OUTPUT' | 'GITHUB_PATH' | 'GITHUB_STEP_SUMMARY';

/** One thing that a script writes into such a file. */
export interface EnvironmentFileWrite extends Range {
  readonly file: EnvironmentFile;
  /** The variable or output; undefined for the path and the summary, and when it is not known. */
  readonly name?: string;
  /** What it gets, before expansion; undefined when the script does not tell. */
  readonly valueText?: string;
  /** The command that writes it, or that starts to write it. */
  readonly command: number;
}

const files: readonly string[] = [
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_PATH',
  'GITHUB_STEP_SUMMARY',
];

/**
 * What a script writes into the files of `$GITHUB_ENV` and its like: `name=value` lines and
 * `name<<DELIMITER` blocks, which may take several commands. The range is that of the line in a
 * here-document, else that of the words that make the text.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files
 */
export function environmentFileWrites(script: ShellScript): readonly EnvironmentFileWrite[] {
  const values = variableValues(script);
  const writes: EnvironmentFileWrite[] = [];
  const open = new Map<EnvironmentFile, Block>();
  script.commands.forEach((command, index) => {
    for (const file of filesOf(script, command, values)) {
      const text = writtenText(script, command);
      writes.push(...writesOf(file, script, { text, command, index }, open));
    }
  });
  for (const block of open.values()) writes.push(closedBlock(block, false));
  return writes.toSorted((one, other) => one.start - other.start);
}

/** A value between its delimiters. */
interface Block extends Range {
  readonly file: EnvironmentFile;
  readonly name: string;
  readonly delimiter: string;
  /** Undefined as soon as a command has written what the script does not tell. */
  lines: string[] | undefined;
  readonly command: number;
}

function filesOf(
  script: ShellScript,
  command: ShellCommand,
  values: ReadonlyMap<string, VariableValues>,
): readonly EnvironmentFile[] {
  // A group's redirect gets the output of `tee` only by the way; its own file is what it is for.
  const { name } = effectiveCommand(command);
  const targets = writesTo(command).filter(({ by }) => name !== 'tee' || by === 'tee');
  return targets.flatMap(({ target }) => environmentFile(script, target, values, 2) ?? []);
}

function environmentFile(
  script: ShellScript,
  target: ShellWord,
  values: ReadonlyMap<string, VariableValues>,
  depth: number,
): EnvironmentFile | undefined {
  const [part, ...others] = target.parts.filter(
    ({ kind, start, end }) => kind !== 'text' || start < end,
  );
  if (!part || others.length > 0) return undefined;
  if (part.kind === 'expression') return fileOfExpression(script, part);
  if (part.kind !== 'variable') return undefined;
  const file = files.find((name): name is EnvironmentFile => name === part.name);
  if (file) return file;
  const [word, ...more] = values.get(part.name)?.words ?? [];
  return word && more.length === 0 && depth > 0
    ? environmentFile(script, word, values, depth - 1)
    : undefined;
}

function fileOfExpression(
  script: ShellScript,
  part: Extract<ShellPart, { kind: 'expression' }>,
): EnvironmentFile | undefined {
  const source = script.expressions[part.index]?.source.trim().toLowerCase() ?? '';
  const name = source.startsWith('github.') ? `GITHUB_${source.slice(7).toUpperCase()}` : '';
  return files.find((file): file is EnvironmentFile => file === name);
}

interface Write {
  readonly text: WrittenText | undefined;
  readonly command: ShellCommand;
  readonly index: number;
}

function writesOf(
  file: EnvironmentFile,
  script: ShellScript,
  { text, command, index }: Write,
  open: Map<EnvironmentFile, Block>,
): EnvironmentFileWrite[] {
  const { start, end } = text ?? command;
  if (!text || file === 'GITHUB_STEP_SUMMARY') {
    const block = open.get(file);
    if (block) block.lines = undefined;
    const value = text ? { valueText: text.text } : {};
    return block ? [] : [{ file, ...value, command: index, start, end }];
  }
  return linesOf(script, text).flatMap((line) => readLine(file, line, index, open));
}

interface Line extends Range {
  readonly text: string;
}

/** The lines of a text; those of a here-document have ranges of their own. */
function linesOf(script: ShellScript, text: WrittenText): readonly Line[] {
  const lines = text.text.replace(/\n$/, '').split('\n');
  const raw = text.heredoc
    ? script.source.slice(text.start, text.end).replace(/\n$/, '').split('\n')
    : [];
  if (raw.length !== lines.length) {
    return lines.map((line) => ({ text: line, start: text.start, end: text.end }));
  }
  let at = text.start;
  return lines.map((line, index) => {
    const length = raw[index]?.length ?? 0;
    const range = { start: at, end: at + length };
    at += length + 1;
    return { text: line, ...range };
  });
}

function readLine(
  file: EnvironmentFile,
  line: Line,
  command: number,
  open: Map<EnvironmentFile, Block>,
): EnvironmentFileWrite[] {
  const block = open.get(file);
  const { start, end } = line;
  if (block) {
    if (line.text !== block.delimiter) {
      block.lines?.push(line.text);
      return [];
    }
    open.delete(file);
    return [closedBlock({ ...block, end: Math.max(block.end, end) }, true)];
  }
  if (line.text === '') return [];
  if (file === 'GITHUB_PATH') return [{ file, valueText: line.text, command, start, end }];
  // Of `=` and `<<` the first decides, as in the runner's own reader.
  const match = /^(?<name>.*?)(?<operator>=|<<)(?<rest>.*)$/.exec(line.text);
  const { name = '', operator, rest = '' } = match?.groups ?? {};
  if (operator === '<<') {
    open.set(file, { file, name, delimiter: rest, lines: [], command, start, end });
    return [];
  }
  if (operator === undefined) return [{ file, command, start, end }];
  return [{ file, name, valueText: rest, command, start, end }];
}

function closedBlock(block: Block, closed: boolean): EnvironmentFileWrite {
  const { file, name, lines, command, start, end } = block;
  const value = closed && lines ? { valueText: lines.join('\n') } : {};
  return { file, name, ...value, command, start, end };
}
