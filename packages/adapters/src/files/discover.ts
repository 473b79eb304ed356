import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

import { SallyportError } from '@sallyport/core';

import { compareText, displayPath, displayPrefix } from './display.ts';
import { errorCode, failureText } from './failure.ts';
import { listFolder } from './folder.ts';
import { currentRepository, isRepository, isYamlName, repositoryAround } from './layout.ts';
import { holdsPolicies } from './policies.ts';
import type {
  Discovery,
  EmptyPath,
  FileTarget,
  RepositoryTarget,
  SearchNote,
  Target,
} from './target.ts';
import { findRepositories } from './walk.ts';

/** Where to look, and what stands on standard input. */
export interface DiscoverOptions {
  /** The folder that paths are relative to. */
  readonly cwd: string;
  /** What `-` stands for; read by the caller, within the size limit. */
  readonly stdin?: Uint8Array;
  /** The path that the file on standard input would have. */
  readonly stdinFilename?: string;
}

interface Found {
  readonly repositories: Map<string, Set<string> | 'all'>;
  readonly instead: Map<string, Uint8Array>;
  readonly files: Map<string, FileTarget>;
  readonly empty: EmptyPath[];
  readonly notes: SearchNote[];
}

/**
 * Finds what the paths stand for: a repository, a folder of repositories, single files, `-`; the
 * current repository when there are none. Reads no workflow yet.
 * @throws SallyportError `PATH_NOT_FOUND`, `PATH_UNREADABLE`, `USAGE`
 */
export function discover(paths: readonly string[], options: DiscoverOptions): Discovery {
  const found: Found = {
    repositories: new Map(),
    instead: new Map(),
    files: new Map(),
    empty: [],
    notes: [],
  };
  if (paths.length === 0) addCurrent(found, options);
  for (const path of new Set(paths)) {
    if (path === '-') addStdin(found, options);
    else addPath(found, path, options);
  }
  return { targets: targetsOf(found, options.cwd), empty: found.empty, notes: found.notes };
}

function addCurrent(found: Found, { cwd }: DiscoverOptions): void {
  // A folder of templates need not be a repository.
  const root = currentRepository(cwd) ?? (holdsPolicies(cwd, cwd) ? cwd : undefined);
  if (root !== undefined && (isRepository(root) || holdsPolicies(root, cwd)))
    found.repositories.set(root, 'all');
  else
    found.empty.push({
      path: root === undefined ? '.' : displayPath(cwd, root),
      looseFiles: looseFiles(cwd),
    });
}

function addPath(found: Found, given: string, { cwd }: DiscoverOptions): void {
  const path = resolve(cwd, given);
  if (!isFolder(path, given)) {
    addFile(found, path, cwd);
    return;
  }
  const around = githubFolder(path);
  const search = around === undefined ? findRepositories(path, cwd) : undefined;
  const roots = search?.found ?? (around !== undefined && isRepository(around) ? [around] : []);
  for (const root of roots) found.repositories.set(root, 'all');
  found.notes.push(...(search?.notes ?? []));
  // A folder of templates, without a workflow.
  if (roots.length === 0 && holdsPolicies(path, cwd)) found.repositories.set(path, 'all');
  else if (roots.length === 0) found.empty.push({ path: given, looseFiles: looseFiles(path) });
}

/** `.github` and `.github/workflows` stand for the repository that they belong to. */
function githubFolder(path: string): string | undefined {
  if (basename(path) === '.github') return dirname(path);
  return basename(path) === 'workflows' && basename(dirname(path)) === '.github'
    ? dirname(dirname(path))
    : undefined;
}

function addFile(found: Found, path: string, cwd: string): void {
  const root = repositoryAround(path);
  if (root === undefined) {
    found.files.set(path, { kind: 'file', name: displayPath(cwd, path), path });
    return;
  }
  const known = found.repositories.get(root);
  if (known === 'all') return;
  found.repositories.set(root, (known ?? new Set<string>()).add(path));
}

function addStdin(found: Found, { cwd, stdin, stdinFilename }: DiscoverOptions): void {
  const bytes = stdin ?? new Uint8Array();
  if (stdinFilename === undefined) {
    found.files.set('-', { kind: 'file', name: '<stdin>', bytes });
    return;
  }
  const path = resolve(cwd, stdinFilename);
  const root = repositoryAround(path);
  // The text replaces the file of that name, so that an editor's unsaved buffer is seen in its repository.
  if (root === undefined || !isRepository(root)) {
    found.files.set('-', { kind: 'file', name: displayPath(cwd, path), bytes });
    return;
  }
  found.instead.set(path, bytes);
  addFile(found, path, cwd);
}

function targetsOf({ repositories, instead, files }: Found, cwd: string): Target[] {
  const targets: Target[] = [...files.values()];
  for (const [root, only] of repositories) {
    const target: RepositoryTarget = {
      kind: 'repository',
      root,
      name: basename(root),
      prefix: displayPrefix(cwd, root),
    };
    targets.push({
      ...target,
      ...(only === 'all' ? {} : { only }),
      ...(instead.size > 0 ? { instead } : {}),
    });
  }
  return targets.toSorted((a, b) => compareText(place(a), place(b)));
}

/** INVARIANT: the order of the report does not depend on the order of the arguments. */
function place(target: Target): string {
  return target.kind === 'repository' ? target.prefix : target.name;
}

function looseFiles(folder: string): string[] {
  return listFolder(folder)
    .entries.filter((entry) => entry.isFile() && isYamlName(entry.name))
    .slice(0, 3)
    .map((entry) => entry.name);
}

function isFolder(path: string, given: string): boolean {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat) return stat.isDirectory();
  } catch (error) {
    // A link that leads back to itself is no folder; reading it says so in the report.
    if (errorCode(error) === 'ELOOP') return false;
    throw new SallyportError(
      'PATH_UNREADABLE',
      { path: given, problem: failureText(error) },
      error,
    );
  }
  throw new SallyportError('PATH_NOT_FOUND', { path: given });
}
