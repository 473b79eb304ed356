import { execFileSync } from 'node:child_process';

import { folderWith } from './folder.ts';

/** A checkout with one commit of the files, and a way to run git in it. */
export interface Checkout {
  readonly root: string;
  readonly git: (...args: readonly string[]) => string;
}

/** Makes a checkout whose branch is `main`; the commit is of 1 May 2020. */
export function checkoutWith(files: Readonly<Record<string, string>>): Checkout {
  const root = folderWith(files);
  const git = (...args: readonly string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: {
          PATH: process.env['PATH'],
          HOME: root,
          GIT_AUTHOR_DATE: '2020-05-01T10:00:00Z',
          GIT_COMMITTER_DATE: '2020-05-01T10:00:00Z',
        },
      },
    );
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message=first');
  return { root, git };
}
