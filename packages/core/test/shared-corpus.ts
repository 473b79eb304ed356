import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Repository, sourceFile } from '../src/index.ts';

/** Real workflows beside the checkout, with labels; absent for most people, and no test needs them. */
const folder = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));

/** Whether the corpus of real workflows is there. */
export const hasSharedCorpus: boolean = existsSync(join(folder, 'workflows-labels.json'));

/** One label: a place in a file and what a person says it is. */
export interface Label {
  readonly path: string;
  readonly kind: string;
  readonly line: number;
  readonly job?: string;
  readonly step?: number;
  readonly name?: string;
  readonly verdict?: string;
  readonly idToken?: string;
}

/** All labels, each with the path of its file (repository folder first). */
export function labels(): Label[] {
  const { files } = JSON.parse(readFileSync(join(folder, 'workflows-labels.json'), 'utf8')) as {
    files: { path: string; findings: Omit<Label, 'path'>[] }[];
  };
  return files.flatMap(({ path, findings }) => findings.map((one) => ({ path, ...one })));
}

/** Every repository of the corpus; paths start with the name of its folder. */
export function repositories(): Repository[] {
  const root = join(folder, 'workflows');
  return readdirSync(root).map((name) => {
    const files = readdirSync(join(root, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) =>
        sourceFile(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')),
      );
    return new Repository({ name, prefix: `${name}/`, files });
  });
}
