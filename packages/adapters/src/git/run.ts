import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';

/** What git said, or why it said nothing. */
export type GitAnswer =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly problem: string };

/** Settings that must not come from the repository; on the command line they win over its own. */
const settings: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.quotePath=false',
  'diff.external=',
  'blame.ignoreRevsFile=',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
  'log.showSignature=false',
  'submodule.recurse=false',
];

/**
 * Asks git about a repository that may be hostile.
 * ATTACKER: whoever made the checkout wrote `.git/config`, and git runs programs that it names: file
 * system monitors, hooks, filters, external diffs, remote helpers. All are switched off here, filters
 * by name through `extra`. A repository that belongs to someone else is refused by git itself unless
 * the user's own `safe.directory` allows it; that choice is left to the user.
 */
export function askGit(
  root: string,
  args: readonly string[],
  options: {
    readonly extra?: readonly (readonly [string, string])[];
    readonly timeout?: number;
  } = {},
): GitAnswer {
  const config = settings.flatMap((setting) => ['-c', setting]);
  const result = spawnSync('git', ['--no-pager', ...config, '-C', root, ...args], {
    // ATTACKER: on Windows, and with `.` in PATH, a program named git in the working folder would run.
    cwd: homedir(),
    env: environment(options.extra ?? []),
    encoding: 'utf8',
    timeout: options.timeout ?? 10_000,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  if (result.error) return { ok: false, problem: problemOf(result.error) };
  if (result.status !== 0)
    return { ok: false, problem: firstLine(result.stderr) || `git ended with ${result.status}` };
  return { ok: true, output: result.stdout };
}

/** The user's environment without what would point git elsewhere (hooks set GIT_DIR and others). */
function environment(extra: readonly (readonly [string, string])[]): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('GIT_') || name.startsWith('GIT_CONFIG_'),
  );
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ATTR_NOSYSTEM: '1',
  };
  // Keys given by number can hold any character; `-c name=value` ends the name at its first `=`.
  const first = Number(process.env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  extra.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${first + index}`] = key;
    env[`GIT_CONFIG_VALUE_${first + index}`] = value;
  });
  if (extra.length > 0) env['GIT_CONFIG_COUNT'] = String(first + extra.length);
  return env;
}

function problemOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  if (code === 'ENOENT') return 'git is not installed';
  return code === 'ETIMEDOUT' ? 'git did not answer in time' : error.message;
}

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').replace(/^fatal: /, '').trim();
}
