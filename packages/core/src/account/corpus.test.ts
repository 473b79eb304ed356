import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { dump } from '../../test/account-dump.ts';
import { hclEngine } from '../../test/hcl.ts';
import { sourceFile, type SourceFile } from '../text/source.ts';
import { readPolicySources } from './read.ts';

const folder = fileURLToPath(new URL('../../../../corpus/account/', import.meta.url));
const cases = readdirSync(folder).filter((name) => !/\.(?:out|md)$/.test(name));

function filesOf(name: string): SourceFile[] {
  const top = `${folder}${name}`;
  if (statSync(top).isFile()) return [sourceFile(name, readFileSync(top, 'utf8'))];
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(`${top}/${path}`).isFile())
    .toSorted()
    .map((path) => sourceFile(`${name}/${path}`, readFileSync(`${top}/${path}`, 'utf8')));
}

describe('what files say about accounts', () => {
  it.each(cases)('%s', async (name) => {
    const read = readPolicySources(filesOf(name), hclEngine);
    await expect(dump(read)).toMatchFileSnapshot(`${folder}${name}.out`);
  });
});
