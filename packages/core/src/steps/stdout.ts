import type { ShellCommand, ShellRedirect, ShellScript, ShellWord } from '../script/shell.ts';
import { invoked } from './invoked.ts';

/** Where what a command prints ends up. */
export interface Stdout {
  /**
   * `log`: the log of the run; `file`: only files; `variable`: a variable of the script; `argument`:
   * a word of another command; `nowhere`: /dev/null; `elsewhere`: something we do not follow.
   */
  readonly to: 'log' | 'file' | 'variable' | 'argument' | 'nowhere' | 'elsewhere';
  /** The commands of the pipeline that it goes through, in order. */
  readonly through: readonly ShellCommand[];
  /** The files that get it, those of `tee` on the way too. */
  readonly files: readonly ShellWord[];
  readonly variable?: string;
  /** The command that gets it as a word. */
  readonly argumentOf?: ShellCommand;
}

/** Follows the standard output of a command through redirects, pipes, groups and substitutions. */
export function stdoutOf(command: ShellCommand, script: ShellScript): Stdout {
  return follow(command, script, [], []);
}

function follow(
  command: ShellCommand,
  script: ShellScript,
  through: readonly ShellCommand[],
  files: readonly ShellWord[],
): Stdout {
  const seen = [...files, ...teeFiles(command)];
  const own = redirected(command.redirects);
  if (own) return { ...own, through, files: [...seen, ...own.files] };
  const next = through.length < 20 ? nextStage(command, script) : undefined;
  if (next) return follow(next, script, [...through, next], seen);
  const outer = redirected(command.context.redirects);
  if (outer) return { ...outer, through, files: [...seen, ...outer.files] };
  const { substitution, enclosing } = command.context;
  if (substitution) {
    const argumentOf =
      enclosing?.command === undefined ? undefined : script.commands[enclosing.command];
    // `export A=$(…)` is an assignment too, though the substitution belongs to a command.
    const variable = enclosing?.kind === 'process' ? undefined : assignedVariable(command, script);
    if (variable !== undefined) return { to: 'variable', through, files: seen, variable };
    if (enclosing?.kind === 'command' && argumentOf)
      return { to: 'argument', through, files: seen, argumentOf };
    return { to: 'elsewhere', through, files: seen };
  }
  return {
    to: command.context.function === undefined ? 'log' : functionOutput(command, script),
    through,
    files: seen,
  };
}

/** A function's output is what its calls make of it: the log if one of them prints it there. */
function functionOutput(command: ShellCommand, script: ShellScript): Stdout['to'] {
  const name = command.context.function;
  const calls = script.commands.filter(
    (one) => one.name?.text === name && one.context.function !== name,
  );
  if (calls.length === 0) return 'elsewhere';
  const ends = calls.map((call) => follow(call, script, [], []).to);
  return ends.includes('log') ? 'log' : 'elsewhere';
}

function redirected(redirects: readonly ShellRedirect[]): Pick<Stdout, 'to' | 'files'> | undefined {
  for (const redirect of redirects.toReversed()) {
    const { operator, descriptor, target } = redirect;
    const both = operator.startsWith('&>');
    if (!both && (!/^(?:>|>>|>\||>&|<>)$/.test(operator) || (descriptor ?? 1) !== 1)) continue;
    const text = target?.text ?? '';
    if (/^(?:2|1|\/dev\/(?:stderr|stdout|tty|fd\/[12]))$/.test(text)) {
      // `>&2` and /dev/stderr: the runner logs both streams.
      return /^\d$/.test(text) && operator !== '>&'
        ? { to: 'file', files: target ? [target] : [] }
        : { to: 'log', files: [] };
    }
    if (text === '/dev/null' || text === '-') return { to: 'nowhere', files: [] };
    return { to: 'file', files: target ? [target] : [] };
  }
  return undefined;
}

function nextStage(command: ShellCommand, script: ShellScript): ShellCommand | undefined {
  for (let pipeline = command.context.pipeline; pipeline; pipeline = pipeline.outer) {
    const { id, index, length } = pipeline;
    if (index + 1 >= length) continue;
    return script.commands.find((one) => {
      for (let their = one.context.pipeline; their; their = their.outer) {
        if (their.id === id) return their.index === index + 1;
      }
      return false;
    });
  }
  return undefined;
}

function teeFiles(command: ShellCommand): readonly ShellWord[] {
  const { program, args } = invoked(command);
  return program === 'tee'
    ? args.filter((word) => !word.text.startsWith('-') && word.text !== '/dev/null')
    : [];
}

function assignedVariable(command: ShellCommand, script: ShellScript): string | undefined {
  return script.assignments
    .filter((one) => one.start <= command.start && command.end <= one.end)
    .toSorted((a, b) => b.start - a.start)[0]?.name;
}
