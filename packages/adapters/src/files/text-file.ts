import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';

import { decodeUtf8 } from './decode.ts';
import { resolveInside } from './folder.ts';
import { readBytes } from './read.ts';

/** The text of a small file of our own (configuration, baseline), or why there is none. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly problem: string };

/** Nobody writes a megabyte of configuration by hand. */
const maxConfigSize = 1024 * 1024;

/**
 * Reads a small text file. A byte order mark is taken off.
 * ATTACKER: a file inside a repository may be a link to one outside, whose text errors would quote;
 * only a path that the user has typed may lead anywhere (`followAnywhere`).
 */
export function readTextFile(
  root: string,
  path: string,
  options: { readonly followAnywhere: boolean; readonly maxSize?: number },
): TextFile {
  const full = resolve(root, path);
  if (!options.followAnywhere) {
    const resolved = resolveInside(realPathOf(root), full);
    if (resolved.kind === 'absent') return { kind: 'absent' };
    if (resolved.kind === 'refused') return { kind: 'refused', problem: resolved.detail };
  }
  const bytes = readBytes(full, options.maxSize ?? maxConfigSize);
  if (!(bytes instanceof Uint8Array)) {
    return bytes.missing ? { kind: 'absent' } : { kind: 'refused', problem: bytes.detail };
  }
  const decoded = decodeUtf8(bytes);
  if ('problem' in decoded) return { kind: 'refused', problem: decoded.problem };
  return { kind: 'text', text: decoded.text.replace(/^\ufeff/, '') };
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
