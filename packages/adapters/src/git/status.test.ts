import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { checkoutWith } from '../../test/checkout.ts';
import { folderWith } from '../../test/folder.ts';
import { treeState } from './status.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('treeState', () => {
  it('is clean after a commit, whatever else lies around', () => {
    const { root } = checkoutWith({ 'a.yml': '1' });
    writeFileSync(join(root, 'untracked.txt'), '');
    expect(treeState(root, ['a.yml'])).toEqual({ kind: 'clean' });
  });

  it('is dirty with a changed or staged file anywhere', () => {
    const { root, git } = checkoutWith({ 'a.yml': '1', 'b/c.txt': '1', 'd.txt': '1' });
    writeFileSync(join(root, 'b/c.txt'), '2');
    writeFileSync(join(root, 'd.txt'), '2');
    git('add', 'd.txt');
    expect(treeState(join(root, 'b'), [])).toEqual({ kind: 'dirty', files: ['b/c.txt', 'd.txt'] });
  });

  it('is dirty when a file to be written is in no commit, also when it is ignored', () => {
    const { root } = checkoutWith({ '.gitignore': 'ignored.yml\n', 'a.yml': '1' });
    writeFileSync(join(root, 'new [1].yml'), '');
    writeFileSync(join(root, 'ignored.yml'), '');
    expect(treeState(root, ['a.yml', 'new [1].yml'])).toEqual({
      kind: 'dirty',
      files: ['new [1].yml'],
    });
    expect(treeState(root, ['ignored.yml'])).toEqual({ kind: 'dirty', files: ['ignored.yml'] });
  });

  it('tells no checkout from one that git cannot read', () => {
    expect(treeState(folderWith(), [])).toEqual({ kind: 'none' });
    expect(treeState(folderWith({ '.git': 'gitdir: /nowhere' }), [])).toMatchObject({
      kind: 'unknown',
    });
  });

  it('sees the same tree when a hook has set variables of git', () => {
    const { root } = checkoutWith({ 'a.yml': '1' });
    vi.stubEnv('GIT_DIR', '/nowhere');
    vi.stubEnv('GIT_INDEX_FILE', '/nowhere');
    expect(treeState(root, ['a.yml'])).toEqual({ kind: 'clean' });
    vi.unstubAllEnvs();
  });
});
