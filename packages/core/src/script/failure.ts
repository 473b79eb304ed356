import { callsOf } from './function-call.ts';
import { shellOptionsAt, shellOptionsOf, type ShellOptions } from './shell-option.ts';
import type { ShellCommand, ShellScript } from './shell.ts';

/** Why the failure of a command does not fail the step. */
export interface SwallowedFailure {
  /**
   * - `or-else`: `|| true` and the like go on instead;
   * - `group`: only the last command of what stands left of `||` decides, as `set -e` is off there;
   * - `pipeline`: not the last stage, and `pipefail` is off;
   * - `condition`: in the test of `if`, `while` or `until`;
   * - `guard`: left of `&&`;
   * - `negated`: behind `!`;
   * - `background`: behind it stands `&`;
   * - `substitution`: in the `$( )` of a word, whose status nothing asks for;
   * - `errexit-off`: `set -e` is off, and other commands follow;
   * - `trap`: a trap on EXIT or ERR ends with `exit 0`;
   * - `function`: all calls of its function are swallowed.
   */
  readonly reason:
    | 'or-else'
    | 'group'
    | 'pipeline'
    | 'condition'
    | 'guard'
    | 'negated'
    | 'background'
    | 'substitution'
    | 'errexit-off'
    | 'trap'
    | 'function';
  /** The command that stands in for it, the owner of the substitution, the trap, or the call. */
  readonly by?: number;
  /** Whether `$?` or `PIPESTATUS` is read before the next command, so that the script can still tell. */
  readonly statusRead: boolean;
}

/**
 * Whether a step succeeds although one of its script's commands fails, and why; undefined when it
 * fails. What a command that stands in does is not looked into, except for `exit`, `return` and
 * `false`: `|| aws …` swallows. Source: Bash manual 4.3.1, `-e`.
 */
export function failureSwallowed(
  script: ShellScript,
  index: number,
  initial: ShellOptions,
): SwallowedFailure | undefined {
  return swallowed(script, index, initial, maximumCalls);
}

const maximumCalls = 8;

function swallowed(
  script: ShellScript,
  index: number,
  initial: ShellOptions,
  calls: number,
): SwallowedFailure | undefined {
  const command = script.commands[index];
  if (!command) return undefined;
  const found = byPlace(script, command, initial) ?? byFunction(script, command, initial, calls);
  const trap = found ? undefined : trapOf(script, command);
  const result =
    found ?? (trap === undefined ? undefined : ({ reason: 'trap', by: trap } as const));
  return result && { ...result, statusRead: statusRead(script, index) };
}

type Reason = Omit<SwallowedFailure, 'statusRead'>;

function byPlace(
  script: ShellScript,
  command: ShellCommand,
  initial: ShellOptions,
): Reason | undefined {
  const { context } = command;
  const { pipeline, enclosing } = context;
  const options = shellOptionsOf(script, command, initial);
  if (context.negated) return { reason: 'negated' };
  if (context.background) return { reason: 'background' };
  for (let stage = pipeline; stage; stage = stage.outer) {
    if (stage.index < stage.length - 1 && !options.pipefail) return { reason: 'pipeline' };
  }
  if (enclosing && enclosing.kind !== 'assignment') {
    const by = enclosing.command;
    return { reason: 'substitution', ...(by === undefined ? {} : { by }) };
  }
  const orElse = byAlternative(script, command);
  if (orElse) return orElse === 'fails' ? undefined : orElse;
  if (context.test) return { reason: 'condition' };
  return byErrexit(script, command, options, initial);
}

/** `fails`: the right of the `||` ends the script with a failure. */
function byAlternative(script: ShellScript, command: ShellCommand): Reason | 'fails' | undefined {
  const { orElse, final, alternative } = command.context;
  if (!alternative) return undefined;
  const [first] = orElse;
  const by = first === undefined ? {} : { by: first };
  if (!final) return { reason: 'group', ...by };
  const fails = orElse.some((other, at) => endsInFailure(script.commands[other], at === 0));
  return fails ? 'fails' : { reason: 'or-else', ...by };
}

function endsInFailure(command: ShellCommand | undefined, first: boolean): boolean {
  const [status] = command?.args ?? [];
  switch (command?.name?.text) {
    case 'exit':
    case 'return':
      // Without a number it is the status of the command before: behind `echo` that is 0.
      return status === undefined ? first : status.text !== '0';
    case 'false':
      return command.context.final;
    default:
      return false;
  }
}

function byErrexit(
  script: ShellScript,
  { context }: ShellCommand,
  options: ShellOptions,
  initial: ShellOptions,
): Reason | undefined {
  const { enclosing } = context;
  if (enclosing && !context.final && !options.errexit) return { reason: 'errexit-off' };
  // From here on it is about the statement: an assignment has the status of its substitution.
  const outer = enclosing ? shellOptionsAt(script, enclosing.start - 1, initial) : options;
  if (enclosing ? enclosing.final : context.final) return undefined;
  if (context.guard) return { reason: 'guard' };
  return outer.errexit ? undefined : { reason: 'errexit-off' };
}

function byFunction(
  script: ShellScript,
  command: ShellCommand,
  initial: ShellOptions,
  left: number,
): Reason | undefined {
  const name = command.context.function;
  if (name === undefined || left === 0) return undefined;
  const calls = callsOf(script, name).slice(0, maximumCalls);
  const [by] = calls;
  const all = calls.every((call) => swallowed(script, call, initial, left - 1) !== undefined);
  return by !== undefined && all ? { reason: 'function', by } : undefined;
}

/** The last trap on EXIT or ERR before a command, if it ends the script with success. */
function trapOf(script: ShellScript, command: ShellCommand): number | undefined {
  const at = trapsIn(script).findLast((trap) => (script.commands[trap]?.end ?? 0) <= command.start);
  const action = at === undefined ? '' : (script.commands[at]?.args[0]?.text ?? '');
  return /\bexit\s+0\b/.test(action) ? at : undefined;
}

const knownTraps = new WeakMap<ShellScript, readonly number[]>();

// ATTACKER: one look at all commands for each question would be quadratic.
function trapsIn(script: ShellScript): readonly number[] {
  let traps = knownTraps.get(script);
  if (!traps) {
    traps = script.commands.flatMap(({ name, args }, index) => {
      const signals = name?.text === 'trap' ? args.slice(1) : [];
      return signals.some((word) => /^(?:SIG)?(?:EXIT|ERR|0)$/i.test(word.text)) ? index : [];
    });
    knownTraps.set(script, traps);
  }
  return traps;
}

function statusRead(script: ShellScript, index: number): boolean {
  const command = script.commands[index];
  if (!command) return false;
  let next = index + 1;
  while ((script.commands[next]?.start ?? Infinity) < command.end) next += 1;
  const end = script.commands[next]?.end ?? script.source.length;
  return script.variables
    .slice(firstFrom(script, command.end), firstFrom(script, end))
    .some(({ name }) => name === '?' || name === 'PIPESTATUS');
}

/** The index of the first variable use at or behind an offset. */
function firstFrom({ variables }: ShellScript, offset: number): number {
  let low = 0;
  for (let high = variables.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((variables[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
