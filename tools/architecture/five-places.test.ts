import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { filesBelow, namesIn, root } from './sources.ts';

const rulesFolder = 'packages/core/src/audit/rules';
const ruleFiles = namesIn(rulesFolder);
const ruleIds = ruleFiles
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts')
  .map((name) => name.slice(0, -'.ts'.length));

/** Names of the pages in a folder of docs, without `.md`; its README is no page of its own. */
function pagesIn(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => name.slice(0, -'.md'.length));
}

/** What a module of core exports; nothing when the file is not there. */
async function exportsOf(file: string): Promise<Record<string, unknown>> {
  return existsSync(join(root, file)) ? await import(join(root, file)) : {};
}

// One name, five places: the rule, its test, its corpus, its page and the address that findings show.
describe('a rule', () => {
  it('has a test beside it', () => {
    expect(ruleIds.filter((id) => !ruleFiles.includes(`${id}.test.ts`))).toEqual([]);
  });

  it('exports itself under the name of its file, and stands in the list', async () => {
    const { rules = [] } = await exportsOf('packages/core/src/audit/rules.ts');
    const listed = (rules as readonly { id: string }[]).map((rule) => rule.id);
    expect(listed.toSorted()).toEqual(ruleIds);
    for (const id of ruleIds) {
      const exported = Object.values(await exportsOf(`${rulesFolder}/${id}.ts`));
      const ids = exported.map((value) => (value as { id?: unknown } | null)?.id);
      expect(ids, `${id}.ts`).toContain(id);
    }
  });

  it.each(ruleIds)('%s sends the reader to its page', async (id) => {
    const { helpUri } = await exportsOf('packages/core/src/audit/run.ts');
    expect((helpUri as (rule: string) => string)(id)).toMatch(new RegExp(`/rules/${id}(\\.md)?$`));
  });

  it.each(ruleIds)('%s has a case that is silent and one that is not', (id) => {
    const cases = filesBelow(`corpus/audit/${id}`).map((path) => path.split('/')[3] ?? '');
    expect(
      cases.some((name) => /^ok([-.]|$)/.test(name)),
      `corpus/audit/${id}/ok*`,
    ).toBe(true);
    expect(
      cases.some((name) => /^err([-.]|$)/.test(name)),
      `corpus/audit/${id}/err*`,
    ).toBe(true);
  });

  it('has a page, and no page or case lacks its rule', () => {
    expect(pagesIn('docs/rules')).toEqual(ruleIds);
    expect(namesIn('corpus/audit').filter((name) => !ruleIds.includes(name))).toEqual([]);
  });
});

describe('an error code', () => {
  it('has a page, and no page lacks its code', async () => {
    const { errorCodes = [] } = await exportsOf('packages/core/src/errors/codes.ts');
    expect(pagesIn('docs/errors')).toEqual([...(errorCodes as readonly string[])].toSorted());
  });
});
