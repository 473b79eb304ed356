import { describe, expect, it } from 'vitest';

import { auditRepository, rules } from '../src/index.ts';
import { hasSharedCorpus, labels, repositories } from './shared-corpus.ts';

const rule = rules.filter((one) => one.id === 'missing-id-token-permission');

describe('labelled OIDC jobs of real repositories', () => {
  it('finds every job that lacks id-token and none of the good ones', (context) => {
    if (!hasSharedCorpus) context.skip('shared-corpus: not beside this checkout');
    const found = repositories().flatMap((repository) =>
      auditRepository(repository, { rules: rule }).findings.flatMap(({ data, locations }) => {
        const { verdict, job, jobs } = data as { verdict: string; job: string; jobs: string[] };
        // What depends on a setting is said too, but never as certain.
        const certain = verdict === 'missing' ? [job, ...jobs] : [];
        return [...new Set(certain)].map((one) => `${locations[0].file} ${one}`);
      }),
    );
    const judged = labels().filter((label) => label.kind === 'oidc-job');
    const missing = judged.filter((label) => label.idToken === 'missing');
    expect(judged.length - missing.length).toBeGreaterThan(100);
    expect(found.toSorted()).toEqual(missing.map((one) => `${one.path} ${one.job}`).toSorted());
  });
});
