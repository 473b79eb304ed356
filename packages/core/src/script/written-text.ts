import type { Range } from '../text/range.ts';
import { effectiveCommand } from './effective-command.ts';
import { stageOf } from './pipeline-stage.ts';
import { escapedText, formattedText } from './printed-format.ts';
import type { ShellCommand, ShellHeredoc, ShellScript, ShellWord } from './shell.ts';

/** A text that a command prints. The range is that of the words or the here-document that it is from. */
export interface WrittenText extends Range {
  /** Variables, substitutions and `${{ }}` as they are written. */
  readonly text: string;
  /** Whether the text is exactly what is printed. */
  readonly literal: boolean;
  /** The here-document that the text is, line for line. */
  readonly heredoc?: ShellHeredoc;
}

const maximumStages = 20;

/**
 * The text that `echo`, `printf`, `cat` and `tee` print, as far as the script tells: from their
 * words, a here-document, a here-string or the stages of the pipeline before them. Undefined when
 * something else decides it.
 */
export function writtenText(script: ShellScript, command: ShellCommand): WrittenText | undefined {
  return printed(script, command, maximumStages);
}

function printed(
  script: ShellScript,
  command: ShellCommand,
  stages: number,
): WrittenText | undefined {
  const { name, args } = effectiveCommand(command);
  switch (name) {
    case 'echo':
      return echoed(args, command);
    case 'printf':
      return formatted(args, command);
    case 'cat':
      if (args.some(({ text }) => text !== '-' && !/^-[A-Za-z]+$/.test(text))) return undefined;
      return input(script, command, stages);
    case 'tee':
      return input(script, command, stages);
    default:
      return undefined;
  }
}

/** Source: Bash manual 4.2, `echo`. */
function echoed(args: readonly ShellWord[], command: ShellCommand): WrittenText {
  const first = args.findIndex((word) => !/^-[neE]+$/.test(word.text));
  const count = first === -1 ? args.length : first;
  const letters = args.slice(0, count).map((word) => word.text.slice(1));
  const interprets = letters.join('').match(/[eE]/g)?.at(-1) === 'e';
  const words = args.slice(count);
  const joined = words.map((word) => word.text).join(' ');
  const text = interprets ? escapedText(joined, 'echo') : joined;
  const newline = letters.some((flag) => flag.includes('n')) ? '' : '\n';
  return { text: text + newline, literal: words.every(isLiteral), ...rangeOf(words, command) };
}

/** Source: Bash manual 4.2, `printf`. */
function formatted(args: readonly ShellWord[], command: ShellCommand): WrittenText | undefined {
  const words = args[0]?.text === '--' ? args.slice(1) : args;
  const [format, ...values] = words;
  if (!format || format.text === '-v') return undefined;
  const text = formattedText(
    format.text,
    values.map((word) => word.text),
  );
  if (text === undefined) return undefined;
  return { text, literal: words.every(isLiteral), ...rangeOf(words, command) };
}

function isLiteral(word: ShellWord): boolean {
  return word.literal;
}

function rangeOf(words: readonly ShellWord[], command: ShellCommand): Range {
  const start = words[0]?.start ?? command.start;
  return { start, end: words.at(-1)?.end ?? command.end };
}

/** What a command reads: its last input redirect, else the pipe. */
function input(
  script: ShellScript,
  command: ShellCommand,
  stages: number,
): WrittenText | undefined {
  const redirect = [...command.redirects, ...command.context.redirects].findLast(
    ({ operator, descriptor = 0 }) => operator.startsWith('<') && descriptor === 0,
  );
  if (redirect?.heredoc) {
    const { heredoc } = redirect;
    const { text, start, end } = heredoc;
    const literal = heredoc.parts.every((part) => part.kind === 'text');
    return { text, literal, heredoc, start, end };
  }
  if (redirect?.operator === '<<<' && redirect.target) {
    const { text, literal, start, end } = redirect.target;
    return { text: `${text}\n`, literal, start, end };
  }
  return redirect ? undefined : piped(script, command, stages);
}

function piped(
  script: ShellScript,
  { context }: ShellCommand,
  stages: number,
): WrittenText | undefined {
  const { pipeline } = context;
  if (!pipeline || pipeline.index === 0 || stages === 0) return undefined;
  const texts = stageOf(script, pipeline.id, pipeline.index - 1).map((other) =>
    printed(script, other, stages - 1),
  );
  const [first] = texts;
  if (!first) return undefined;
  if (texts.length === 1) return first;
  let text = '';
  let literal = true;
  for (const one of texts) {
    if (!one) return undefined;
    text += one.text;
    literal &&= one.literal;
  }
  return { text, literal, start: first.start, end: texts.at(-1)?.end ?? first.end };
}
