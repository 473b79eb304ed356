import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { sourceFile } from '../../src/text/source.ts';
import { examinePolicyFiles } from '../../src/trust/examine-files.ts';
import { hclEngine } from '../hcl.ts';

const folder = fileURLToPath(new URL('../../../../corpus/trust/modules', import.meta.url));

interface Module {
  readonly folder: string;
  /** Whose output the files are like. */
  readonly module: string;
  /** `severity class`, sorted. */
  readonly flaws: readonly string[];
}

const modules = JSON.parse(readFileSync(join(folder, 'modules.json'), 'utf8')) as readonly Module[];

// The files are written here, in the shape that the modules give.
describe('roles as published modules make them', () => {
  it.each(modules)('$module', ({ folder: name, flaws }) => {
    const files = readdirSync(join(folder, name)).map((file) =>
      sourceFile(file, readFileSync(join(folder, name, file), 'utf8')),
    );
    const { roles, notes, problems } = examinePolicyFiles(files, hclEngine);
    const found = roles.flatMap(({ report }) =>
      report.flaws.map((flaw) => `${flaw.severity} ${flaw.class}`),
    );
    expect({ flaws: found.toSorted(), notes, problems }).toEqual({
      flaws,
      notes: [],
      problems: [],
    });
  });
});
