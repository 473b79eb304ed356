import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { fixRepository } from '../src/fix/apply.ts';
import { auditRepository, Repository, sourceFile } from '../src/index.ts';
import { engine } from './audit.ts';
import { numbers } from './numbers.ts';

/** How many mutated files are tried; `npm run test:mutated` tries ten thousand. */
const cases = Number(process.env['SALLYPORT_MUTATED_INPUTS'] ?? 600);

const pieces = [
  '${{',
  '}}',
  '{',
  '}',
  '[',
  ']',
  ': ',
  '\n',
  '\r\n',
  '\t',
  '- ',
  '&a',
  '*a',
  '|',
  '>-',
  '"',
  "'",
  '#',
  '\u0000',
  '\u{1f4a5}',
  'secrets.',
  'AKIA',
  '$(',
  '`',
  '<<EOF',
  '<<: *a',
  '  ',
];

function mutate(text: string, next: (below: number) => number): string {
  let out = text;
  for (let i = next(6) + 1; i > 0; i -= 1) {
    const at = next(out.length + 1);
    const length = next(40);
    const kind = next(5);
    if (kind === 0) out = out.slice(0, at) + out.slice(at + length);
    else if (kind === 1)
      out = out.slice(0, at) + (pieces[next(pieces.length)] ?? '') + out.slice(at);
    else if (kind === 2)
      out =
        out.slice(0, at) + out.slice(at, at + length).repeat(2 + next(3)) + out.slice(at + length);
    else if (kind === 3) out = out.slice(0, at);
    else out = out.slice(0, at) + out.slice(next(out.length + 1)).slice(0, 200) + out.slice(at);
  }
  return out;
}

function texts(): string[] {
  const roots = ['corpus', 'examples'].map((name) =>
    fileURLToPath(new URL(`../../../${name}`, import.meta.url)),
  );
  return roots.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  );
}

it(`survives ${cases} mutated files`, { timeout: 900_000 }, () => {
  const originals = texts();
  for (let seed = 1; seed <= cases; seed += 1) {
    const next = numbers(seed);
    const text = mutate(originals[next(originals.length)] ?? '', next);
    const input = {
      name: 'acme/shop',
      prefix: '',
      files: [sourceFile('.github/workflows/m.yml', text)],
    };
    try {
      const { findings } = auditRepository(new Repository(input), { engine });
      for (const { locations } of findings) {
        for (const at of locations) {
          if (at.startLine < 1 || at.startColumn < 1 || at.endLine < at.startLine)
            throw new Error(`place of ${JSON.stringify(at)}`);
        }
      }
      if (seed % 5 === 0) fixRepository(input, { engine, unsafe: true });
    } catch (error) {
      throw new Error(`seed ${seed} of the mutated inputs`, { cause: error });
    }
  }
  expect(originals.length).toBeGreaterThan(10);
});
