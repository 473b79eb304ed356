import type { ShellAssignment, ShellCommand, ShellWord } from './shell.ts';
import { wordBehind } from './subword.ts';

/** The command that is run in the end, when others only pass it on. */
export interface EffectiveCommand {
  /** The name without its directory; undefined when there is none or a variable decides it. */
  readonly name: string | undefined;
  readonly word: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  /** The `A=b` before the command and those given to `env` and `sudo`. */
  readonly assignments: readonly ShellAssignment[];
  /** The names of what passes it on, outermost first. */
  readonly wrappers: readonly string[];
}

/** How a command that runs another reads its own arguments. */
interface Wrapper {
  /** Letters of the short options that a value follows on. */
  readonly valued?: string;
  /** Long options whose value is the next word. */
  readonly longValued?: readonly string[];
  /** Words between the options and the command, such as the duration of `timeout`. */
  readonly operands?: number;
  /** Whether `A=b` may stand before the command. */
  readonly assignments?: boolean;
  /** Options with which it runs nothing: `command -v aws` only asks. */
  readonly asks?: RegExp;
}

/**
 * Sources: Bash manual 4.1, 4.2 (`command`, `builtin`, `exec`); the manual pages of sudo(8), xargs(1),
 * doas(1) and of GNU coreutils' env, nice, nohup, stdbuf, timeout and time.
 */
const wrappers: Readonly<Record<string, Wrapper>> = {
  builtin: {},
  command: { asks: /^-\w*[vV]/ },
  doas: { valued: 'Cu' },
  env: {
    valued: 'uCS',
    longValued: ['--unset', '--chdir', '--split-string'],
    assignments: true,
  },
  exec: { valued: 'a' },
  ionice: { valued: 'cnpP' },
  nice: { valued: 'n', longValued: ['--adjustment'] },
  nohup: {},
  setsid: {},
  stdbuf: { valued: 'ioe', longValued: ['--input', '--output', '--error'] },
  sudo: {
    valued: 'CDRTUghprtu',
    longValued: ['--chdir', '--chroot', '--close-from', '--group', '--host', '--prompt', '--user'],
    assignments: true,
    asks: /^(?:-\w*[lvKe]|--(?:list|validate|edit|remove-timestamp))$/,
  },
  time: { valued: 'fo', longValued: ['--format', '--output'] },
  timeout: { valued: 'ks', longValued: ['--kill-after', '--signal'], operands: 1 },
  xargs: {
    valued: 'adEILnPs',
    longValued: ['--arg-file', '--delimiter', '--max-args', '--max-procs', '--max-lines'],
  },
};

const maximumWrappers = 8;

/** Takes `sudo`, `env`, `timeout` and the like away from a command; see the table above. */
export function effectiveCommand(command: ShellCommand): EffectiveCommand {
  const { name: first } = command;
  const program = programOf(first);
  // Most commands pass nothing on.
  if (program === undefined || !known(program)) {
    const { args, assignments } = command;
    return { name: program, word: first, args: first ? args : [], assignments, wrappers: [] };
  }
  const assignments = [...command.assignments];
  const passed: string[] = [];
  let words = command.name ? [command.name, ...command.args] : [];
  for (; passed.length < maximumWrappers;) {
    const name = programOf(words[0]);
    const wrapper = name === undefined ? undefined : known(name);
    const rest = wrapper && unwrap(wrapper, words.slice(1), assignments);
    if (name === undefined || !rest) break;
    passed.push(name);
    words = rest;
  }
  const [word, ...args] = words;
  return { name: programOf(word), word, args, assignments, wrappers: passed };
}

function known(name: string): Wrapper | undefined {
  return Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
}

/** The name that a word gives a command: the file's, without its directory. */
function programOf(word: ShellWord | undefined): string | undefined {
  if (!word || !(word.literal || word.parts.every((part) => part.kind === 'text'))) {
    return undefined;
  }
  return word.text.slice(word.text.lastIndexOf('/') + 1) || undefined;
}

function unwrap(
  wrapper: Wrapper,
  words: readonly ShellWord[],
  assignments: ShellAssignment[],
): ShellWord[] | undefined {
  let at = 0;
  for (; words[at]?.text.startsWith('-') && words[at]?.text !== '-'; at += 1) {
    const text = words[at]?.text ?? '';
    if (wrapper.asks?.test(text)) return undefined;
    if (text === '--') {
      at += 1;
      break;
    }
    if (takesNext(wrapper, text)) at += 1;
  }
  at += wrapper.operands ?? 0;
  const found: ShellAssignment[] = [];
  while (wrapper.assignments && words[at]) {
    const assignment = assignmentOf(words[at]);
    if (!assignment) break;
    found.push(assignment);
    at += 1;
  }
  if (at >= words.length) return undefined;
  assignments.push(...found);
  return words.slice(at);
}

function takesNext(wrapper: Wrapper, text: string): boolean {
  if (text.startsWith('--')) return wrapper.longValued?.includes(text) ?? false;
  const valued = wrapper.valued ?? '';
  // In `-uroot` the value is behind the letter, in `-Eu root` it is the next word.
  for (let at = 1; at < text.length; at += 1) {
    if (valued.includes(text[at] ?? ' ')) return at === text.length - 1;
  }
  return false;
}

function assignmentOf(word: ShellWord | undefined): ShellAssignment | undefined {
  const name = /^([A-Za-z_]\w*)=/.exec(word?.text ?? '')?.[1];
  if (!word || name === undefined) return undefined;
  return {
    name,
    value: wordBehind(word, name.length + 1),
    exported: true,
    append: false,
    scope: 'command',
    origin: 'assignment',
    start: word.start,
    end: word.end,
  };
}
