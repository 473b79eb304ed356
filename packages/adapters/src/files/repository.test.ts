import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { folderWith, makePipe, workflow } from '../../test/folder.ts';
import { discover } from './discover.ts';
import { readTarget, type ReadRepository } from './repository.ts';

const uses = (path: string): string => `${workflow}      - uses: ${path}\n`;

function read(root: string, asked: readonly string[] = ['.'], stdin?: Uint8Array): ReadRepository {
  const { targets } = discover(asked, {
    cwd: root,
    ...(stdin ? { stdin, stdinFilename: '.github/workflows/a.yml' } : {}),
  });
  const [target] = targets;
  if (!target) throw new Error('nothing found');
  return readTarget(target, { cwd: root, maxFileSize: 1000 });
}

function paths(root: string, asked?: readonly string[]): string[] {
  return read(root, asked).input.files.map((file) => file.path);
}

describe('readTarget', () => {
  it('reads workflows and actions in code unit order, and nothing else', () => {
    const root = folderWith({
      '.github/workflows/b.yaml': workflow,
      '.github/workflows/a.yml': workflow,
      '.github/workflows/README.md': '',
      '.github/workflows/old/c.yml': workflow,
      'action.yml': '',
      '.github/actions/x/y/action.yaml': '',
      'packages/tool/action.yml': '',
      'node_modules/dep/action.yml': '',
      'a/b/c/d/e/f/action.yml': '',
      'a/b/c/d/e/f/g/action.yml': '',
      'nested/.github/workflows/n.yml': workflow,
      'nested/action.yml': '',
      'src/workflow.yml': '',
    });
    expect(paths(root)).toEqual([
      '.github/actions/x/y/action.yaml',
      '.github/workflows/a.yml',
      '.github/workflows/b.yaml',
      'a/b/c/d/e/f/action.yml',
      'action.yml',
      'packages/tool/action.yml',
    ]);
  });

  it('follows local uses to places where it does not look, also through actions', () => {
    const root = folderWith({
      '.github/workflows/a.yml': uses('./1/2/3/4/5/6/7'),
      '1/2/3/4/5/6/7/action.yml': 'runs: {steps: [{uses: "./1/2/3/4/5/6/7/8"}]}',
      '1/2/3/4/5/6/7/8/action.yaml': 'runs: {}',
    });
    expect(paths(root)).toContain('1/2/3/4/5/6/7/8/action.yaml');
  });

  it('never follows a path out of the repository', () => {
    const root = folderWith({
      'secret/action.yml': 'secret',
      'repo/.github/workflows/a.yml': uses('./../secret'),
    });
    symlinkSync('../secret', join(root, 'repo/link'));
    symlinkSync(join(root, 'secret/action.yml'), join(root, 'repo/.github/workflows/out.yml'));
    symlinkSync('a.yml', join(root, 'repo/.github/workflows/in.yml'));
    const { input } = read(root, ['repo']);
    expect(input.files.map((file) => file.path)).toEqual([
      'repo/.github/workflows/a.yml',
      'repo/.github/workflows/in.yml',
    ]);
    expect(input.unreadable).toEqual([
      {
        path: 'repo/.github/workflows/out.yml',
        reason: 'unreadable',
        detail: 'a symbolic link that leaves the repository is not followed',
      },
    ]);
  });

  it('has an entry for everything that cannot be read', () => {
    const root = folderWith({
      '.github/workflows/utf16.yml': Buffer.from('\ufeffon: push', 'utf16le'),
      '.github/workflows/large.yml': 'x'.repeat(1001),
      '.github/workflows/ok.yml': workflow,
      'sub/action.yml/x': '',
    });
    const flows = join(root, '.github/workflows');
    mkdirSync(join(flows, 'folder.yml'));
    symlinkSync('loop.yml', join(flows, 'loop.yml'));
    symlinkSync('gone', join(flows, 'dangling.yml'));
    makePipe(join(flows, 'pipe.yml'));
    const { input } = read(root);
    expect(input.files.map((file) => file.path)).toEqual(['.github/workflows/ok.yml']);
    expect(
      input.unreadable?.map(
        ({ path, reason }) => `${path.split('/').slice(-2).join('/')} ${reason}`,
      ),
    ).toEqual([
      'workflows/dangling.yml unreadable',
      'workflows/folder.yml not-a-file',
      'workflows/large.yml too-large',
      'workflows/loop.yml symlink-loop',
      'workflows/pipe.yml not-a-file',
      'workflows/utf16.yml not-utf8',
      'sub/action.yml not-a-file',
    ]);
  });

  it('refuses a workflows folder that is a link elsewhere', () => {
    const root = folderWith({
      'other/a.yml': workflow,
      'repo/.github/x': '',
      'repo/action.yml': '',
    });
    symlinkSync(join(root, 'other'), join(root, 'repo/.github/workflows'));
    const { input } = read(root, ['repo']);
    expect(input.files.map((file) => file.path)).toEqual(['repo/action.yml']);
    expect(input.unreadable).toMatchObject([
      { path: 'repo/.github/workflows', reason: 'unreadable' },
    ]);
  });

  it('reads the rest of the repository as context of a selected file', () => {
    const root = folderWith({
      '.github/workflows/a.yml': uses('./tool'),
      '.github/workflows/b.yml': workflow,
      'tool/action.yml': '',
      'other/action.yml': '',
    });
    const { input } = read(root, ['.github/workflows/a.yml']);
    expect(input.files.map((file) => file.path)).toEqual([
      '.github/workflows/a.yml',
      '.github/workflows/b.yml',
      'tool/action.yml',
    ]);
    expect(input.selected).toEqual(new Set(['.github/workflows/a.yml']));
  });

  it('puts the text of stdin in the place of the file', () => {
    const root = folderWith({ '.github/workflows/a.yml': workflow });
    const { input } = read(root, ['-'], Buffer.from('on: pull_request'));
    expect(input.files).toMatchObject([
      { path: '.github/workflows/a.yml', text: 'on: pull_request' },
    ]);
  });

  it('measures files when a rule asks for them, and only inside the repository', () => {
    const root = folderWith({
      'big.bin': 'x'.repeat(5000),
      'r/.github/workflows/a.yml': workflow,
      'r/in.bin': 'xx',
    });
    const { input } = read(root, ['r']);
    expect(input.sizes?.get('in.bin')).toBe(2);
    expect(input.sizes?.has('in.bin')).toBe(true);
    expect(input.sizes?.get('../big.bin')).toBeUndefined();
    expect(input.sizes?.get('nope')).toBeUndefined();
  });
});
