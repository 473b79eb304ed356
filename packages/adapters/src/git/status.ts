import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ancestors } from '../files/layout.ts';
import { askGit } from './run.ts';

/** Whether a checkout has changes that are in no commit. */
export type TreeState =
  | { readonly kind: 'clean' }
  | { readonly kind: 'dirty'; readonly files: readonly string[] }
  /** There is no checkout, so nothing could be lost that was ever kept. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Asks git whether tracked files of the checkout around `root` are changed, or one of `paths`
 * (relative to `root`) is in no commit: both could not be brought back after a rewrite.
 */
export function treeState(root: string, paths: readonly string[]): TreeState {
  if (!ancestors(root).some((folder) => existsSync(join(folder, '.git')))) return { kind: 'none' };
  const extra = switchedOffFilters(root);
  const common = [
    '--literal-pathspecs',
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--ignore-submodules=all',
  ];
  const questions = [
    ['--untracked-files=no'],
    ...(paths.length > 0 ? [['--untracked-files=all', '--ignored=matching', '--', ...paths]] : []),
  ];
  const files = new Set<string>();
  for (const question of questions) {
    const answer = askGit(root, [...common, ...question], { extra, timeout: 60_000 });
    if (!answer.ok) return { kind: 'unknown', reason: answer.problem };
    for (const entry of answer.output.split('\0')) if (entry.length > 3) files.add(entry.slice(3));
  }
  return files.size === 0 ? { kind: 'clean' } : { kind: 'dirty', files: [...files] };
}

/**
 * ATTACKER: comparing files runs the `clean` programs that the repository's configuration names.
 * Listing the configuration runs nothing, and an empty command is none.
 */
export function switchedOffFilters(root: string): (readonly [string, string])[] {
  const listed = askGit(root, ['config', '--name-only', '-z', '--get-regexp', '^filter\\.']);
  if (!listed.ok) return [];
  const keys = listed.output.split('\0').filter(Boolean);
  const drivers = new Set(keys.map((key) => key.slice(0, key.lastIndexOf('.'))));
  return [...drivers].flatMap((driver): [string, string][] => [
    [`${driver}.clean`, ''],
    [`${driver}.smudge`, ''],
    [`${driver}.process`, ''],
    [`${driver}.required`, 'false'],
  ]);
}
