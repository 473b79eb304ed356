import type { Range } from '../text/range.ts';
import { effectiveCommand } from './effective-command.ts';
import type { ShellCommand, ShellScript, ShellWord } from './shell.ts';

/** A script within a script: the argument of `eval`, `bash -c` or `trap`, or what `bash` reads. */
export interface InlineScript extends Range {
  /** The command that runs it. */
  readonly command: number;
  /** Ready for {@link ScriptEngine.parseShell}; variables of the outer script as they are written. */
  readonly text: string;
  /** Whether `text` is exactly what is run. */
  readonly literal: boolean;
  /**
   * Offset in the outer script of the first unit of `text`, when each unit of it stands there; to be
   * added to the offsets that parsing `text` gives. Undefined where quotes or escapes lie between.
   */
  readonly offset?: number;
}

const shells = new Set(['bash', 'sh', 'dash', 'zsh', 'ksh']);

/** The scripts that a script hands to a shell as text. */
export function inlineScripts(script: ShellScript): readonly InlineScript[] {
  return script.commands.flatMap((command, index) => {
    const { name, args } = effectiveCommand(command);
    if (name === 'eval') return args.length === 0 ? [] : [ofWords(script, args, index)];
    if (name === 'trap') return ofTrap(script, args, index);
    if (name === undefined || !shells.has(name)) return [];
    const option = args.findIndex((word) => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word.text));
    const after = args.slice(option + 1).find((word) => !/^[-+]/.test(word.text));
    if (option !== -1) return after ? [ofWords(script, [after], index)] : [];
    return args.every((word) => word.text.startsWith('-')) ? ofInput(script, command, index) : [];
  });
}

function ofTrap(script: ShellScript, args: readonly ShellWord[], index: number): InlineScript[] {
  const words = args[0]?.text === '--' ? args.slice(1) : args;
  const [action, signal] = words;
  // `trap - EXIT` and `trap '' EXIT` take the trap away.
  if (!action || !signal || /^-|^$/.test(action.text)) return [];
  return [ofWords(script, [action], index)];
}

function ofWords(script: ShellScript, words: readonly ShellWord[], command: number): InlineScript {
  const start = words[0]?.start ?? 0;
  const end = words.at(-1)?.end ?? start;
  const text = words.map((word) => word.text).join(' ');
  const literal = words.every((word) => word.literal);
  const first = words[0]?.parts[0]?.start ?? start;
  const same = script.source.startsWith(text, first);
  return { command, text, literal, ...(same ? { offset: first } : {}), start, end };
}

/** `bash <<EOF` and `bash -s <<EOF` read their script from a here-document. */
function ofInput(script: ShellScript, command: ShellCommand, index: number): InlineScript[] {
  return command.redirects.flatMap(({ heredoc }) => {
    if (!heredoc) return [];
    const { text, start, end, parts } = heredoc;
    const literal = parts.every((part) => part.kind === 'text');
    const same = script.source.startsWith(text, start);
    return [{ command: index, text, literal, ...(same ? { offset: start } : {}), start, end }];
  });
}
