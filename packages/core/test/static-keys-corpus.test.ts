import { describe, expect, it } from 'vitest';

import { auditRepository } from '../src/index.ts';
import { engine } from './audit.ts';
import { hasSharedCorpus, labels, repositories } from './shared-corpus.ts';

describe('labelled static keys of real repositories', () => {
  it('finds every real key and reports none of the others', (context) => {
    if (!hasSharedCorpus) context.skip('shared-corpus: not beside this checkout');
    const found = new Set<string>();
    const touched = new Map<string, string>();
    for (const repository of repositories()) {
      for (const finding of auditRepository(repository, { engine }).findings) {
        if (finding.rule !== 'static-aws-credentials') continue;
        for (const at of finding.locations) {
          for (let line = at.startLine; line <= at.endLine; line += 1) {
            found.add(`${at.file}:${line}`);
            if (at.role === 'primary') touched.set(`${at.file}:${line}`, finding.message);
          }
        }
      }
    }
    const judged = labels().filter((label) => label.verdict !== undefined);
    const place = (label: { path: string; line: number }): string => `${label.path}:${label.line}`;
    const real = judged.filter((label) => label.verdict?.startsWith('static-'));
    const others = judged.filter((label) => !label.verdict?.startsWith('static-'));
    expect(real.length).toBeGreaterThan(80);
    expect(real.map(place).filter((one) => !found.has(one))).toEqual([]);
    expect(others.map(place).filter((one) => touched.has(one))).toEqual([]);
  });
});
