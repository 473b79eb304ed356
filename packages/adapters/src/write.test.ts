import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { folderWith } from '../test/folder.ts';
import { writeAll, writeFileAtomically, type FileWrite } from './write.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const change = (path: string, before: string, after: string): FileWrite => ({
  path,
  before: bytes(before),
  bytes: bytes(after),
});

describe('writeFileAtomically', () => {
  it('makes and replaces a file, keeping its mode and leaving nothing else', () => {
    const root = folderWith({ 'a.txt': 'old' });
    chmodSync(join(root, 'a.txt'), 0o640);
    expect(writeFileAtomically(root, 'a.txt', 'new')).toBeUndefined();
    expect(writeFileAtomically(root, 'b.txt', 'made')).toBeUndefined();
    expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('new');
    expect(statSync(join(root, 'a.txt')).mode & 0o777).toBe(0o640);
    expect(readdirSync(root)).toEqual(['a.txt', 'b.txt']);
  });

  it('gives the file the mode that is asked for, whatever it replaces', () => {
    const root = folderWith({ 'a.txt': 'old' });
    chmodSync(join(root, 'a.txt'), 0o644);
    expect(writeFileAtomically(root, 'a.txt', 'new', 0o600)).toBeUndefined();
    expect(writeFileAtomically(root, 'b.txt', 'made', 0o600)).toBeUndefined();
    for (const name of ['a.txt', 'b.txt']) {
      expect(statSync(join(root, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('keeps a link and replaces what it leads to', () => {
    const root = folderWith({ 'real.txt': 'old' });
    symlinkSync('real.txt', join(root, 'link.txt'));
    expect(writeFileAtomically(root, 'link.txt', 'new')).toBeUndefined();
    expect(readlinkSync(join(root, 'link.txt'))).toBe('real.txt');
    expect(readFileSync(join(root, 'real.txt'), 'utf8')).toBe('new');
  });

  it('writes into a device instead of replacing it', () => {
    const root = folderWith();
    expect(writeFileAtomically(root, '/dev/null', 'x')).toBeUndefined();
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('says why not', () => {
    const root = folderWith();
    mkdirSync(join(root, 'folder'));
    expect(writeFileAtomically(root, 'folder', 'x')).toBe('it is a folder');
    expect(writeFileAtomically(root, 'no/such/file', 'x')).toBe('no such file or folder (ENOENT)');
  });
});

describe('writeAll', () => {
  it('writes all files', () => {
    const root = folderWith({ 'a.yml': '1', 'b/c.yml': '2' });
    expect(writeAll(root, [change('a.yml', '1', 'one'), change('b/c.yml', '2', 'two')])).toEqual({
      ok: true,
    });
    expect(readFileSync(join(root, 'b/c.yml'), 'utf8')).toBe('two');
    expect(readdirSync(root)).toEqual(['a.yml', 'b']);
  });

  it('writes none when one was changed by someone else, and leaves no temporary file', () => {
    const root = folderWith({ 'a.yml': '1', 'b.yml': 'mine' });
    expect(writeAll(root, [change('a.yml', '1', 'one'), change('b.yml', '2', 'two')])).toEqual({
      ok: false,
      path: 'b.yml',
      problem: 'it was changed while the fix was being made',
      written: [],
    });
    expect(readFileSync(join(root, 'a.yml'), 'utf8')).toBe('1');
    expect(readdirSync(root)).toEqual(['a.yml', 'b.yml']);
  });

  it('refuses to write through a link out of the folder', () => {
    const root = folderWith({ 'outside.yml': '1', 'in/a.yml': '1' });
    symlinkSync('../outside.yml', join(root, 'in/link.yml'));
    const result = writeAll(join(root, 'in'), [
      change('a.yml', '1', 'one'),
      change('link.yml', '1', 'two'),
    ]);
    expect(result).toMatchObject({ ok: false, path: 'link.yml', written: [] });
    expect(writeAll(join(root, 'in'), [change('../outside.yml', '1', 'x')])).toMatchObject({
      ok: false,
    });
    expect(readFileSync(join(root, 'outside.yml'), 'utf8')).toBe('1');
    expect(readFileSync(join(root, 'in/a.yml'), 'utf8')).toBe('1');
  });
});
