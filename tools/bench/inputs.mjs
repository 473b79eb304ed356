import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The files to measure on: real workflows beside the repository, else the project's own corpus.
 * @param {string} root
 * @returns {import('./measure.mjs').InputFile[]}
 */
export function readInputs(root) {
  const beside = resolve(root, '../shared/corpus/workflows');
  const folder = existsSync(beside) ? beside : join(root, 'corpus');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
