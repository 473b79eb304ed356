import type { UnreadableFile } from '@sallyport/core';

/** The code of a failed system call (`ENOENT`, ...); undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** Why a file could not be read, before its path is known as people see it. */
export interface ReadFailure extends Omit<UnreadableFile, 'path'> {
  /** Nothing stands at the path. */
  readonly missing?: true;
}

/** What a failed system call means for someone who only wanted to read a file. */
export function describeFailure(error: unknown): ReadFailure {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { reason: 'unreadable', detail: failureText(error), missing: true };
  }
  if (code === 'ELOOP')
    return { reason: 'symlink-loop', detail: 'symbolic links that lead back to themselves' };
  if (code === 'EISDIR') return { reason: 'not-a-file', detail: 'it is a folder, not a file' };
  if (code === 'ENXIO')
    return { reason: 'not-a-file', detail: 'it is a socket or a device, not a file' };
  return { reason: 'unreadable', detail: failureText(error) };
}

/** A failed system call in words, without the path that Node puts into its message. */
export function failureText(error: unknown): string {
  const code = errorCode(error);
  const known: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'operation not permitted',
    ENOENT: 'no such file or folder',
    ENOTDIR: 'a part of the path is not a folder',
    EIO: 'the system reported an input/output error',
    ENAMETOOLONG: 'the name is too long',
    ENOSPC: 'no space left on the device',
    EROFS: 'the file system is read-only',
    EMFILE: 'too many open files',
    ELOOP: 'symbolic links that lead back to themselves',
  };
  if (code !== undefined) return known[code] ? `${known[code]} (${code})` : code;
  return error instanceof Error ? error.message : String(error);
}
