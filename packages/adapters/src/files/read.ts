import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

import { sourceFile, type SourceFile, type UnreadableFile } from '@sallyport/core';

import { decodeUtf8 } from './decode.ts';
import { describeFailure, type ReadFailure } from './failure.ts';

/** 4 MB: the largest real workflow known is a tenth of that. */
export const defaultMaxFileSize: number = 4 * 1024 * 1024;

/** A file as text, or the reason why not. */
export type ReadFile = SourceFile | UnreadableFile;

/** Whether reading gave a reason instead of a text. */
export function isUnreadable(file: ReadFile): file is UnreadableFile {
  return 'reason' in file;
}

/** Reads one file; `path` is where it is, `name` how people see it. Never throws. */
export function readSourceFile(path: string, name: string, maxFileSize: number): ReadFile {
  const bytes = readBytes(path, maxFileSize);
  if (bytes instanceof Uint8Array) return sourceFromBytes(bytes, name, maxFileSize);
  return { path: name, reason: bytes.reason, detail: bytes.detail };
}

/** Makes a source file of bytes that are already here, by the same rules. */
export function sourceFromBytes(bytes: Uint8Array, name: string, maxFileSize: number): ReadFile {
  if (bytes.length > maxFileSize) return { path: name, ...tooLarge(bytes.length, maxFileSize) };
  const decoded = decodeUtf8(bytes);
  return 'text' in decoded
    ? sourceFile(name, decoded.text)
    : { path: name, reason: 'not-utf8', detail: decoded.problem };
}

/** The bytes of a regular file within the limit, or why there are none. Never throws. */
export function readBytes(path: string, maxFileSize: number): Uint8Array | ReadFailure {
  let descriptor: number;
  try {
    // ATTACKER: opening a FIFO without a writer would wait for ever.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return describeFailure(error);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile())
      return { reason: 'not-a-file', detail: `it is ${kindOf(stat)}, not a file` };
    if (stat.size > maxFileSize) return tooLarge(stat.size, maxFileSize);
    return readAll(descriptor, stat.size, maxFileSize);
  } catch (error) {
    return describeFailure(error);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads to the end whatever the size said: files grow, and those of /proc say 0. */
function readAll(descriptor: number, size: number, limit: number): Uint8Array | ReadFailure {
  let buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (read === 0) return buffer.subarray(0, length);
    length += read;
    if (length > limit) return tooLarge(length, limit);
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.max(length * 2, 4096));
  }
}

function tooLarge(size: number, limit: number): ReadFailure {
  return {
    reason: 'too-large',
    detail: `${size} bytes, more than the limit of ${limit} (--max-file-size)`,
  };
}

function kindOf(stat: { isDirectory(): boolean; isFIFO(): boolean; isSocket(): boolean }): string {
  if (stat.isDirectory()) return 'a folder';
  if (stat.isFIFO()) return 'a pipe';
  return stat.isSocket() ? 'a socket' : 'a device';
}
