import type { ShellCommand, ShellWord } from '../script/shell.ts';

/** The program that a command starts in the end, by its bare name, and that program's arguments. */
export interface Invoked {
  readonly program: string;
  readonly args: readonly ShellWord[];
}

/** Programs that only start another one, and their options that take a value. */
const starters: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ughpCRTrt]$/,
  env: /^-[uCS]$/,
  command: /^$/,
  exec: /^-a$/,
  time: /^-[fo]$/,
  nice: /^-n$/,
  nohup: /^$/,
  timeout: /^-[ks]$/,
  stdbuf: /^-[ioe]$/,
  npx: /^(?:-p|--package)$/,
};

/** Looks through `sudo`, `env`, `timeout` and their like, and through paths. */
export function invoked(command: ShellCommand): Invoked {
  const { name, args } = command;
  if (!name) return { program: '', args: [] };
  const own = programIn(name);
  // Most programs start no other one.
  if (!Object.hasOwn(starters, own)) return { program: own, args };
  let words: readonly ShellWord[] = [name, ...args];
  for (let depth = 0; depth < 5; depth += 1) {
    const [first, ...rest] = words;
    const program = first ? programIn(first) : '';
    const takesValue = Object.hasOwn(starters, program) ? starters[program] : undefined;
    if (!first || !takesValue) return { program, args: rest };
    words = behind(rest, program, takesValue);
    if (words.length === 0) return { program, args: rest };
  }
  return { program: '', args: [] };
}

function programIn({ text }: ShellWord): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

function behind(
  args: readonly ShellWord[],
  starter: string,
  takesValue: RegExp,
): readonly ShellWord[] {
  let at = 0;
  while (at < args.length) {
    const text = args[at]?.text ?? '';
    const assignment = (starter === 'env' || starter === 'sudo') && /^[A-Za-z_]\w*=/.test(text);
    if (!text.startsWith('-') && !assignment) break;
    at += takesValue.test(text) ? 2 : 1;
  }
  // `timeout 30 program`: the first operand is the time.
  return args.slice(starter === 'timeout' ? at + 1 : at);
}
