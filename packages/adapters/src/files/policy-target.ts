import { dirname, join } from 'node:path';

import {
  isTerraformPath,
  type RepositoryInput,
  type SourceFile,
  type UnreadableFile,
} from '@sallyport/core';

import { displayPath, slashes } from './display.ts';
import { listFolder } from './folder.ts';
import { findPolicyFiles } from './policies.ts';
import { isUnreadable, readSourceFile } from './read.ts';
import type { ReadOptions, ReadRepository } from './repository.ts';
import type { FileTarget, SearchNote, Target } from './target.ts';

/** A target's files of policies, and its other files. */
export interface PolicyFiles {
  readonly policies: readonly SourceFile[];
  readonly unreadable: readonly UnreadableFile[];
  readonly notes: readonly SearchNote[];
  /** The target's workflows and actions: nothing for a file that holds policies. */
  readonly input: RepositoryInput;
}

/**
 * The files of a target that speak of roles: of a whole repository those below it, of a file that stands
 * alone itself, with the others of its folder when it is one of Terraform's. Where single workflows are
 * asked for, none. Never throws.
 */
export function readPolicyFiles(
  target: Target,
  { input }: ReadRepository,
  options: ReadOptions,
): PolicyFiles {
  const none = { policies: [], unreadable: [], notes: [], input };
  if (target.kind === 'file') {
    const [file] = input.files;
    if (!file || !holdsPolicies(file)) return none;
    const policies = isTerraformPath(file.path) ? [file, ...siblings(target, options)] : [file];
    const alone = { ...input, files: [], selected: new Set([file.path]) };
    return { ...none, policies, input: alone };
  }
  if (target.only) return none;
  const { files, unreadable, notes } = findPolicyFiles(target.root, options);
  return { policies: files, unreadable, notes, input };
}

/** Whether a file is one of policies rather than a workflow: GitHub reads neither JSON nor Terraform. */
function holdsPolicies({ path, text }: SourceFile): boolean {
  if (isTerraformPath(path) || /\.(?:json|template)$/i.test(path) || /^\s*[[{]/.test(text))
    return true;
  return /^["']?Resources["']?\s*:/m.test(text) && !/^["']?(?:jobs|runs)["']?\s*:/m.test(text);
}

/** The other Terraform files of a folder: they are one module. */
function siblings({ path }: FileTarget, { cwd, maxFileSize }: ReadOptions): SourceFile[] {
  if (path === undefined) return [];
  const folder = dirname(path);
  return listFolder(folder)
    .entries.filter((entry) => entry.isFile() && isTerraformPath(entry.name))
    .map(({ name }) => join(folder, name))
    .filter((one) => one !== path)
    .flatMap((one) => {
      const read = readSourceFile(one, slashes(displayPath(cwd, one)), maxFileSize);
      return isUnreadable(read) ? [] : [read];
    });
}
