import type { Range } from '../text/range.ts';
import type { ShellWord } from './shell.ts';
import { wordBehind } from './subword.ts';

/** Anything with arguments: a command, or what {@link effectiveCommand} makes of one. */
export interface HasArguments {
  readonly args: readonly ShellWord[];
}

/** An option as it is given; the range covers its value too. */
export interface CommandOption extends Range {
  /** With its dashes, without the value. */
  readonly name: string;
  readonly word: ShellWord;
  /** Behind `=`, or the next word; undefined when the next word is a long option, or there is none. */
  readonly value: ShellWord | undefined;
}

/**
 * The last use of an option, as most programs take the last: `option(command, 'region')` finds
 * `--region x` and `--region=x`, `option(command, 'o')` finds `-o x` and `-ox`.
 */
export function option(command: HasArguments, name: string): CommandOption | undefined {
  return options(command, name).at(-1);
}

/** All uses of an option, up to `--`. */
export function options(command: HasArguments, name: string): readonly CommandOption[] {
  const dashed = name.length === 1 ? `-${name}` : `--${name}`;
  const { args } = command;
  const end = args.findIndex((word) => word.text === '--');
  return args.slice(0, end === -1 ? args.length : end).flatMap((word, at): CommandOption[] => {
    const { start } = word;
    if (word.text === dashed) {
      const next = args[at + 1];
      const value = next?.text.startsWith('--') ? undefined : next;
      return [{ name: dashed, word, value, start, end: value?.end ?? word.end }];
    }
    const behind = name.length === 1 ? dashed : `${dashed}=`;
    if (!word.text.startsWith(behind) || word.text.startsWith('--') !== name.length > 1) return [];
    const value = wordBehind(word, behind.length);
    return [{ name: dashed, word, value, start, end: word.end }];
  });
}

/** Every word before `--` that starts with a dash, with the value behind its `=` only. */
export function flags(command: HasArguments): readonly CommandOption[] {
  const { args } = command;
  const end = args.findIndex((word) => word.text === '--');
  return args.slice(0, end === -1 ? args.length : end).flatMap((word): CommandOption[] => {
    if (!/^--?[\w?]/.test(word.text)) return [];
    const equals = word.text.startsWith('--') ? word.text.indexOf('=') : -1;
    const name = equals === -1 ? word.text : word.text.slice(0, equals);
    const value = equals === -1 ? undefined : wordBehind(word, equals + 1);
    return [{ name, word, value, start: word.start, end: word.end }];
  });
}
