import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

import { runProgram } from '../src/program.ts';

/** What a command printed and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What surrounds a command. */
export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Whether stdout and stderr are terminals, 80 columns wide. */
  readonly tty?: boolean;
}

/** Runs a command line in this process, from the sources. */
export async function run(argv: readonly string[], around: Surroundings = {}): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const stream = (
    to: string[],
  ): { isTTY: boolean; columns: number; write: (text: string) => unknown } => ({
    isTTY: around.tty ?? false,
    columns: 80,
    write: (text) => to.push(text),
  });
  const code = await runProgram(argv, {
    stdout: stream(stdout),
    stderr: stream(stderr),
    stdin: chunks(around.stdin ?? ''),
    env: around.env ?? {},
    cwd: around.cwd ?? process.cwd(),
  });
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

// oxlint-disable-next-line typescript/require-await -- stdin is asynchronous
async function* chunks(input: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(input);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** A folder of its own for one test, with files by path; it is gone when the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sallyport-cli-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** A workflow without anything to report. */
export const quiet: string = `on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
`;

/** A workflow with a long-lived key, from line 8 on. */
export const withKey: string = `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@ececac1a45f3b08a01d2dd070d28d111c5fe6722 # v4.1.0
        with:
          aws-access-key-id: \${{ secrets.AWS_ACCESS_KEY_ID }}
          aws-secret-access-key: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
          aws-region: eu-west-2
          retry-max-attempts: 3
`;

/** Makes a pipe that nobody writes to. */
export function makePipe(path: string): void {
  execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path]);
}
