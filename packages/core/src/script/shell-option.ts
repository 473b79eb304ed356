import { effectiveCommand } from './effective-command.ts';
import type { ShellCommand, ShellScript } from './shell.ts';

/** The options of the shell that decide whether a failure ends the script (Bash manual 4.3.1). */
export interface ShellOptions {
  /** `set -e` */
  readonly errexit: boolean;
  /** `set -o pipefail` */
  readonly pipefail: boolean;
}

/**
 * The options that GitHub starts a script with, by the step's `shell:`: without one `bash -e {0}`,
 * for `bash` it is `bash --noprofile --norc -eo pipefail {0}`, for `sh` it is `sh -e {0}`, and a
 * template of one's own has what it says. Other shells have neither.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
export function initialShellOptions(shell: string | undefined): ShellOptions {
  const words = (shell ?? 'bash -e {0}').trim().split(/\s+/);
  const program = /(?<name>[^\\/]+?)(?:\.exe)?$/i.exec(words[0] ?? '')?.groups?.['name'];
  if (words.length === 1)
    return { errexit: /^(?:bash|sh)$/.test(program ?? ''), pipefail: program === 'bash' };
  const off = { errexit: false, pipefail: false };
  if (!/^(?:ba|z|da|k)?sh$/.test(program ?? '')) return off;
  return changed(off, words.slice(1));
}

/** Whether `set -e` is on at an offset of the script; see {@link shellOptionsAt}. */
export function errexitAt(script: ShellScript, offset: number, initial: ShellOptions): boolean {
  return shellOptionsAt(script, offset, initial).errexit;
}

/**
 * The options at an offset, as if every `set` before it had run. A `set` in a subshell or a function
 * counts only in there, and a command substitution starts without `errexit` (Bash manual 3.7.3).
 */
export function shellOptionsAt(
  script: ShellScript,
  offset: number,
  initial: ShellOptions,
): ShellOptions {
  let substitution = -1;
  for (const { context } of script.commands) {
    const { enclosing, scope } = context;
    if (enclosing && scope.start <= offset && offset < scope.end) {
      substitution = Math.max(substitution, enclosing.start);
    }
  }
  return optionsBefore(script, offset, substitution, initial);
}

/** The options at the start of a command; see {@link shellOptionsAt}. */
export function shellOptionsOf(
  script: ShellScript,
  command: ShellCommand,
  initial: ShellOptions,
): ShellOptions {
  const substitution = command.context.enclosing?.start ?? -1;
  return optionsBefore(script, command.start, substitution, initial);
}

/** `substitution` is where the innermost one around the offset starts, or -1. */
function optionsBefore(
  script: ShellScript,
  offset: number,
  substitution: number,
  initial: ShellOptions,
): ShellOptions {
  let options = initial;
  let inside = substitution === -1;
  for (const command of settersIn(script)) {
    if (command.end > offset) break;
    const { scope } = command.context;
    if (offset < scope.start || scope.end <= offset) continue;
    if (!inside && command.start >= substitution) {
      inside = true;
      options = { ...options, errexit: false };
    }
    options = setBy(command, options);
  }
  return inside ? options : { ...options, errexit: false };
}

const known = new WeakMap<ShellScript, readonly ShellCommand[]>();

// ATTACKER: one look at all commands for each question would be quadratic.
function settersIn(script: ShellScript): readonly ShellCommand[] {
  let setters = known.get(script);
  if (!setters) {
    setters = script.commands
      .filter((command) => effectiveCommand(command).name === 'set')
      .toSorted((one, other) => one.end - other.end);
    known.set(script, setters);
  }
  return setters;
}

function setBy(command: ShellCommand, options: ShellOptions): ShellOptions {
  const { args } = effectiveCommand(command);
  return changed(
    options,
    args.map((word) => word.text),
  );
}

function changed(options: ShellOptions, words: readonly string[]): ShellOptions {
  let { errexit, pipefail } = options;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--' || word === '-') break;
    if (!/^[-+][a-zA-Z]/.test(word)) continue;
    const on = word.startsWith('-');
    if (word.includes('e')) errexit = on;
    if (!word.includes('o')) continue;
    at += 1;
    if (words[at] === 'errexit') errexit = on;
    if (words[at] === 'pipefail') pipefail = on;
  }
  return { errexit, pipefail };
}
