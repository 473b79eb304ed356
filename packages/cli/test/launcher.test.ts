import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it, vi } from 'vitest';

import { folderWith, quiet, withKey } from './run.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const launcher = fileURLToPath(new URL('../bin/sallyport.js', import.meta.url));
const flow = '.github/workflows/a.yml';
const only = ['--rule', 'static-aws-credentials', '--no-git'];

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command as a process of its own, with an environment of its own. */
function sallyport(
  argv: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; input?: string } = {},
): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...argv], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...options.env },
    input: options.input ?? '',
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the built command', () => {
  it('is there, because `npm test` builds before it runs', () => {
    expect(existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)))).toBe(true);
  });

  it.each([
    ['its version', ['--version'], 0],
    ['help', ['--help'], 0],
    ['nothing to do', [], 2],
    ['a page', ['explain', 'INTERNAL'], 0],
    ['a page that is not there', ['explain', 'nope'], 2],
    ['a path that is not there', ['audit', 'nope'], 2],
    ['the current folder, with nothing in it', ['audit'], 3],
  ])('ends with the code of the contract for %s', (_what, argv, code) => {
    expect(sallyport(argv, { cwd: folderWith({}) }).status).toBe(code);
  });

  it('has the AWS SDK with it, which says nothing of its own', () => {
    const env = {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    };
    const { status, stderr } = sallyport(['snapshot'], { env });
    expect(stderr).toMatch(/^error\[AWS_NO_CREDENTIALS\]/);
    expect(status).toBe(4);
  });

  it('audits a repository and stdin', () => {
    const cwd = folderWith({ [flow]: withKey });
    expect(sallyport(['audit', ...only], { cwd })).toMatchObject({ status: 1, stderr: '' });
    expect(sallyport(['audit', ...only, '-'], { cwd, input: withKey }).stdout).toContain(
      '--> <stdin>:8:',
    );
    expect(sallyport(['audit', ...only, '-'], { cwd, input: quiet }).status).toBe(0);
  });

  it('colours a pipe only when it is told to', () => {
    const cwd = folderWith({ [flow]: withKey });
    const colored = (env: Record<string, string>, ...argv: string[]): boolean =>
      sallyport(['audit', ...only, ...argv], { cwd, env }).stdout.includes('\u001b[');
    expect(colored({})).toBe(false);
    expect(colored({ FORCE_COLOR: '1' })).toBe(true);
    expect(colored({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(colored({ GITHUB_ACTIONS: 'true' })).toBe(true);
    expect(colored({ NO_COLOR: '1' }, '--color', 'always')).toBe(true);
    expect(colored({ FORCE_COLOR: '1' }, '--color', 'never')).toBe(false);
  });

  it('lets a reader go away and still says what it found', async () => {
    const many = `${quiet}${Array.from({ length: 400 }, (_, index) => `      - run: export AWS_SECRET_ACCESS_KEY=\${{ secrets.KEY_${index} }}\n`).join('')}`;
    const child = spawn(process.execPath, [launcher, 'audit', ...only], {
      cwd: folderWith({ [flow]: many }),
      env: { PATH: process.env['PATH'] },
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });
});
