import { basename, dirname, join } from 'node:path';

import { hasEntry, hasFolder } from './folder.ts';

/** Where GitHub looks for workflows; only files directly in it count. */
export const workflowsFolder: string = join('.github', 'workflows');

/** The two names of an action's file, in the order in which GitHub tries them. */
export const actionNames: readonly string[] = ['action.yml', 'action.yaml'];

/** Folders that hold other people's code, or no files of the repository. */
export function isSkippedFolder(name: string): boolean {
  return name === 'node_modules' || name === '.git';
}

/** Whether GitHub would take a file in the workflows folder for a workflow. */
export function isYamlName(name: string): boolean {
  return name.endsWith('.yml') || name.endsWith('.yaml');
}

/** Whether a folder holds workflows, so that it is a repository wherever it stands. */
export function holdsWorkflows(folder: string): boolean {
  return hasFolder(folder, workflowsFolder);
}

/** Whether a folder holds an action file itself. */
function holdsAction(folder: string): boolean {
  return actionNames.some((name) => hasEntry(folder, name));
}

/** Whether a folder is a repository: it holds workflows, or an action at its top. */
export function isRepository(folder: string): boolean {
  return holdsWorkflows(folder) || holdsAction(folder);
}

/**
 * The repository around a file, when the file's place says that GitHub reads it there: a workflow in
 * `.github/workflows`, or an action below a folder that holds workflows or is a checkout. Any other
 * file stands alone: what GitHub would do with it is not known from where it lies.
 */
export function repositoryAround(file: string): string | undefined {
  const folder = dirname(file);
  if (basename(folder) === 'workflows' && basename(dirname(folder)) === '.github') {
    return dirname(dirname(folder));
  }
  if (!actionNames.includes(basename(file))) return undefined;
  return ancestors(folder).find((one) => holdsWorkflows(one) || hasEntry(one, '.git')) ?? folder;
}

/** The nearest folder from here upwards that holds `.github` or `.git`. */
export function currentRepository(cwd: string): string | undefined {
  return ancestors(cwd).find((folder) => hasFolder(folder, '.github') || hasEntry(folder, '.git'));
}

/** A folder, its parent, and so on up to the top. */
export function ancestors(folder: string): string[] {
  const found = [folder];
  for (let at = folder; dirname(at) !== at; at = dirname(at)) found.push(dirname(at));
  return found;
}
