import { effectiveCommand } from '../script/effective-command.ts';
import { failureSwallowed } from '../script/failure.ts';
import { initialShellOptions } from '../script/shell-option.ts';
import type { ShellCommand, ShellScript } from '../script/shell.ts';
import type { Step } from '../workflow/model.ts';
import { shellOf } from '../workflow/shell.ts';

/**
 * How the failure of a command gets lost without anybody looking:
 * - `alternative`: `|| true`, `|| echo …` and the like stand behind it;
 * - `zero`: the alternative puts 0, or nothing, into the variable that should hold the answer;
 * - `no-errexit`: `set +e`, or a shell without `-e`, and nobody reads `$?`;
 * - `pipe`: it is not the last of a pipeline, and `pipefail` is off.
 */
type Swallowing = 'alternative' | 'zero' | 'no-errexit' | 'pipe';

/** A lost failure and the words that lose it, as written. */
export interface Swallowed {
  readonly by: Swallowing;
  readonly words: string;
  /** Where those words stand in the script. */
  readonly start: number;
  readonly end: number;
}

/**
 * Whether and how a command's failure is lost on purpose or by oversight. Narrower than
 * {@link failureSwallowed}: a test, a guard, a retry, and a status that is kept are no losses.
 */
export function swallowed(
  command: ShellCommand,
  script: ShellScript,
  step: Step,
): Swallowed | undefined {
  const { shell, explicit, template } = shellOf(step);
  const initial = initialShellOptions(template ?? (explicit ? shell : undefined));
  const lost = failureSwallowed(script, script.commands.indexOf(command), initial);
  if (!lost || lost.statusRead) return undefined;
  switch (lost.reason) {
    case 'or-else':
      return byAlternative(command, script);
    case 'pipeline':
      // `scan | tee log || true`: the alternative loses the whole pipeline.
      return byAlternative(command, script) ?? byPipe(command, script);
    case 'errexit-off':
      return byMissingErrexit(command, script, template);
    case 'group':
    case 'condition':
    case 'guard':
    case 'negated':
    case 'background':
    case 'substitution':
    case 'trap':
    case 'function':
      return undefined;
  }
}

function byAlternative({ context }: ShellCommand, script: ShellScript): Swallowed | undefined {
  const handlers = context.orElse.flatMap((index) => script.commands[index] ?? []);
  const [first] = handlers;
  const last = handlers.at(-1);
  if (!first || !last || !handlers.every(isHarmless)) return undefined;
  const words = `|| ${short(script.source.slice(first.start, last.end))}`;
  const found = { words, start: first.start, end: last.end };
  if (context.enclosing?.kind !== 'assignment') return { by: 'alternative', ...found };
  // Into a variable goes what the alternative prints; a word such as PENDING can be asked for.
  return isNothing(last) ? { by: 'zero', ...found } : undefined;
}

/** Commands that always succeed and leave no trace that a later command could ask for. */
function isHarmless(command: ShellCommand): boolean {
  const { name = '', args } = effectiveCommand(command);
  const kept = command.redirects.some((one) => one.target && !isTerminal(one.target.text));
  if (kept) return false;
  return (
    /^(?:true|:|echo|printf)$/.test(name) ||
    (/^(?:exit|return)$/.test(name) && args[0]?.text === '0')
  );
}

function isTerminal(target: string): boolean {
  return /^(?:\/dev\/(?:null|stderr|stdout|tty)|[012-])$/.test(target);
}

/** Whether a command prints nothing, or what a count or a list of nothing looks like. */
function isNothing(command: ShellCommand): boolean {
  const { name = '', args } = effectiveCommand(command);
  if (!/^(?:echo|printf)$/.test(name)) return true;
  return args.length < 2 && /^(?:0*|\[\]|\{\}|null|None)$/.test(args[0]?.text ?? '');
}

function byPipe({ context }: ShellCommand, script: ShellScript): Swallowed | undefined {
  const { pipeline } = context;
  if (!pipeline || context.orElse.length > 0) return undefined;
  // What a variable gets is looked at: `RESULT=$(go test | tail -n 1)`.
  if (context.enclosing?.kind === 'assignment') return undefined;
  if (script.variables.some(({ name }) => name === 'PIPESTATUS')) return undefined;
  const last = script.commands.findLast(
    ({ context: { pipeline: one } }) =>
      one?.id === pipeline.id && one.index === pipeline.length - 1,
  );
  if (!last) return undefined;
  const words = `| ${short(script.source.slice(last.start, last.end))}`;
  return { by: 'pipe', words, start: last.start, end: last.end };
}

function byMissingErrexit(
  command: ShellCommand,
  script: ShellScript,
  template: string | undefined,
): Swallowed | undefined {
  // Whoever reads the status later on may act on it.
  const asked = script.variables.some(({ name, start }) => name === '?' && start > command.end);
  if (asked || command.context.substitution) return undefined;
  const off = script.commands.findLast(
    (one) => one.end <= command.start && one.name?.text === 'set' && /\+/.test(textOf(one, script)),
  );
  const { start, end } = off ?? command;
  return {
    by: 'no-errexit',
    words: off ? textOf(off, script) : `shell: ${template ?? ''}`,
    start,
    end,
  };
}

function textOf({ start, end }: ShellCommand, script: ShellScript): string {
  return script.source.slice(start, end);
}

/** On one line, and no longer than a message can bear. */
function short(text: string): string {
  const line = text.replaceAll(/\s*\\?\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
