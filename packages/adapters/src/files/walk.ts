import { join } from 'node:path';

import { displayPath } from './display.ts';
import { listFolder, type Listing } from './folder.ts';
import { actionNames, holdsWorkflows, isSkippedFolder } from './layout.ts';
import type { SearchNote } from './target.ts';

/** How deep below a named folder repositories are looked for. */
const maxRepositoryDepth = 8;
/** How deep below a repository's top its actions are looked for. */
const maxActionDepth = 6;
/** A folder tree larger than this is no fleet of checkouts but a whole disk. */
const maxFolders = 200_000;

/** What a walk found: absolute paths. */
export interface Walk {
  readonly found: readonly string[];
  readonly notes: readonly SearchNote[];
}

interface Visit {
  readonly folder: string;
  readonly depth: number;
  /** What this folder lies in: nothing known, a repository, or a repository that is a checkout. */
  readonly inside: 'nothing' | 'repository' | 'checkout';
}

/**
 * The repositories below a folder, itself included. Links to folders are not followed: what they lead
 * to inside the folder is met there anyway. Inside a checkout only other checkouts (submodules,
 * clones) are repositories: GitHub runs nothing of a `.github` folder further down.
 */
export function findRepositories(start: string, cwd: string): Walk {
  const found: string[] = [];
  const notes: SearchNote[] = [];
  const content: string[] = [];
  const queue: Visit[] = [{ folder: start, depth: 0, inside: 'nothing' }];
  let visited = 0;
  for (let visit = queue.pop(); visit; visit = queue.pop()) {
    visited += 1;
    if (visited > maxFolders) {
      notes.push({
        path: displayPath(cwd, start),
        reason: `the search ended after ${maxFolders} folders`,
      });
      break;
    }
    const { folder, depth } = visit;
    let { inside } = visit;
    const listing = listFolder(folder);
    noteFailure(listing, folder, cwd, notes);
    const { workflows, checkout, action } = look(folder, listing);
    const counts = inside !== 'checkout' || checkout;
    if (counts && (workflows || (action && (checkout || inside === 'nothing')))) {
      found.push(folder);
      inside = checkout ? 'checkout' : 'repository';
    } else if (workflows) content.push(folder);
    if (depth >= maxRepositoryDepth) continue;
    for (const child of childFolders(folder, listing).toReversed()) {
      queue.push({ folder: child, depth: depth + 1, inside });
    }
  }
  if (content.length > 0) notes.push(contentNote(content, cwd));
  return { found, notes };
}

/** The action files of a repository, those of repositories inside it left out. */
export function findActions(root: string, cwd: string): Walk {
  const found: string[] = [];
  const notes: SearchNote[] = [];
  const visit = (folder: string, depth: number): void => {
    const listing = listFolder(folder);
    noteFailure(listing, folder, cwd, notes);
    const { workflows, checkout } = look(folder, listing);
    if (depth > 0 && (workflows || checkout)) return;
    for (const entry of listing.entries) {
      if (actionNames.includes(entry.name)) found.push(join(folder, entry.name));
      else if (entry.isDirectory() && depth < maxActionDepth && !isSkippedFolder(entry.name)) {
        visit(join(folder, entry.name), depth + 1);
      }
    }
  };
  visit(root, 0);
  return { found, notes };
}

/** What the names in a folder say about it. */
function look(
  folder: string,
  { entries }: Listing,
): { workflows: boolean; checkout: boolean; action: boolean } {
  const names = entries.map((entry) => entry.name);
  return {
    workflows: names.includes('.github') && holdsWorkflows(folder),
    checkout: names.includes('.git'),
    action: actionNames.some((name) => names.includes(name)),
  };
}

function childFolders(folder: string, { entries }: Listing): string[] {
  return entries
    .filter(
      (entry) => entry.isDirectory() && !isSkippedFolder(entry.name) && entry.name !== '.github',
    )
    .map((entry) => join(folder, entry.name));
}

function noteFailure(listing: Listing, folder: string, cwd: string, notes: SearchNote[]): void {
  if (!listing.failure) return;
  notes.push({ path: displayPath(cwd, folder), reason: `not searched: ${listing.failure.detail}` });
}

function contentNote(content: readonly string[], cwd: string): SearchNote {
  const first = content.slice(0, 3).map((folder) => displayPath(cwd, folder));
  const more = content.length > first.length ? ', ...' : '';
  return {
    path: first.join(', ') + more,
    reason: `${content.length} folders inside a checkout hold .github/workflows of their own; GitHub does not run these: name them to examine them`,
  };
}
