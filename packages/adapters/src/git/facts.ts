import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { GitFacts } from '@sallyport/core';

import { askGit } from './run.ts';

/** What git says of a repository, or why nothing is known. */
export type GitAnswers = { readonly facts: GitFacts } | { readonly reason: string };

/** Asks git about branches and the workflows on the default branch. Runs no program but git. */
export function gitFacts(root: string): GitAnswers {
  if (!existsSync(join(root, '.git')))
    return { reason: 'the folder is not the top of a git checkout' };
  const head = askGit(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const defaultRef = findDefaultRef(root);
  if (!head.ok && !defaultRef) {
    const alive = askGit(root, ['rev-parse', '--git-dir']);
    return { reason: alive.ok ? 'no default branch is known to git' : advise(alive.problem) };
  }
  const onDefaultBranch = defaultRef && workflowsOn(root, defaultRef.ref);
  return {
    facts: {
      ...(head.ok ? { currentBranch: head.output.trim() } : {}),
      ...(defaultRef ? { defaultBranch: defaultRef.branch } : {}),
      ...(onDefaultBranch ? { onDefaultBranch } : {}),
    },
  };
}

/** Facts that are asked for at the first look; `say` hears once why there are none. */
export function lazyGitFacts(
  root: string,
  say: (reason: string) => void,
): () => GitFacts | undefined {
  let answers: GitAnswers | undefined;
  return () => {
    if (!answers) {
      answers = gitFacts(root);
      if ('reason' in answers) say(answers.reason);
    }
    return 'facts' in answers ? answers.facts : undefined;
  };
}

interface DefaultRef {
  readonly branch: string;
  readonly ref: string;
}

/** What the remote says, else the configured or usual name among the branches that exist. */
function findDefaultRef(root: string): DefaultRef | undefined {
  const remote = askGit(root, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD']);
  const prefix = 'refs/remotes/origin/';
  if (remote.ok && remote.output.startsWith(prefix)) {
    const branch = remote.output.trim().slice(prefix.length);
    if (exists(root, prefix + branch)) return { branch, ref: prefix + branch };
  }
  const configured = askGit(root, ['config', '--get', 'init.defaultBranch']);
  const names = [...(configured.ok ? [configured.output.trim()] : []), 'main', 'master'];
  for (const branch of names) {
    for (const ref of [prefix + branch, `refs/heads/${branch}`]) {
      if (isPlainName(branch) && exists(root, ref)) return { branch, ref };
    }
  }
  return undefined;
}

function exists(root: string, ref: string): boolean {
  return askGit(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]).ok;
}

/** ATTACKER: the name comes from a configuration file and becomes an argument. */
function isPlainName(branch: string): boolean {
  return /^[\w][\w./-]*$/.test(branch);
}

function workflowsOn(root: string, ref: string): ReadonlySet<string> | undefined {
  const tree = askGit(root, [
    'ls-tree',
    '-z',
    '--name-only',
    '--full-tree',
    ref,
    '.github/workflows/',
  ]);
  return tree.ok ? new Set(tree.output.split('\0').filter((path) => path !== '')) : undefined;
}

function advise(problem: string): string {
  return problem.includes('dubious ownership')
    ? 'git refuses the checkout because it belongs to another user (see safe.directory in git help config)'
    : problem;
}
