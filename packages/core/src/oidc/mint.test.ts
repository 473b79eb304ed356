import { describe, expect, it } from 'vitest';

import { mintClaims, type Minted, type RunFacts } from './mint.ts';
import { orderedClaims, showClaims } from './show.ts';

const run: RunFacts = {
  issuer: { kind: 'github.com' },
  format: { kind: 'classic' },
  audience: 'sts.amazonaws.com',
  repository: { fullName: 'acme/app', id: '2001', ownerId: '1001', visibility: 'private' },
  event: 'push',
  ref: 'refs/heads/main',
  refProtected: true,
  sha: 'a'.repeat(40),
  actor: { login: 'octocat', id: '7' },
  run: { id: '900', number: '12', attempt: '1' },
  runner: 'github-hosted',
  workflow: { name: 'Release', file: '.github/workflows/release.yml' },
};

function claims(more: Partial<RunFacts>): Readonly<Record<string, string>> {
  const minted = mintClaims({ ...run, ...more });
  if (minted.kind !== 'minted') throw new Error(minted.reason);
  return Object.fromEntries(minted.claims);
}

function reason(minted: Minted): string {
  return minted.kind === 'minted' ? 'minted' : `${minted.kind}: ${minted.reason}`;
}

describe('mintClaims', () => {
  it('writes every claim of a push', () => {
    expect(claims({})).toEqual({
      iss: 'https://token.actions.githubusercontent.com',
      aud: 'sts.amazonaws.com',
      sub: 'repo:acme/app:ref:refs/heads/main',
      ref: 'refs/heads/main',
      ref_type: 'branch',
      ref_protected: 'true',
      sha: 'a'.repeat(40),
      repository: 'acme/app',
      repository_id: '2001',
      repository_owner: 'acme',
      repository_owner_id: '1001',
      repository_visibility: 'private',
      actor: 'octocat',
      actor_id: '7',
      event_name: 'push',
      head_ref: '',
      base_ref: '',
      run_id: '900',
      run_number: '12',
      run_attempt: '1',
      runner_environment: 'github-hosted',
      workflow: 'Release',
      workflow_ref: 'acme/app/.github/workflows/release.yml@refs/heads/main',
      workflow_sha: 'a'.repeat(40),
      job_workflow_ref: 'acme/app/.github/workflows/release.yml@refs/heads/main',
      job_workflow_sha: 'a'.repeat(40),
    });
  });

  it('changes nothing but the subject with the format', () => {
    const { sub, ...rest } = claims({ format: { kind: 'immutable' } });
    const { sub: classic, ...same } = claims({});
    expect([sub, classic]).toEqual([
      'repo:acme@1001/app@2001:ref:refs/heads/main',
      'repo:acme/app:ref:refs/heads/main',
    ]);
    expect(rest).toEqual(same);
  });

  it.each<[string, Partial<RunFacts>, Readonly<Record<string, unknown>>]>([
    [
      'asks for the owner by default',
      { audience: undefined } as unknown as Partial<RunFacts>,
      { aud: 'https://github.com/acme' },
    ],
    [
      'has an environment only in a job that names one',
      { environment: { name: 'prod', nodeId: 'EN_1' } },
      { environment: 'prod', environment_node_id: 'EN_1', sub: 'repo:acme/app:environment:prod' },
    ],
    [
      'tells a tag',
      { event: 'release', ref: 'refs/tags/v1' },
      { ref_type: 'tag', sub: 'repo:acme/app:ref:refs/tags/v1' },
    ],
    [
      'has branches in pull requests',
      { event: 'pull_request', ref: 'refs/pull/7/merge', headRef: 'topic', baseRef: 'main' },
      {
        sub: 'repo:acme/app:pull_request',
        head_ref: 'topic',
        base_ref: 'main',
        ref_type: 'branch',
        job_workflow_ref: 'acme/app/.github/workflows/release.yml@refs/pull/7/merge',
      },
    ],
    [
      'ignores branches elsewhere',
      { headRef: 'topic', baseRef: 'main' },
      { head_ref: '', base_ref: '' },
    ],
    [
      'leaves a deployment of a commit without a ref',
      { event: 'deployment', ref: '' },
      {
        ref: '',
        ref_type: 'branch',
        sub: 'repo:acme/app:ref:',
        workflow_ref: `acme/app/.github/workflows/release.yml@${'a'.repeat(40)}`,
      },
    ],
    [
      'tells the enterprise',
      { issuer: { kind: 'github.com', enterprise: 'corp' }, enterprise: { slug: 'corp', id: '3' } },
      {
        iss: 'https://token.actions.githubusercontent.com/corp',
        enterprise: 'corp',
        enterprise_id: '3',
      },
    ],
    [
      'keeps the caller of a called workflow',
      {
        callee: {
          ref: 'acme/shared/.github/workflows/deploy.yml@refs/tags/v1',
          sha: 'b'.repeat(40),
        },
      },
      {
        workflow: 'Release',
        workflow_ref: 'acme/app/.github/workflows/release.yml@refs/heads/main',
        job_workflow_ref: 'acme/shared/.github/workflows/deploy.yml@refs/tags/v1',
        job_workflow_sha: 'b'.repeat(40),
        sub: 'repo:acme/app:ref:refs/heads/main',
      },
    ],
    [
      'has custom properties',
      {
        properties: new Map([['team', 'web']]),
        format: { kind: 'custom', claims: ['repo_property_team'], immutable: false },
      },
      { repo_property_team: 'web', sub: 'repo_property_team:web' },
    ],
    [
      'takes the branch for pull_request_target',
      { event: 'pull_request_target', headRef: 'x', baseRef: 'main' },
      { sub: 'repo:acme/app:ref:refs/heads/main', head_ref: 'x' },
    ],
    [
      'or what it is told',
      { event: 'pull_request_target', pullRequest: true },
      { sub: 'repo:acme/app:pull_request' },
    ],
    [
      'never takes a push for a pull request',
      { event: 'push', pullRequest: true },
      { sub: 'repo:acme/app:ref:refs/heads/main' },
    ],
    [
      'writes what else it is told',
      { checkRunId: '5', tokenId: 'j-1' },
      { check_run_id: '5', jti: 'j-1' },
    ],
  ])('%s', (_, more, expected) => {
    expect(claims(more)).toMatchObject(expected);
  });

  it('has no environment, enterprise or ids of checks without one', () => {
    expect(
      Object.keys(claims({})).filter((name) =>
        /environment$|environment_node|enterprise|check|jti/.test(name),
      ),
    ).toEqual(['runner_environment']);
  });

  it('does not make up the commit of a called workflow', () => {
    const callee = { ref: 'acme/shared/.github/workflows/deploy.yml@v1' };
    expect(claims({ callee })).not.toHaveProperty('job_workflow_sha');
  });

  it('makes no immutable subject on a server, and says so', () => {
    const issuer = { kind: 'server', host: 'git.acme.example' } as const;
    expect(reason(mintClaims({ ...run, issuer, format: { kind: 'immutable' } }))).toBe(
      'refused: the subject format immutable does not exist on GitHub Enterprise Server',
    );
    expect(mintClaims({ ...run, issuer })).toMatchObject({
      kind: 'minted',
      notes: [expect.stringContaining('version of the server')],
    });
  });

  it('passes on why there is no subject', () => {
    const format = { kind: 'custom', claims: ['environment'], immutable: false } as const;
    expect(reason(mintClaims({ ...run, format }))).toMatch(/^refused: .*names none/);
  });

  it('notes what is not documented', () => {
    expect(mintClaims({ ...run, event: 'pull_request_review' })).toMatchObject({
      notes: ['GitHub does not document the subject of pull_request_review'],
    });
    expect(
      mintClaims({ ...run, event: 'pull_request_review', environment: { name: 'x' } }),
    ).toMatchObject({ notes: [] });
  });
});

describe('showClaims', () => {
  it('prints claims in one order, and nothing that draws', () => {
    const minted = mintClaims({
      ...run,
      environment: { name: 'a\u001B[2J\u202Eb\u009B' },
      tokenId: 'j-1',
      properties: new Map([
        ['b', '2'],
        ['a', '1'],
      ]),
    });
    if (minted.kind !== 'minted') throw new Error(minted.reason);
    const lines = showClaims(minted.claims);
    expect(lines.slice(0, 4)).toEqual([
      'iss                    "https://token.actions.githubusercontent.com"',
      'aud                    "sts.amazonaws.com"',
      String.raw`sub                    "repo:acme/app:environment:a\u001b[2J\u202eb\u009b"`,
      'repository             "acme/app"',
    ]);
    expect(lines.slice(-2)).toEqual(['repo_property_a        "1"', 'repo_property_b        "2"']);
    expect(lines.join('\n')).not.toContain('j-1');
    expect(showClaims(new Map())).toEqual([]);
    expect(
      orderedClaims(minted.claims)
        .map(([name]) => name)
        .slice(0, 3),
    ).toEqual(['iss', 'aud', 'sub']);
  });
});
