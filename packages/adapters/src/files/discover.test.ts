import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { folderWith, workflow } from '../../test/folder.ts';
import { discover, type DiscoverOptions } from './discover.ts';
import type { Target } from './target.ts';

const flow = '.github/workflows/a.yml';

/** Targets in a few words: a repository's prefix and the files asked for, or a file's name. */
function words(targets: readonly Target[]): string[] {
  return targets.map((target) => {
    if (target.kind === 'file') return `file ${target.name}`;
    const only = target.only
      ? ` only ${[...target.only].map((path) => path.slice(target.root.length + 1)).join(' ')}`
      : '';
    return `${target.prefix || './'}${only}`;
  });
}

function find(
  cwd: string,
  paths: readonly string[],
  options: Partial<DiscoverOptions> = {},
): string[] {
  return words(discover(paths, { cwd, ...options }).targets);
}

describe('discover', () => {
  it('takes the repository around the current folder when no path is given', () => {
    const root = folderWith({ [flow]: workflow, 'src/deep/x': '' });
    expect(find(join(root, 'src/deep'), [])).toEqual(['../../']);
    expect(find(root, [])).toEqual(['./']);
  });

  it('finds nothing when the current folder is in no repository', () => {
    const root = folderWith({ '.git/HEAD': '', 'deploy.yml': workflow });
    expect(discover([], { cwd: root })).toMatchObject({
      targets: [],
      empty: [{ path: '.', looseFiles: ['deploy.yml'] }],
    });
  });

  it('takes a repository, an action, and the .github folder for the repository', () => {
    const root = folderWith({ [`shop/${flow}`]: workflow, 'tool/action.yaml': '' });
    expect(find(root, ['tool', 'shop'])).toEqual(['shop/', 'tool/']);
    expect(find(root, ['shop/.github'])).toEqual(['shop/']);
    expect(find(root, ['shop/.github/workflows/'])).toEqual(['shop/']);
  });

  it('finds repositories below a folder, at any depth, in code unit order', () => {
    const root = folderWith({
      [`b/${flow}`]: workflow,
      [`B/${flow}`]: workflow,
      [`a/x/y/${flow}`]: workflow,
      'c/.git/HEAD': '',
      'c/action.yml': '',
      [`node_modules/d/${flow}`]: workflow,
      'plain/deploy.yml': workflow,
    });
    expect(find(root, ['.'])).toEqual(['B/', 'a/x/y/', 'b/', 'c/']);
  });

  it('takes a repository inside a folder of workflows for one of its own', () => {
    const root = folderWith({
      [flow]: workflow,
      [`nested/${flow}`]: workflow,
      'nested2/action.yml': '',
    });
    expect(find(root, ['.'])).toEqual(['./', 'nested/']);
  });

  it('leaves out what lies in a checkout, unless it is one itself, and says so', () => {
    const root = folderWith({
      '.git/HEAD': '',
      [flow]: workflow,
      [`test/data/${flow}`]: workflow,
      'vendor/.git': 'gitdir: elsewhere',
      [`vendor/${flow}`]: workflow,
    });
    const found = discover(['.'], { cwd: root });
    expect(words(found.targets)).toEqual(['./', 'vendor/']);
    expect(found.notes).toEqual([
      {
        path: 'test/data',
        reason: expect.stringContaining('GitHub does not run these') as unknown,
      },
    ]);
    expect(find(root, ['test/data'])).toEqual(['test/data/']);
  });

  it('does not walk in circles', () => {
    const root = folderWith({ [`a/${flow}`]: workflow });
    symlinkSync('..', join(root, 'a/up'));
    symlinkSync(root, join(root, 'a/top'));
    expect(find(root, ['.'])).toEqual(['a/']);
  });

  it('selects single files inside their repository, and lets others stand alone', () => {
    const root = folderWith({
      [`shop/${flow}`]: workflow,
      'shop/.github/workflows/b.yml': workflow,
      'shop/.github/actions/x/action.yml': '',
      'shop/examples/c.yml': workflow,
    });
    const paths = [
      'shop/.github/workflows/b.yml',
      'shop/examples/c.yml',
      'shop/.github/actions/x/action.yml',
    ];
    expect(find(root, paths)).toEqual([
      'shop/ only .github/workflows/b.yml .github/actions/x/action.yml',
      'file shop/examples/c.yml',
    ]);
    expect(find(root, [...paths, 'shop'])).toContain('shop/');
  });

  it('reads stdin as a file alone, or in the place of the one it is named after', () => {
    const root = folderWith({ [flow]: workflow });
    const stdin = Buffer.from(workflow);
    expect(find(root, ['-'], { stdin })).toEqual(['file <stdin>']);
    expect(find(root, ['-'], { stdin, stdinFilename: 'x/deploy.yml' })).toEqual([
      'file x/deploy.yml',
    ]);
    expect(find(root, ['-'], { stdin, stdinFilename: '.github/workflows/new.yml' })).toEqual([
      './ only .github/workflows/new.yml',
    ]);
  });

  it('does not depend on order or repetition of the paths', () => {
    const root = folderWith({ [`a/${flow}`]: workflow, [`b/${flow}`]: workflow });
    expect(find(root, ['b', 'a', 'b', './a'])).toEqual(['a/', 'b/']);
  });

  it('refuses a path that does not exist, before anything is examined', () => {
    const root = folderWith({ [flow]: workflow });
    expect(() => discover(['.', 'nope'], { cwd: root })).toThrowError(
      expect.objectContaining({ code: 'PATH_NOT_FOUND', args: { path: 'nope' } }) as Error,
    );
  });

  it('names paths below which there is nothing', () => {
    const root = folderWith({ [`a/${flow}`]: workflow, 'b/x.yml': '', 'b/y.yaml': '' });
    mkdirSync(join(root, 'c'));
    expect(discover(['a', 'b', 'c'], { cwd: root }).empty).toEqual([
      { path: 'b', looseFiles: ['x.yml', 'y.yaml'] },
      { path: 'c', looseFiles: [] },
    ]);
  });
});
