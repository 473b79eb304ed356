import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ClaimName } from './claims.ts';
import type { SubjectFormat } from './format.ts';
import type { Colons } from './phrase.ts';
import { subjectOf } from './subject.ts';

const base: readonly (readonly [ClaimName, string])[] = [
  ['repository', 'octo-org/octo-repo'],
  ['repository_id', '456789'],
  ['repository_owner', 'octo-org'],
  ['repository_owner_id', '123456'],
  ['repository_visibility', 'private'],
  ['ref', 'refs/heads/demo-branch'],
  ['job_workflow_ref', 'octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main'],
  ['actor', 'octocat'],
  ['head_ref', ''],
];

function subject(
  format: SubjectFormat,
  more: readonly (readonly [ClaimName, string])[] = [],
  pullRequest = false,
  colons: Colons = 'encoded',
): string {
  const made = subjectOf(format, { claims: new Map([...base, ...more]), pullRequest, colons });
  return made.kind === 'made' ? made.value : `${made.kind}: ${made.reason}`;
}

const classic: SubjectFormat = { kind: 'classic' };
const immutable: SubjectFormat = { kind: 'immutable' };
const custom = (claims: string, immutable = false): SubjectFormat => ({
  kind: 'custom',
  claims: claims.split(' ').filter(Boolean),
  immutable,
});
const inProduction: readonly (readonly [ClaimName, string])[] = [['environment', 'Production']];

describe('the documented subjects', () => {
  it.each<[string, SubjectFormat, readonly (readonly [ClaimName, string])[], boolean, string]>([
    [
      'an environment',
      classic,
      inProduction,
      false,
      'repo:octo-org/octo-repo:environment:Production',
    ],
    [
      'an environment in a pull request',
      classic,
      inProduction,
      true,
      'repo:octo-org/octo-repo:environment:Production',
    ],
    [
      'a colon',
      classic,
      [['environment', 'Production:V1']],
      false,
      'repo:octo-org/octo-repo:environment:Production%3AV1',
    ],
    [
      'a pull request',
      classic,
      [['ref', 'refs/pull/7/merge']],
      true,
      'repo:octo-org/octo-repo:pull_request',
    ],
    ['a branch', classic, [], false, 'repo:octo-org/octo-repo:ref:refs/heads/demo-branch'],
    [
      'a tag',
      classic,
      [['ref', 'refs/tags/demo-tag']],
      false,
      'repo:octo-org/octo-repo:ref:refs/tags/demo-tag',
    ],
    [
      'an immutable branch',
      immutable,
      [],
      false,
      'repo:octo-org@123456/octo-repo@456789:ref:refs/heads/demo-branch',
    ],
    [
      'an immutable environment',
      immutable,
      inProduction,
      false,
      'repo:octo-org@123456/octo-repo@456789:environment:Production',
    ],
    [
      'repo, context and the called workflow',
      custom('repo context job_workflow_ref'),
      [['environment', 'prod']],
      false,
      'repo:octo-org/octo-repo:environment:prod:job_workflow_ref:octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main',
    ],
    [
      'owner and visibility',
      custom('repository_owner repository_visibility'),
      [['repository_owner', 'monalisa']],
      false,
      'repository_owner:monalisa:repository_visibility:private',
    ],
    [
      'the called workflow alone',
      custom('job_workflow_ref'),
      [],
      false,
      'job_workflow_ref:octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main',
    ],
    ['the id of the repository', custom('repository_id'), [], false, 'repository_id:456789'],
    ['the id of the owner', custom('repository_owner_id'), [], false, 'repository_owner_id:123456'],
    [
      'a custom property',
      custom('repo_property_workspace_id'),
      [['repo_property_workspace_id', 'ws-abc123']],
      false,
      'repo_property_workspace_id:ws-abc123',
    ],
    [
      'environment and owner',
      custom('environment repository_owner'),
      [['environment', 'production:eastus']],
      false,
      'environment:production%3Aeastus:repository_owner:octo-org',
    ],
    ['the repository alone', custom('repo'), inProduction, false, 'repo:octo-org/octo-repo'],
    [
      'ids in the repo part of a template',
      custom('repo context', true),
      [],
      false,
      'repo:octo-org@123456/octo-repo@456789:ref:refs/heads/demo-branch',
    ],
    ['context alone', custom('context'), [], false, 'ref:refs/heads/demo-branch'],
    ['an empty claim', custom('actor head_ref'), [], false, 'actor:octocat:head_ref:'],
  ])('writes %s', (_, format, more, pullRequest, expected) => {
    expect(subject(format, more, pullRequest)).toBe(expected);
  });

  it('makes none for a template with an environment where the job has none', () => {
    expect(subject(custom('environment repository_owner'))).toBe(
      'refused: the subject template includes `environment`, and the job names none',
    );
  });

  it('does not decide what it does not know', () => {
    expect(subject(custom('repo repo_property_team'))).toMatch(/^undecided: .*repo_property_team/);
    expect(subject(custom(''))).toMatch(/^undecided: the template has no claims/);
    const claims = new Map<ClaimName, string>([
      ['repository', 'acme/app'],
      ['ref', 'refs/heads/main'],
    ]);
    expect(subjectOf(immutable, { claims, pullRequest: false, colons: 'encoded' })).toMatchObject({
      kind: 'undecided',
    });
  });

  it('says what GitHub does not document', () => {
    const claims = new Map([...base, ['ref', ''] as const]);
    expect(subjectOf(classic, { claims, pullRequest: false, colons: 'encoded' })).toMatchObject({
      value: 'repo:octo-org/octo-repo:ref:',
      notes: [],
    });
    expect(
      subjectOf(custom('actor', true), { claims, pullRequest: false, colons: 'encoded' }),
    ).toMatchObject({
      value: 'actor:octocat',
      notes: [expect.stringContaining('without `repo`')],
    });
  });
});

describe('colons in values', () => {
  const keys = ['environment', 'actor', 'workflow'] as const;
  const values = fc.record({
    environment: fc.string({
      minLength: 1,
      unit: fc.constantFrom(':', 'a', '%', '3', 'A', 'environment', 'actor'),
    }),
    actor: fc.string({ minLength: 1, unit: fc.constantFrom(':', 'a', 'workflow', 'ref') }),
    workflow: fc.string({ minLength: 1, unit: fc.constantFrom(':', 'b', 'actor') }),
  });
  // A value that holds `%3A` itself reads like one with a colon: GitHub escapes no percent sign.
  const plain = values.filter((one) => !Object.values(one).some((value) => value.includes('%3A')));

  it('keeps subjects of different values apart where they are encoded', () => {
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        const write = (value: typeof one): string =>
          subject(
            custom(keys.join(' ')),
            keys.map((key) => [key, value[key]] as const),
          );
        expect(write(one) === write(other)).toBe(keys.every((key) => one[key] === other[key]));
      }),
    );
  });

  it('lets no environment end its part of the subject', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (name) => {
        expect(subject(classic, [['environment', name]]).split(':')).toHaveLength(4);
      }),
    );
  });

  it('lets an environment forge another part where they are raw, as on servers up to 3.18', () => {
    const forged = [
      ['environment', 'x:job_workflow_ref:acme/auto/.github/workflows/deploy.yml@refs/heads/main'],
    ] as const;
    const trusted =
      'repo:octo-org/octo-repo:environment:x:job_workflow_ref:acme/auto/.github/workflows/deploy.yml@refs/heads/main';
    expect(subject(custom('repo context'), forged, false, 'raw')).toBe(trusted);
    expect(subject(custom('repo context'), forged)).not.toBe(trusted);
  });
});
