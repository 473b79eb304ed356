import type fs from 'node:fs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { folderWith } from '../test/folder.ts';
import { writeAll } from './write.ts';

// A rename fails on a full or vanishing disk, which a test cannot have: this one fails by name.
vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const renameSync = (from: string, to: string): void => {
    if (to.endsWith('fails.yml')) throw Object.assign(new Error('no'), { code: 'EIO' });
    if (to.endsWith('stuck.yml') && real.readFileSync(from, 'utf8') === 'old') {
      throw Object.assign(new Error('no'), { code: 'EIO' });
    }
    real.renameSync(from, to);
  };
  return { ...real, renameSync };
});

const change = (path: string): { path: string; before: Uint8Array; bytes: Uint8Array } => ({
  path,
  before: Buffer.from('old'),
  bytes: Buffer.from('new'),
});

it('takes back what is written when a later rename fails', () => {
  const root = folderWith({ 'a.yml': 'old', 'fails.yml': 'old', 'z.yml': 'old' });
  expect(writeAll(root, [change('a.yml'), change('fails.yml'), change('z.yml')])).toEqual({
    ok: false,
    path: 'fails.yml',
    problem: 'the system reported an input/output error (EIO)',
    written: [],
  });
  expect(readdirSync(root).map((name) => [name, readFileSync(join(root, name), 'utf8')])).toEqual([
    ['a.yml', 'old'],
    ['fails.yml', 'old'],
    ['z.yml', 'old'],
  ]);
});

it('names what could not be taken back', () => {
  const root = folderWith({ 'stuck.yml': 'old', 'b.yml': 'old', 'fails.yml': 'old' });
  expect(writeAll(root, [change('stuck.yml'), change('b.yml'), change('fails.yml')])).toMatchObject(
    {
      ok: false,
      written: ['stuck.yml'],
    },
  );
  expect(readFileSync(join(root, 'stuck.yml'), 'utf8')).toBe('new');
  expect(readFileSync(join(root, 'b.yml'), 'utf8')).toBe('old');
  expect(readdirSync(root)).toHaveLength(3);
});
