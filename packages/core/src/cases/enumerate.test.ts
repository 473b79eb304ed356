import { describe, expect, it } from 'vitest';

import { caseCorpus, enumerate, listing, readCase } from '../../test/cases.ts';

describe('corpus/cases', () => {
  it.each(caseCorpus())('%s', async (name) => {
    const { files, facts, golden } = readCase(name);
    await expect(listing(enumerate(files, facts))).toMatchFileSnapshot(golden);
  });
});
