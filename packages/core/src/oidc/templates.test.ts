import { describe, expect, it } from 'vitest';

import { templatesFor } from './templates.ts';

const found = (...patterns: string[]): string[] =>
  templatesFor(patterns).map((keys) => keys.join('+'));

describe('templatesFor', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['repo:acme/app:ref:refs/heads/main', ['repo+ref'], ['environment', 'repo']],
    ['repo:acme/*', ['repo', 'repo+environment'], ['environment', 'actor']],
    ['repository_owner:acme:*', ['repository_owner+environment'], ['repo', 'repository_owner']],
    ['environment:prod', ['environment', 'context'], ['actor', 'repo']],
    ['ref:refs/heads/main', ['ref', 'context'], ['environment']],
    [
      'job_workflow_ref:acme/auto/.github/workflows/deploy.yml@refs/heads/main',
      ['job_workflow_ref'],
      ['workflow', 'repo'],
    ],
    [
      '*:environment:prod',
      ['workflow+environment', 'ref+environment'],
      ['environment', 'workflow'],
    ],
    ['*', ['environment', 'workflow'], ['check_run_id']],
    ['repo:*:job_workflow_ref:acme/auto/*', ['repo+job_workflow_ref'], ['job_workflow_ref']],
    ['repo_property_team:web', ['repo_property_team'], ['repo']],
    ['actor:????', ['actor'], ['actor_id']],
    [
      'repo:acme/app:environment:prod:actor:x',
      ['repo+environment+actor', 'repo+context+actor'],
      ['repo+environment'],
    ],
  ])('%s', (pattern, some, none) => {
    const templates = found(pattern);
    expect(some.filter((one) => !templates.includes(one))).toEqual([]);
    expect(none.filter((one) => templates.includes(one))).toEqual([]);
  });

  it('makes none for a pattern that no subject matches, and never the default', () => {
    expect(found('nothing:of:the:kind')).toEqual([]);
    expect(found('acme/app')).toEqual([]);
    expect(found('repo:acme/app:environment:prod')).not.toContain('repo+context');
    expect(found()).toEqual([]);
  });

  it('is bounded for hostile policies', () => {
    const hostile = Array.from({ length: 1000 }, (_, index) => `*${'*:a'.repeat(200)}${index}`);
    expect(found(...hostile).length).toBeLessThanOrEqual(60);
    expect(found('actor:'.repeat(500)).length).toBeLessThanOrEqual(60);
  });
});
