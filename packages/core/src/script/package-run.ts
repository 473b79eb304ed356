import { effectiveCommand } from './effective-command.ts';
import type { ShellCommand, ShellWord } from './shell.ts';

/** A program that a package manager finds, and may download, to run it: `npx cdk deploy`. */
export interface PackageRun {
  /** As written: `npx`, `pnpm exec`, `uv run` … */
  readonly runner: string;
  /** The package or program, without a version (`aws-cdk@2` is `aws-cdk`). */
  readonly name: string;
  readonly args: readonly ShellWord[];
}

/** For each runner the subcommands that run something; none: it always does. */
const runners: Readonly<Record<string, readonly string[]>> = {
  bunx: [],
  npx: [],
  pipx: ['run'],
  uvx: [],
  bun: ['x', 'run'],
  bundle: ['exec'],
  npm: ['exec', 'x'],
  pdm: ['run'],
  pipenv: ['run'],
  pnpm: ['exec', 'dlx'],
  poetry: ['run'],
  uv: ['run'],
  yarn: ['exec', 'dlx', 'run'],
};

/** Options of all these that a value follows on. */
const valued = new Set(['-p', '--package', '-c', '--call', '--with', '--from', '--python', '-w']);

/**
 * What a package manager runs for a command; undefined when it runs nothing. `yarn cdk` counts:
 * yarn takes a word that is none of its commands for a script or a program.
 */
export function packageRun(command: ShellCommand): PackageRun | undefined {
  const { name: runner, args } = effectiveCommand(command);
  if (runner === undefined || !Object.hasOwn(runners, runner)) return undefined;
  const subcommands = runners[runner] ?? [];
  const first = afterOptions(args, 0);
  const subcommand = args[first]?.text ?? '';
  if (subcommands.length === 0) return runOf(runner, args, first);
  if (subcommands.includes(subcommand)) {
    return runOf(`${runner} ${subcommand}`, args, afterOptions(args, first + 1));
  }
  return runner === 'yarn' && !yarnCommands.has(subcommand)
    ? runOf(runner, args, first)
    : undefined;
}

/** Source: `yarn --help` of yarn 1 and 4. */
const yarnCommands = new Set(
  `add audit autoclean bin cache check config constraints create dedupe explain generate-lock-entry
   global help import info init install licenses link list login logout node npm outdated owner pack
   patch plugin policies publish rebuild remove search set stage tag team test unlink unplug up upgrade
   version versions why workspace workspaces`.split(/\s+/),
);

function afterOptions(args: readonly ShellWord[], from: number): number {
  let at = from;
  while (args[at]?.text.startsWith('-')) {
    if (args[at]?.text === '--') return at + 1;
    at += valued.has(args[at]?.text ?? '') ? 2 : 1;
  }
  return at;
}

function runOf(runner: string, args: readonly ShellWord[], at: number): PackageRun | undefined {
  const word = args[at];
  if (!word?.literal) return undefined;
  const rest = args.slice(at + 1);
  return { runner, name: word.text.replace(/(?<=.)@.*$/, ''), args: rest };
}
