import { join } from 'node:path';

import { resolveInside, statOrUndefined } from './folder.ts';

/**
 * Sizes of the repository's files by path inside it, each measured when a rule asks for it: only a
 * few of thousands are ever asked for.
 */
export class FileSizes extends Map<string, number> {
  readonly #root: string;
  readonly #realRoot: string;

  constructor(root: string, realRoot: string) {
    super();
    this.#root = root;
    this.#realRoot = realRoot;
  }

  override get(path: string): number | undefined {
    const known = super.get(path);
    if (known !== undefined || path.includes('\0')) return known;
    const resolved = resolveInside(this.#realRoot, join(this.#root, path));
    if (resolved.kind !== 'file') return undefined;
    const size = statOrUndefined(resolved.path)?.size;
    if (size === undefined) return undefined;
    this.set(path, size);
    return size;
  }

  override has(path: string): boolean {
    return this.get(path) !== undefined;
  }
}
