import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { isInside } from './files/display.ts';
import { errorCode, failureText } from './files/failure.ts';

/**
 * Writes a file that the user named so that readers see the old text or the new one, never a part: a
 * temporary file in the same folder, flushed, then renamed. Keeps the mode of the file it replaces,
 * unless `mode` says which it must have. Gives the problem in words when it was not written.
 */
export function writeFileAtomically(
  cwd: string,
  path: string,
  text: string,
  mode?: number,
): string | undefined {
  try {
    const real = followLink(resolve(cwd, path));
    const stat = statSync(real, { throwIfNoEntry: false });
    // A device or pipe (`/dev/stdout`) is written into; renaming would put a file in its place.
    if (stat && !stat.isFile() && !stat.isDirectory()) writeFileSync(real, text);
    else commit(stage(real, Buffer.from(text, 'utf8'), mode));
    return undefined;
  } catch (error) {
    return failureText(error);
  }
}

/** One file to write, as a path and its whole content. */
export interface FileWrite {
  /** Absolute, or relative to the root. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What the file must hold until then: someone else may have changed it since it was read. */
  readonly before: Uint8Array;
}

/** What became of several writes. */
export type WriteResult =
  | { readonly ok: true }
  /** `written`: files that hold the new text although the whole did not succeed. */
  | {
      readonly ok: false;
      readonly path: string;
      readonly problem: string;
      readonly written: readonly string[];
    };

/**
 * Writes several files of one folder tree, all or none as far as a file system allows: everything is
 * on the disk before the first rename, and a rename that fails takes back those before it.
 * ATTACKER: a file that is a link out of `root` is refused, or a checkout could have other files of
 * the user rewritten.
 */
export function writeAll(root: string, writes: readonly FileWrite[]): WriteResult {
  const staged: { write: FileWrite; file: Staged; before: Buffer }[] = [];
  for (const write of writes) {
    try {
      const real = insideOnly(root, write.path);
      const before = readFileSync(real);
      if (!before.equals(write.before))
        throw new Error('it was changed while the fix was being made');
      staged.push({ write, before, file: stage(real, write.bytes) });
    } catch (error) {
      for (const { file } of staged) rmSync(file.temporary, { force: true });
      return { ok: false, path: write.path, problem: failureText(error), written: [] };
    }
  }
  for (const [index, { write, file }] of staged.entries()) {
    try {
      commit(file);
    } catch (error) {
      for (const { file: rest } of staged.slice(index)) rmSync(rest.temporary, { force: true });
      const written = staged
        .slice(0, index)
        .filter((one) => !takeBack(one.file.target, one.before));
      return {
        ok: false,
        path: write.path,
        problem: failureText(error),
        written: written.map((one) => one.write.path),
      };
    }
  }
  return { ok: true };
}

interface Staged {
  readonly temporary: string;
  readonly target: string;
}

/** Puts the bytes beside the target, flushed to the disk, with the target's mode. */
function stage(target: string, bytes: Uint8Array, mode?: number): Staged {
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat?.isDirectory()) throw new Error('it is a folder');
  const temporary = join(
    dirname(target),
    `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  // A file that others may not read must not be readable while it is written either.
  const descriptor = openSync(temporary, 'wx', mode ?? 0o666);
  try {
    if (mode !== undefined) fchmodSync(descriptor, mode);
    else if (stat) fchmodSync(descriptor, stat.mode & 0o7777);
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    rmSync(temporary, { force: true });
    throw error;
  }
  closeSync(descriptor);
  return { temporary, target };
}

function commit({ temporary, target }: Staged): void {
  try {
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  flushFolder(dirname(target));
}

/** The rename itself survives a crash only once the folder is on the disk; not every system can. */
function flushFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
  }
}

function takeBack(target: string, before: Uint8Array): boolean {
  try {
    commit(stage(target, before));
    return true;
  } catch {
    return false;
  }
}

function insideOnly(root: string, path: string): string {
  const real = realpathSync(resolve(root, path));
  if (!isInside(realpathSync(root), real))
    throw new Error('it is a symbolic link that leaves the repository');
  if (!statSync(real).isFile()) throw new Error('it is not a file');
  return real;
}

/** A link is kept, and the file it leads to replaced. */
function followLink(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
}
