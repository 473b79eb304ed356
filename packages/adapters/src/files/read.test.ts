import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { folderWith, makePipe } from '../../test/folder.ts';
import { isUnreadable, readSourceFile } from './read.ts';

describe('readSourceFile', () => {
  it('reads text under the name that people see, the mark taken off and remembered', () => {
    const root = folderWith({ 'a.yml': '\ufeffon: push\r\n' });
    const file = readSourceFile(join(root, 'a.yml'), 'shown/a.yml', 100);
    expect(isUnreadable(file)).toBe(false);
    expect(file).toMatchObject({ path: 'shown/a.yml', text: 'on: push\r\n', bom: true });
  });

  it('takes a file of exactly the limit and refuses one byte more', () => {
    const root = folderWith({ 'a.yml': 'x'.repeat(10), 'b.yml': 'x'.repeat(11) });
    expect(readSourceFile(join(root, 'a.yml'), 'a.yml', 10)).toMatchObject({
      text: 'x'.repeat(10),
    });
    expect(readSourceFile(join(root, 'b.yml'), 'b.yml', 10)).toEqual({
      path: 'b.yml',
      reason: 'too-large',
      detail: '11 bytes, more than the limit of 10 (--max-file-size)',
    });
  });

  it('says why there is no text', () => {
    const root = folderWith();
    mkdirSync(join(root, 'folder.yml'));
    symlinkSync('loop.yml', join(root, 'loop.yml'));
    symlinkSync('nowhere', join(root, 'dangling.yml'));
    const read = (name: string): unknown => readSourceFile(join(root, name), name, 100);
    expect(read('folder.yml')).toMatchObject({
      reason: 'not-a-file',
      detail: 'it is a folder, not a file',
    });
    expect(read('loop.yml')).toMatchObject({ reason: 'symlink-loop' });
    expect(read('dangling.yml')).toMatchObject({
      reason: 'unreadable',
      detail: 'no such file or folder (ENOENT)',
    });
  });

  it('does not wait for a pipe that nobody writes', () => {
    const root = folderWith();
    makePipe(join(root, 'pipe.yml'));
    expect(readSourceFile(join(root, 'pipe.yml'), 'pipe.yml', 100)).toMatchObject({
      reason: 'not-a-file',
      detail: 'it is a pipe, not a file',
    });
  });

  // A file that even root cannot read; permissions do not stop the user that CI runs as.
  it.runIf(existsSync('/proc/self/mem'))('says so when the system cannot read', () => {
    expect(readSourceFile('/proc/self/mem', 'mem', 100)).toMatchObject({ reason: 'unreadable' });
  });

  it.runIf(existsSync('/proc/self/status'))('reads files whose size says 0', () => {
    expect(readSourceFile('/proc/self/status', 'status', 100_000)).toMatchObject({
      text: expect.stringContaining('Pid:') as unknown,
    });
    expect(readSourceFile('/proc/self/status', 'status', 20)).toMatchObject({
      reason: 'too-large',
    });
  });
});
