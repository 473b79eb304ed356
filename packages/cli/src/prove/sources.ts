import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import { defaultMaxFileSize, findPolicyFiles, hclEngine, readTextFile } from '@sallyport/adapters';
import {
  isTerraformPath,
  readPolicySources,
  SallyportError,
  sourceFile,
  type PolicySources,
  type SourceFile,
} from '@sallyport/core';

import type { ReportNote } from '../audit/report.ts';

/** Accounts as they were given, and what could not be read. */
export interface ReadAccounts {
  readonly sources: PolicySources;
  /** The files, and what was left out of them. */
  readonly files: readonly SourceFile[];
  readonly notes: readonly ReportNote[];
}

/** More than any account's details: the largest exports have tens of megabytes. */
const maxGivenSize = 256 * 1024 * 1024;

/**
 * Reads accounts from `--iam` files and folders, or else from the policy files of the repository.
 * @throws SallyportError `PATH_NOT_FOUND`, `PATH_UNREADABLE`, `INPUT_INVALID`
 */
export async function readAccounts(
  given: readonly string[],
  root: string,
  cwd: string,
): Promise<ReadAccounts> {
  const files: SourceFile[] = [];
  const notes: ReportNote[] = [];
  for (const path of given.length > 0 ? given : [root]) {
    const full = resolve(cwd, path);
    if (isFolder(full, path)) {
      const found = findPolicyFiles(full, { cwd, maxFileSize: defaultMaxFileSize });
      files.push(...found.files);
      notes.push(...found.notes.map((note) => ({ about: 'search', ...note })));
      for (const { path: name, detail } of found.unreadable)
        notes.push({ about: 'iam', path: name, reason: detail });
    } else files.push(readGiven(path, cwd));
  }
  const engine = files.some(({ path }) => isTerraformPath(path)) ? await hclEngine() : undefined;
  const sources = readPolicySources(files, engine);
  for (const { file, range, message, fatal } of sources.problems) {
    const { line, column } = file.lines.position(range.start);
    // A file that was named must be read; one that was found is named and left out.
    if (fatal && given.includes(file.path))
      throw new SallyportError('INPUT_INVALID', {
        path: file.path,
        problem: `line ${line}, column ${column}: ${message}`,
        cure: 'give the output of aws iam get-account-authorization-details, a snapshot (sallyport snapshot) or a template',
      });
    notes.push({ about: 'iam', path: `${file.path}:${line}:${column}`, reason: message });
  }
  for (const { file, label, what } of sources.unresolved)
    notes.push({ about: 'iam', path: file.path, reason: `${label}: ${what}` });
  return { sources, files, notes };
}

function isFolder(full: string, path: string): boolean {
  try {
    return statSync(full).isDirectory();
  } catch {
    throw new SallyportError('PATH_NOT_FOUND', { path });
  }
}

function readGiven(path: string, cwd: string): SourceFile {
  const file = readTextFile(cwd, path, { followAnywhere: true, maxSize: maxGivenSize });
  if (file.kind === 'absent') throw new SallyportError('PATH_NOT_FOUND', { path });
  if (file.kind === 'refused')
    throw new SallyportError('PATH_UNREADABLE', { path, problem: file.problem });
  return sourceFile(path, file.text);
}
