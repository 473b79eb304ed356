import { createHash } from 'node:crypto';

import type { Finding, Repository, SourceFile } from '@sallyport/core';

/**
 * Names findings so that the name outlives edits elsewhere in the file: from the rule, the path
 * inside the repository and the words of the line, never from line numbers. Equal lines are told
 * apart by their order.
 */
export class Fingerprints {
  readonly #prefix: string;
  readonly #lines = new Map<string, (line: number) => string>();
  readonly #seen = new Map<string, number>();

  /** `more` are files that stand beside the workflows. */
  constructor({ input }: Repository, more: readonly SourceFile[] = []) {
    this.#prefix = input.prefix;
    for (const { path, text, lines } of [...input.files, ...more]) {
      this.#lines.set(path, (line) => {
        const range = lines.range(line);
        return range ? text.slice(range.start, range.end) : '';
      });
    }
  }

  /** The name of a finding; ask once for each, in the order of the report. */
  of(finding: Finding): string {
    const [at] = finding.locations;
    const path = at.file.startsWith(this.#prefix) ? at.file.slice(this.#prefix.length) : at.file;
    const words = (this.#lines.get(at.file)?.(at.startLine) ?? '').trim().replaceAll(/\s+/g, ' ');
    const name = [finding.rule, path, words].join('\n');
    const order = this.#seen.get(name) ?? 0;
    this.#seen.set(name, order + 1);
    return createHash('sha256').update(`${name}\n${order}`).digest('hex').slice(0, 32);
  }
}
