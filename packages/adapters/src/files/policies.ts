import { realpathSync } from 'node:fs';
import { join } from 'node:path';

import { isTerraformPath, type SourceFile, type UnreadableFile } from '@sallyport/core';

import { compareText, displayPath, slashes } from './display.ts';
import { listFolder, resolveInside } from './folder.ts';
import { isSkippedFolder, workflowsFolder } from './layout.ts';
import { defaultMaxFileSize, isUnreadable, readSourceFile } from './read.ts';
import type { SearchNote } from './target.ts';

/** How policy files are looked for. */
export interface PolicySearch {
  /** The folder that shown paths are relative to. */
  readonly cwd: string;
  /** In bytes; checked before anything is read. */
  readonly maxFileSize?: number;
}

/** Files of a folder that speak of roles, providers or policies. */
export interface FoundPolicies {
  readonly files: readonly SourceFile[];
  /** Files that could hold some, but could not be read. */
  readonly unreadable: readonly UnreadableFile[];
  /** Folders that were not searched. */
  readonly notes: readonly SearchNote[];
}

/** A tree larger than this is no repository. */
const maxFolders = 20_000;
/** Files that are opened to look for a word of policies. */
const maxCandidates = 50_000;
const maxDepth = 16;

/** Folders besides node_modules and .git that hold other people's code, or copies. */
const skipped: ReadonlySet<string> = new Set([
  'vendor',
  '.terraform',
  '.aws-sam',
  '.serverless',
  '.venv',
]);

/** What a policy file says somewhere; whoever reads it decides what it is. */
const words =
  /AssumeRolePolicyDocument|assume_role_policy|AssumeRoleWithWebIdentity|RoleDetailList|openIdConnect|OpenIDConnect|aws_iam_|AWS::IAM::|AWS::Serverless::Function|PolicyVersion/;

/**
 * Finds the files below a folder that say something of roles, providers or policies: by their name
 * first, then by a word in them. Terraform files come with the others of their folder, because they are
 * one module. Workflows are left out. Never throws; links are followed inside the folder only.
 */
export function findPolicyFiles(
  root: string,
  { cwd, maxFileSize = defaultMaxFileSize }: PolicySearch,
): FoundPolicies {
  const search = new Search(root, cwd, maxFileSize);
  search.run();
  return search.result();
}

/** Whether there is anything of roles below a folder, readable or not. */
export function holdsPolicies(root: string, cwd: string): boolean {
  const { files, unreadable } = findPolicyFiles(root, { cwd });
  return files.length + unreadable.length > 0;
}

class Search {
  readonly #root: string;
  readonly #realRoot: string;
  readonly #cwd: string;
  readonly #maxFileSize: number;
  readonly #files: SourceFile[] = [];
  readonly #unreadable: UnreadableFile[] = [];
  readonly #notes: SearchNote[] = [];
  #opened = 0;

  constructor(root: string, cwd: string, maxFileSize: number) {
    this.#root = root;
    this.#cwd = cwd;
    this.#maxFileSize = maxFileSize;
    this.#realRoot = realPathOr(root);
  }

  run(): void {
    const queue = [{ folder: this.#root, depth: 0 }];
    let visited = 0;
    for (let visit = queue.pop(); visit; visit = queue.pop()) {
      visited += 1;
      if (visited > maxFolders) {
        this.#note(this.#root, `the search for policies ended after ${maxFolders} folders`);
        return;
      }
      const { folder, depth } = visit;
      const { entries, failure } = listFolder(folder);
      if (failure) this.#note(folder, `not searched: ${failure.detail}`);
      const folders = entries.filter(
        (one) => one.isDirectory() && !isSkippedFolder(one.name) && !skipped.has(one.name),
      );
      for (const child of folders.toReversed()) {
        const path = join(folder, child.name);
        if (path === join(this.#root, workflowsFolder)) continue;
        if (depth < maxDepth) queue.push({ folder: path, depth: depth + 1 });
        else this.#note(path, 'not searched: it lies too deep');
      }
      const files = entries
        .filter((one) => !one.isDirectory())
        .map(({ name }) => join(folder, name));
      this.#look(files.filter((path) => isCandidate(path)));
    }
  }

  result(): FoundPolicies {
    return {
      files: this.#files.toSorted((a, b) => compareText(a.path, b.path)),
      unreadable: this.#unreadable.toSorted((a, b) => compareText(a.path, b.path)),
      notes: this.#notes,
    };
  }

  #look(paths: readonly string[]): void {
    const terraform: SourceFile[] = [];
    for (const path of paths) {
      this.#opened += 1;
      if (this.#opened > maxCandidates) {
        if (this.#opened === maxCandidates + 1)
          this.#note(path, `files after the first ${maxCandidates} were not opened`);
        return;
      }
      const file = this.#read(path);
      if (!file) continue;
      if (isTerraformPath(path)) terraform.push(file);
      else if (words.test(file.text)) this.#files.push(file);
    }
    // A local value that a trust policy needs may stand in a file without any such word.
    if (
      terraform.some(
        ({ text }) => words.test(text) || /^\s*module\s/m.test(text) || text.includes('"module"'),
      )
    ) {
      this.#files.push(...terraform);
    }
  }

  #read(path: string): SourceFile | undefined {
    const shown = slashes(displayPath(this.#cwd, path));
    const resolved = resolveInside(this.#realRoot, path);
    if (resolved.kind === 'folder' || resolved.kind === 'absent') return undefined;
    if (resolved.kind !== 'file') {
      const detail = resolved.kind === 'refused' ? resolved.detail : 'it is no regular file';
      const reason = resolved.kind === 'refused' ? resolved.reason : 'not-a-file';
      this.#unreadable.push({ path: shown, reason, detail });
      return undefined;
    }
    const read = readSourceFile(path, shown, this.#maxFileSize);
    if (!isUnreadable(read)) return read;
    this.#unreadable.push(read);
    return undefined;
  }

  #note(path: string, reason: string): void {
    this.#notes.push({ path: displayPath(this.#cwd, path), reason });
  }
}

/** Files of tools that hold no policies and can be large. */
const tooling = /(?:^|[/\\])(?:package(?:-lock)?|tsconfig[\w.-]*|composer|deno|renovate)\.json$/;

function isCandidate(path: string): boolean {
  if (tooling.test(path)) return false;
  return isTerraformPath(path) || /\.(?:json|ya?ml|template)$/i.test(path);
}

function realPathOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Nothing lies inside a root that does not resolve: every file is refused, with its reason.
    return path;
  }
}
