import { effectiveCommand } from './effective-command.ts';
import type { ShellCommand, ShellRedirect, ShellWord } from './shell.ts';
import { wordBehind } from './subword.ts';

/** A file that a command writes what it prints to. */
export interface WrittenFile {
  readonly target: ShellWord;
  readonly append: boolean;
  /** `group`: a redirect of the group, loop or function around the command. */
  readonly by: 'redirect' | 'group' | 'tee' | 'dd';
}

/** The files that get the standard output of a command, and those that `tee` and `dd` write. */
export function writesTo(command: ShellCommand): readonly WrittenFile[] {
  const own = command.redirects.flatMap((redirect) => fileOf(redirect, 'redirect'));
  return [...own, ...(own.length === 0 ? groupFiles(command) : []), ...programFiles(command)];
}

/** What goes into a pipe does not reach the group's redirect. */
function groupFiles({ context }: ShellCommand): readonly WrittenFile[] {
  const { pipeline, redirects } = context;
  if (pipeline && pipeline.index < pipeline.length - 1) return [];
  for (const redirect of redirects) {
    const files = fileOf(redirect, 'group');
    if (files.length > 0) return files;
  }
  return [];
}

const outputs = new Set(['>', '>>', '>|', '&>', '&>>', '>&']);

function fileOf(redirect: ShellRedirect, by: 'redirect' | 'group'): WrittenFile[] {
  const { operator, target, descriptor = 1 } = redirect;
  if (!target || !outputs.has(operator) || descriptor !== 1) return [];
  // `>&2` copies a descriptor, `>&file` is `&>file` (Bash manual 3.6.4, 3.6.8).
  if (operator === '>&' && /^(?:\d+-?|-)$/.test(target.text)) return [];
  if (target.literal && target.text === '/dev/null') return [];
  return [{ target, append: operator.endsWith('>>'), by }];
}

function programFiles(command: ShellCommand): WrittenFile[] {
  const { name, args } = effectiveCommand(command);
  if (name === 'tee') {
    const append = args.some(({ text }) => /^(?:-[a-z]*a[a-z]*|--append)$/.test(text));
    const end = args.findIndex((word) => word.text === '--');
    return args
      .filter((word, at) => (end !== -1 && at > end) || !word.text.startsWith('-'))
      .map((target) => ({ target, append, by: 'tee' }));
  }
  if (name !== 'dd') return [];
  const append = args.some(({ text }) => /^oflag=.*append/.test(text));
  return args
    .filter((word) => word.text.startsWith('of='))
    .map((word) => ({ target: wordBehind(word, 3), append, by: 'dd' }));
}
