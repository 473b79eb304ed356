import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { folderWith, makePipe, quiet, run } from './run.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const flows = '.github/workflows';

/** What the JSON says of the file `x.yml` beside one that is fine. */
async function judge(
  content: string | Uint8Array | ((path: string) => void),
): Promise<{ code: number; invalid: string[]; workflows: number }> {
  const made = typeof content === 'function';
  const cwd = folderWith({
    [`${flows}/ok.yml`]: quiet,
    ...(made ? {} : { [`${flows}/x.yml`]: content }),
  });
  if (made) content(join(cwd, flows, 'x.yml'));
  const { code, stdout, stderr } = await run(
    ['audit', '-f', 'json', '--no-git', '--rule', 'invalid-workflow'],
    { cwd },
  );
  expect(stderr).toBe('');
  const { inputs } = JSON.parse(stdout) as {
    inputs: { workflows: number; invalid: { file: string; code: string; line?: number }[] };
  };
  const invalid = inputs.invalid.map(
    ({ file, code: why, line }) => `${file.slice(flows.length + 1)}:${line ?? '-'} ${why}`,
  );
  return { code, invalid, workflows: inputs.workflows };
}

describe('a file that is no workflow never stops the others and is never silent', () => {
  it.each<[string, string | Uint8Array | ((path: string) => void), string]>([
    ['invalid YAML', 'on: push\njobs: {a: [}\n', 'x.yml:2 yaml-syntax'],
    [
      'a duplicate key',
      'on: push\njobs:\n  a: {runs-on: x, steps: []}\n  a: {runs-on: x, steps: []}\n',
      'x.yml:4 yaml-duplicate-key',
    ],
    ['an empty file', '', 'x.yml:1 not-a-workflow'],
    ['a binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]), 'x.yml:- not-utf8'],
    ['zeros', Buffer.alloc(64), 'x.yml:1 '],
    ['UTF-16', Buffer.from('\ufeffon: push', 'utf16le'), 'x.yml:- not-utf8'],
    ['mojibake in Latin-1', Buffer.from('on: push # caf\u00e9\n', 'latin1'), 'x.yml:- not-utf8'],
    ['five megabytes', `# ${'x'.repeat(5 * 1024 * 1024)}\n${quiet}`, 'x.yml:- too-large'],
    ['a list', '- on: push\n', 'x.yml:1 not-a-workflow'],
    ['another kind of file', 'name: x\nservices: {}\n', 'x.yml:1 not-a-workflow'],
    [
      'aliases of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replaceAll(/./g, (letter) => `${letter}: &${letter} [${`*${String.fromCharCode(letter.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}on: push\njobs: *j\n`,
      'x.yml:',
    ],
    ['a link to itself', (path) => symlinkSync('x.yml', path), 'x.yml:- symlink-loop'],
    ['a link to nothing', (path) => symlinkSync('nowhere', path), 'x.yml:- unreadable'],
    [
      'a link out of the repository',
      (path) => symlinkSync('/etc/passwd', path),
      'x.yml:- unreadable',
    ],
    ['a pipe', makePipe, 'x.yml:- not-a-file'],
    ['a folder', (path) => mkdirSync(path), 'x.yml:- not-a-file'],
  ])('%s', async (_what, content, expected) => {
    const { code, invalid, workflows } = await judge(content);
    expect(invalid.join('\n')).toContain(expected);
    expect(workflows).toBeGreaterThanOrEqual(1);
    expect(code).toBe(1);
  });

  it.each<[string, string]>([
    ['a byte order mark', `\ufeff${quiet}`],
    ['CRLF', quiet.replaceAll('\n', '\r\n')],
    ['no line feed at the end', quiet.trimEnd()],
    ['letters of all kinds', `# 日本語 ñ 🚀\n${quiet}`],
  ])('%s is fine', async (_what, content) => {
    expect(await judge(content)).toEqual({ code: 0, invalid: [], workflows: 2 });
  });

  it('says so in every format', async () => {
    const cwd = folderWith({ [`${flows}/x.yml`]: Buffer.from('\ufeffon: push', 'utf16le') });
    for (const format of ['text', 'json', 'sarif', 'github', 'markdown']) {
      const { code, stdout } = await run(['audit', '--no-git', '-f', format], { cwd });
      expect(code, format).toBe(1);
      expect(stdout, format).toContain('UTF-16');
      const silent = await run(
        ['audit', '--no-git', '-f', format, '--rule', 'static-aws-credentials'],
        { cwd },
      );
      expect(silent.code, format).toBe(4);
      expect(silent.stdout, format).toContain(
        format === 'text' ? 'could not be examined' : 'UTF-16',
      );
    }
  });
});
