import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { RepositoryInput, SourceFile } from '@sallyport/core';

import { compareText, slashes } from './display.ts';
import type { ReadFailure } from './failure.ts';
import { listFolder, resolveInside } from './folder.ts';
import { actionNames, isYamlName, workflowsFolder } from './layout.ts';
import { localUses } from './local-uses.ts';
import { isUnreadable, readSourceFile, sourceFromBytes, type ReadFile } from './read.ts';
import { FileSizes } from './sizes.ts';
import type { FileTarget, RepositoryTarget, SearchNote, Target } from './target.ts';
import { findActions } from './walk.ts';

/** How files are read. */
export interface ReadOptions {
  readonly cwd: string;
  /** In bytes; checked before anything is read. */
  readonly maxFileSize: number;
}

/** One repository's files, and what was left out. */
export interface ReadRepository {
  readonly input: RepositoryInput;
  readonly notes: readonly SearchNote[];
}

/** Reads what a target stands for. Never throws: what cannot be read is an entry of `unreadable`. */
export function readTarget(target: Target, options: ReadOptions): ReadRepository {
  return target.kind === 'file'
    ? readLoneFile(target, options)
    : new RepositoryReader(target, options).read();
}

function readLoneFile(
  { name, path, bytes }: FileTarget,
  { maxFileSize }: ReadOptions,
): ReadRepository {
  const read =
    path === undefined
      ? sourceFromBytes(bytes ?? new Uint8Array(), name, maxFileSize)
      : readSourceFile(path, name, maxFileSize);
  const parts = isUnreadable(read) ? { files: [], unreadable: [read] } : { files: [read] };
  return { input: { name, prefix: '', ...parts }, notes: [] };
}

class RepositoryReader {
  readonly #target: RepositoryTarget;
  readonly #options: ReadOptions;
  readonly #realRoot: string;
  /** By absolute path, so that no file is read twice. */
  readonly #read = new Map<string, ReadFile>();
  readonly #notes: SearchNote[] = [];

  constructor(target: RepositoryTarget, options: ReadOptions) {
    this.#target = target;
    this.#options = options;
    this.#realRoot = realPathOr(target.root);
  }

  read(): ReadRepository {
    const { root, name, prefix, only, instead } = this.#target;
    this.#readWorkflows();
    if (only) this.#readNamed(only);
    else this.#readActions();
    for (const path of instead?.keys() ?? []) this.#add(path);
    this.#followLocalUses();
    const all = [...this.#read.values()].toSorted((a, b) => compareText(a.path, b.path));
    const files = all.filter((file): file is SourceFile => !isUnreadable(file));
    const selected = only && new Set([...only].map((path) => this.#shown(path)));
    const input: RepositoryInput = {
      name,
      prefix,
      files,
      unreadable: all.filter(isUnreadable),
      ...(selected ? { selected } : {}),
      sizes: new FileSizes(root, this.#realRoot),
    };
    return { input, notes: this.#notes };
  }

  #readWorkflows(): void {
    const folder = join(this.#target.root, workflowsFolder);
    const resolved = resolveInside(this.#realRoot, folder);
    if (resolved.kind === 'absent') return;
    if (resolved.kind === 'refused') this.#refuse(folder, resolved);
    else if (resolved.kind !== 'folder')
      this.#refuse(folder, { reason: 'not-a-file', detail: 'it is no folder' });
    else {
      const { entries, failure } = listFolder(folder);
      if (failure) this.#refuse(folder, failure);
      for (const entry of entries) {
        if (!isYamlName(entry.name)) continue;
        const path = join(folder, entry.name);
        if (entry.isSymbolicLink()) this.#addLinked(path);
        else this.#add(path);
      }
    }
  }

  #readActions(): void {
    const { found, notes } = findActions(this.#target.root, this.#options.cwd);
    this.#notes.push(...notes);
    for (const path of found) this.#addLinked(path);
  }

  #readNamed(only: ReadonlySet<string>): void {
    // Someone named these files, so a link may lead anywhere; the size limit still holds.
    for (const path of only) this.#add(path);
    for (const name of actionNames) {
      const path = join(this.#target.root, name);
      if (resolveInside(this.#realRoot, path).kind !== 'absent') this.#addLinked(path);
    }
  }

  /** Actions at places where nobody looks for them, but that a step names. */
  #followLocalUses(): void {
    const asked = new Set<string>();
    // Actions name other actions, so the list of files grows while it is walked.
    for (const file of this.#read.values()) {
      if (isUnreadable(file)) continue;
      for (const folder of localUses(file.text)) {
        if (asked.has(folder)) continue;
        asked.add(folder);
        this.#addActionIn(join(this.#target.root, folder));
      }
    }
  }

  #addActionIn(folder: string): void {
    if (/\.ya?ml$/.test(folder)) return;
    for (const name of actionNames) {
      const path = join(folder, name);
      if (this.#read.has(path)) return;
      if (resolveInside(this.#realRoot, path).kind === 'absent') continue;
      this.#addLinked(path);
      return;
    }
  }

  #add(path: string): void {
    if (this.#read.has(path)) return;
    const { maxFileSize } = this.#options;
    const bytes = this.#target.instead?.get(path);
    const shown = this.#shown(path);
    this.#read.set(
      path,
      bytes ? sourceFromBytes(bytes, shown, maxFileSize) : readSourceFile(path, shown, maxFileSize),
    );
  }

  /** Adds a file that is, or lies behind, a link. */
  #addLinked(path: string): void {
    if (this.#read.has(path)) return;
    const resolved = resolveInside(this.#realRoot, path);
    if (resolved.kind === 'refused') this.#refuse(path, resolved);
    else if (resolved.kind === 'absent')
      this.#refuse(path, { reason: 'unreadable', detail: 'a symbolic link to nothing' });
    else this.#add(path);
  }

  #refuse(path: string, why: ReadFailure): void {
    this.#read.set(path, { path: this.#shown(path), reason: why.reason, detail: why.detail });
  }

  #shown(path: string): string {
    return this.#target.prefix + slashes(relative(this.#target.root, path));
  }
}

function realPathOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Nothing lies inside a root that does not resolve: every file will be refused, with its reason.
    return path;
  }
}
