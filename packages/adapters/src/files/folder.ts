import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';

import { compareText, isInside } from './display.ts';
import { describeFailure, type ReadFailure } from './failure.ts';

/** What stands under a path once links are followed, or why it is refused. */
export type Resolved =
  | { readonly kind: 'file' | 'folder' | 'other'; readonly path: string }
  | { readonly kind: 'absent' }
  | ({ readonly kind: 'refused' } & ReadFailure);

/**
 * Follows links, but never out of `realRoot`.
 * ATTACKER: a checkout may hold a link to any file of the machine; what it says would be quoted in
 * the report.
 */
export function resolveInside(realRoot: string, path: string): Resolved {
  let real: string;
  try {
    real = realpathSync(path);
  } catch (error) {
    const failure = describeFailure(error);
    return failure.missing ? { kind: 'absent' } : { kind: 'refused', ...failure };
  }
  if (!isInside(realRoot, real)) {
    return {
      kind: 'refused',
      reason: 'unreadable',
      detail: 'a symbolic link that leaves the repository is not followed',
    };
  }
  try {
    const stat = statSync(real);
    if (stat.isFile()) return { kind: 'file', path: real };
    return { kind: stat.isDirectory() ? 'folder' : 'other', path: real };
  } catch (error) {
    return { kind: 'refused', ...describeFailure(error) };
  }
}

/** The entries of a folder in code unit order, or why they could not be listed. */
export interface Listing {
  readonly entries: readonly Dirent[];
  readonly failure?: ReadFailure;
}

/** Lists a folder. Never throws. */
export function listFolder(path: string): Listing {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return { entries: entries.toSorted((a, b) => compareText(a.name, b.name)) };
  } catch (error) {
    return { entries: [], failure: describeFailure(error) };
  }
}

/** Whether a folder of that name stands in `parent`, links followed. */
export function hasFolder(parent: string, name: string): boolean {
  return statOrUndefined(join(parent, name))?.isDirectory() ?? false;
}

/** Whether anything of that name stands in `parent`. */
export function hasEntry(parent: string, name: string): boolean {
  return statOrUndefined(join(parent, name)) !== undefined;
}

/** What `stat` says; undefined when it says nothing. */
export function statOrUndefined(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
