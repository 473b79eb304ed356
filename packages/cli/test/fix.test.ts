import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { folderWith, quiet, run, withKey } from './run.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const flow = '.github/workflows/deploy.yml';
const only = ['--rule', 'static-aws-credentials'];
const read = (cwd: string, path: string = flow): string => readFileSync(join(cwd, path), 'utf8');

/** A checkout with everything in a commit. */
function checkoutWith(files: Readonly<Record<string, string>>): string {
  const cwd = folderWith(files);
  const git = (...args: readonly string[]): void =>
    void execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args],
      { cwd, stdio: 'ignore' },
    );
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
  return cwd;
}

describe('sallyport fix', () => {
  it('shows a diff that git applies, and changes nothing', async () => {
    const cwd = checkoutWith({ [flow]: withKey });
    const { code, stdout, stderr } = await run(['fix', '--diff', ...only], { cwd });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'would fix 1 finding in 1 file; nothing was written\n',
    });
    expect(stdout).toMatch(/^--- a\/\.github\/workflows\/deploy\.yml\n\+\+\+ b\//);
    expect(read(cwd)).toBe(withKey);
    execFileSync('git', ['apply', '-'], { cwd, input: stdout });
    const applied = read(cwd);
    execFileSync('git', ['checkout', '--quiet', '.'], { cwd });
    await run(['fix', ...only], { cwd });
    expect(read(cwd)).toBe(applied);
  });

  it('rewrites, tells what is left to do, and does nothing the second time', async () => {
    const cwd = checkoutWith({ [flow]: withKey });
    const { code, stdout } = await run(['fix', ...only], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(`fixed ${flow}:8 static-aws-credentials: `);
    expect(stdout).toContain(
      'still to be done outside the files:\nAWS\n  [ ] the account has the OIDC provider',
    );
    expect(stdout).toMatch(/\[x\] every long-lived key is replaced \(observed: /);
    expect(stdout).toContain('fixed 1 finding in 1 file\n');
    expect(read(cwd)).toContain('role-to-assume:');
    expect(read(cwd)).not.toContain('aws-access-key-id');
    execFileSync('git', ['commit', '--quiet', '--all', '--message=fixed'], {
      cwd,
      env: {
        ...process.env,
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@b',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@b',
      },
    });
    expect((await run(['fix', ...only], { cwd })).stdout).toBe('nothing to fix\n');
  });

  it('keeps every byte outside the edits: mark, CRLF, no last line feed', async () => {
    const odd = `\ufeff# 日本 \t\r\n${withKey.replaceAll('\n', '\r\n').trimEnd()} # end`;
    const cwd = checkoutWith({ [flow]: odd });
    await run(['fix', ...only], { cwd });
    const fixed = read(cwd);
    expect(fixed.startsWith('\ufeff# 日本 \t\r\non: push\r\n')).toBe(true);
    expect(fixed.endsWith('retry-max-attempts: 3 # end')).toBe(true);
    expect(fixed.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('refuses a tree with changes, unless it is told to go on', async () => {
    const cwd = checkoutWith({ [flow]: withKey, 'other.txt': '1' });
    writeFileSync(join(cwd, 'other.txt'), '2');
    const refused = await run(['fix', ...only], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('error[DIRTY_TREE]');
    expect(refused.stderr).toContain('other.txt');
    expect(read(cwd)).toBe(withKey);
    expect((await run(['fix', '--diff', ...only], { cwd })).code).toBe(0);
    expect((await run(['fix', '--allow-dirty', ...only], { cwd })).code).toBe(0);
    expect(read(cwd)).toContain('role-to-assume:');
  });

  it('looks at all trees before it writes into the first', async () => {
    const cwd = folderWith({
      [`a/${flow}`]: withKey,
      [`b/${flow}`]: withKey,
      'b/.git': 'gitdir: /nowhere',
    });
    const { code, stderr } = await run(['fix', '.', ...only], { cwd });
    expect(code).toBe(4);
    expect(stderr).toContain('error[GIT_NOT_AVAILABLE]');
    expect(read(cwd, `a/${flow}`)).toBe(withKey);
  });

  it('says so where there is no git', async () => {
    const cwd = folderWith({ [flow]: withKey });
    const { code, stderr } = await run(['fix', ...only], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('it is in no git checkout');
  });

  it('never writes through a link out of the repository', async () => {
    const cwd = folderWith({ 'outside.yml': withKey, [`r/${flow}`]: quiet });
    symlinkSync(join(cwd, 'outside.yml'), join(cwd, 'r/.github/workflows/link.yml'));
    await run(['fix', 'r', 'r/.github/workflows/link.yml', ...only], { cwd });
    expect(read(cwd, 'outside.yml')).toBe(withKey);
  });

  it('fixes single files, and shows what it would do to stdin', async () => {
    const cwd = folderWith({ 'deploy.yml': withKey });
    expect((await run(['fix', 'deploy.yml', ...only], { cwd })).code).toBe(0);
    expect(read(cwd, 'deploy.yml')).toContain('role-to-assume:');
    expect((await run(['fix', '-', ...only], { cwd, stdin: withKey })).code).toBe(2);
    expect((await run(['fix', '-', '--diff', ...only], { cwd, stdin: withKey })).stdout).toContain(
      '+          role-to-assume:',
    );
  });

  it('leaves a broken file alone and fails for it', async () => {
    const broken = `${withKey}  - [\n`;
    const cwd = folderWith({ [flow]: broken });
    expect((await run(['fix'], { cwd })).code).toBe(1);
    expect(read(cwd)).toBe(broken);
  });

  it('ends with 1 for what is left, with 3 for nothing', async () => {
    const cwd = folderWith({ [flow]: withKey, 'empty/x': '' });
    expect((await run(['fix', '--diff', '--rule', 'missing-session-name'], { cwd })).code).toBe(1);
    expect((await run(['fix', '--diff', 'empty'], { cwd })).code).toBe(3);
  });

  it('speaks JSON and Markdown', async () => {
    const cwd = folderWith({ [flow]: withKey });
    const json: unknown = JSON.parse(
      (await run(['fix', '--diff', '-f', 'json', ...only], { cwd })).stdout,
    );
    expect(json).toMatchObject({
      schemaVersion: 1,
      command: 'fix',
      summary: { written: false, files: 1, applied: 1, exitCode: 0 },
      files: [{ path: flow }],
      applied: [{ rule: 'static-aws-credentials', safe: true }],
    });
    const { stdout } = await run(['fix', '--diff', '-f', 'markdown', ...only], { cwd });
    expect(stdout).toContain(
      '## Sallyport fix: would fix 1 finding in 1 file; nothing was written',
    );
    expect(stdout).toContain('\n### AWS\n\n- [ ] the account has the OIDC provider');
  });

  it('masks a literal key in the diff, and says that it does', async () => {
    const key = ['k9Vt3LmQxZ7pR2sWcY', '8bNfH4jD6gA1uE0oTiKqXr'].join('');
    const literal = withKey
      .replace('${{ secrets.AWS_ACCESS_KEY_ID }}', ['AKIA', 'Q3EGRTLKUYHB52VX'].join(''))
      .replace('${{ secrets.AWS_SECRET_ACCESS_KEY }}', key);
    const { stdout, stderr } = await run(['fix', '--diff', ...only], {
      cwd: folderWith({ [flow]: literal }),
    });
    expect(stdout).toContain(`-          aws-secret-access-key: ${'*'.repeat(40)}`);
    expect(stdout + stderr).not.toContain(key);
    expect(stderr).toContain('keys in 1 file are masked in the diff');
  });
});
