import { isAbsolute, relative, sep } from 'node:path';

/** A path as people see it: relative to where they stand, always with `/`; `.` for the folder itself. */
export function displayPath(cwd: string, path: string): string {
  const shown = relative(cwd, path);
  if (shown === '') return '.';
  return slashes(shown);
}

/** What stands before the paths inside a folder: empty for the current one, else ending in `/`. */
export function displayPrefix(cwd: string, folder: string): string {
  const shown = displayPath(cwd, folder);
  return shown === '.' ? '' : `${shown.replace(/\/$/, '')}/`;
}

/** A native path with `/`. A backslash is a letter where the separator is a slash, and stays. */
export function slashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** Whether a real path is a folder or lies below it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Code unit order: the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
