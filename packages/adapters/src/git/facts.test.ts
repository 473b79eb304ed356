import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { checkoutWith } from '../../test/checkout.ts';
import { folderWith } from '../../test/folder.ts';
import { gitFacts, lazyGitFacts } from './facts.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const flow = '.github/workflows/a.yml';

describe('gitFacts', () => {
  it('names the branches and the workflows on the default branch', () => {
    const { root, git } = checkoutWith({ [flow]: 'on: push', 'other.txt': '' });
    git('switch', '--quiet', '--create', 'topic');
    expect(gitFacts(root)).toEqual({
      facts: { currentBranch: 'topic', defaultBranch: 'main', onDefaultBranch: new Set([flow]) },
    });
  });

  it('believes the remote before any usual name', () => {
    const { root, git } = checkoutWith({ [flow]: '' });
    git('branch', 'trunk');
    git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    git('rm', '--quiet', flow);
    git('commit', '--quiet', '--message=second');
    expect(gitFacts(root)).toMatchObject({
      facts: { currentBranch: 'main', defaultBranch: 'trunk', onDefaultBranch: new Set([flow]) },
    });
  });

  it('knows no default branch when none has a usual name', () => {
    const { root, git } = checkoutWith({ [flow]: '' });
    git('branch', '--move', 'odd');
    expect(gitFacts(root)).toEqual({ facts: { currentBranch: 'odd' } });
  });

  it('says why it knows nothing', () => {
    expect(gitFacts(folderWith({ [flow]: '' }))).toEqual({
      reason: 'the folder is not the top of a git checkout',
    });
    const broken = folderWith({ '.git': 'gitdir: /nowhere' });
    expect(gitFacts(broken)).toEqual({
      reason: expect.stringContaining('not a git repository') as unknown,
    });
    vi.stubEnv('PATH', join(broken, 'no-programs-here'));
    expect(gitFacts(checkoutFolder())).toEqual({ reason: 'git is not installed' });
    vi.unstubAllEnvs();
  });

  it('asks only once, and only when someone looks', () => {
    const said: string[] = [];
    const facts = lazyGitFacts(folderWith(), (reason) => said.push(reason));
    expect(said).toEqual([]);
    expect([facts(), facts()]).toEqual([undefined, undefined]);
    expect(said).toHaveLength(1);
  });
});

function checkoutFolder(): string {
  return folderWith({ '.git/HEAD': 'ref: refs/heads/main' });
}
