import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { belongs, words } from '../../test/shape-words.ts';
import type { Claims } from './claims.ts';
import type { SubjectFormat } from './format.ts';
import { githubCom, type Issuer } from './issuer.ts';
import { mintClaims, type RunFacts } from './mint.ts';
import { mintableTokens, type MintableQuestion } from './mintable-tokens.ts';
import { parseSubject } from './parse-subject.ts';
import { tokensOf, type RunPattern } from './run-tokens.ts';
import type { TokenShape } from './token-data.ts';

const fields = (shape: TokenShape): readonly string[] => [...shape.fields.keys()];

/** The claims that shapes have, of a token that has more. */
function within(shape: TokenShape, claims: Claims): ReadonlyMap<string, string> {
  const all = new Set([...fields(shape), 'environment', 'enterprise', 'enterprise_id']);
  return new Map([...claims].filter(([name]) => all.has(name)));
}

const holdsToken = (shapes: readonly TokenShape[], claims: Claims): boolean =>
  shapes.some((shape) => belongs(shape, within(shape, claims)));

const formats: readonly SubjectFormat[] = [
  { kind: 'classic' },
  { kind: 'immutable' },
  { kind: 'custom', claims: ['repo', 'context', 'job_workflow_ref'], immutable: false },
  { kind: 'custom', claims: ['job_workflow_ref', 'repo'], immutable: true },
  { kind: 'custom', claims: ['environment', 'actor'], immutable: false },
  { kind: 'custom', claims: ['sha', 'run_id', 'ref_protected'], immutable: false },
];

const template = { kind: 'template', pieces: ['x-', { open: 'inputs.x' }] } as const;

const pattern: RunPattern = {
  issuer: githubCom,
  repository: { owner: 'acme', name: 'app', ownerId: '1001', id: '2001', visibility: 'private' },
  event: 'push',
  refs: [
    { kind: 'filter', prefix: 'refs/heads/', patterns: ['main', 'release/**'] },
    { kind: 'filter', prefix: 'refs/tags/', patterns: ['v*'] },
  ],
  environment: { kind: 'none' },
  audience: { kind: 'exact', value: 'sts.amazonaws.com' },
  workflow: { file: '.github/workflows/release.yml', name: { kind: 'exact', value: 'Release' } },
};

const events: readonly (readonly [string, readonly string[]])[] = [
  ['push', ['refs/heads/main', 'refs/heads/release/1', 'refs/tags/v1']],
  ['workflow_dispatch', ['refs/heads/main', 'refs/tags/v2']],
  ['pull_request', ['refs/pull/7/merge', 'refs/heads/main']],
  ['pull_request_review', ['refs/pull/7/merge']],
  ['pull_request_target', ['refs/heads/trunk']],
  ['merge_group', [`refs/heads/gh-readonly-queue/main/pr-7-${'c'.repeat(40)}`]],
  ['schedule', ['refs/heads/trunk']],
  ['release', ['refs/tags/v1']],
  ['deployment', ['refs/heads/main', '']],
];

const runs: fc.Arbitrary<RunFacts> = fc
  .record({
    event: fc.constantFrom(...events),
    pick: fc.nat(),
    format: fc.constantFrom(...formats),
    environment: fc.constantFrom(undefined, 'prod', 'x-a:b', 'x-'),
    callee: fc.constantFrom(undefined, 'acme/shared/.github/workflows/deploy.yml@refs/tags/v1'),
    actor: fc.constantFrom('octocat', 'dependabot[bot]'),
    enterprise: fc.constantFrom(undefined, { slug: 'corp', id: '3' }),
    pullRequest: fc.boolean(),
    runner: fc.constantFrom('github-hosted' as const, 'self-hosted' as const),
  })
  .map(({ event: [event, refs], pick, environment, callee, actor, enterprise, ...more }) => ({
    ...more,
    issuer: githubCom,
    audience: 'sts.amazonaws.com',
    repository: { fullName: 'acme/app', id: '2001', ownerId: '1001', visibility: 'private' },
    event,
    ref: refs[pick % refs.length] ?? '',
    refProtected: pick % 2 === 0,
    sha: 'a'.repeat(40),
    headRef: 'topic',
    baseRef: 'main',
    actor: { login: actor, id: '7' },
    run: { id: '900', number: '12', attempt: '1' },
    workflow: { name: 'Release', file: '.github/workflows/release.yml' },
    ...(environment === undefined ? {} : { environment: { name: environment } }),
    ...(callee === undefined ? {} : { callee: { ref: callee } }),
    ...(enterprise === undefined ? {} : { enterprise }),
  }));

function patternOf(run: RunFacts): RunPattern {
  return {
    ...pattern,
    event: run.event,
    types: ['opened', 'closed'],
    defaultBranch: 'trunk',
    environment: run.environment
      ? {
          kind: 'either',
          name: run.environment.name === 'prod' ? { kind: 'exact', value: 'prod' } : template,
        }
      : { kind: 'none' },
    ...(run.callee
      ? { callee: { kind: 'remote', ref: { kind: 'exact', value: run.callee.ref } } as const }
      : {}),
  };
}

describe('a token that is minted', () => {
  it('is among the tokens of its run, and among all of them', () => {
    const templates = formats.flatMap((one) => (one.kind === 'custom' ? [one.claims] : []));
    const repository = { owner: 'acme', name: 'app', ownerId: '1001', id: '2001' };
    const all = mintableTokens({ issuer: githubCom, templates });
    const own = mintableTokens({
      issuer: githubCom,
      templates,
      minter: { kind: 'repository', repository },
    });
    const others = mintableTokens({
      issuer: githubCom,
      templates,
      minter: { kind: 'not-repository', repository },
    });
    fc.assert(
      fc.property(runs, (run) => {
        const minted = mintClaims(run);
        const { shapes, unmade } = tokensOf(patternOf(run), [run.format]);
        if (minted.kind !== 'minted') {
          expect(minted.reason).toContain('names none');
          expect(unmade).toContainEqual({
            format: run.format,
            kind: 'refused',
            reason: minted.reason,
          });
          return;
        }
        expect(holdsToken(shapes, minted.claims)).toBe(true);
        expect(holdsToken(all, minted.claims)).toBe(true);
        expect(holdsToken(own, minted.claims)).toBe(true);
        expect(holdsToken(others, minted.claims)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

const owner = /^(?=.{1,39}$)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:_[A-Za-z0-9]{3,8})?$/;
const repository = /^(?!\.{1,2}$)(?!.*\.(?:git|wiki)$)[\w.-]{1,100}$/i;

describe('mintableTokens', () => {
  const question: MintableQuestion = {
    issuer: githubCom,
    audiences: ['sts.amazonaws.com'],
    templates: [['environment'], ['repo', 'actor'], ['repository_owner_id', 'context']],
  };

  it('makes words that could be tokens', () => {
    const shapes = mintableTokens(question);
    expect(shapes.length).toBeGreaterThan(50);
    for (const shape of shapes) {
      fc.assert(
        fc.property(words(shape), (word) => {
          const [left = '', right = '', ...more] = (word.get('repository') ?? '').split('/');
          expect(more).toEqual([]);
          expect(left).toMatch(owner);
          expect(right).toMatch(repository);
          expect(left).toBe(word.get('repository_owner'));
          expect(word.get('aud')).toBe('sts.amazonaws.com');
          for (const id of ['repository_id', 'repository_owner_id', 'actor_id'])
            expect(word.get(id)).toMatch(/^[1-9]\d*$/);
          expect(word.get('workflow_ref')?.startsWith(`${left}/${right}/.github/workflows/`)).toBe(
            true,
          );
          expect(word.get('job_workflow_ref')).toMatch(
            /^[^/]+\/[^/]+\/\.github\/workflows\/[^/]+\.ya?ml@/,
          );
          expect(word.get('ref')).toMatch(
            /^(?:refs\/(?:heads|tags)\/[^ ~^:?*[\\]+|refs\/pull\/[1-9]\d*\/merge|)$/,
          );
          expect(word.has('environment')).toBe(shape.data.context === 'environment');
          if (shape.data.format.kind === 'custom') return;
          const parsed = parseSubject(word.get('sub') ?? '');
          expect(parsed).toMatchObject({
            kind: shape.data.format.kind,
            owner: left,
            repository: right,
            context: { kind: shape.data.context },
          });
          if (parsed.kind === 'immutable')
            expect(parsed.ids).toEqual({
              owner: word.get('repository_owner_id'),
              repository: word.get('repository_id'),
            });
        }),
        { numRuns: 5 },
      );
    }
  });

  it('uses the variables of a default token in one order', () => {
    for (const shape of mintableTokens({ issuer: githubCom })) {
      const rank = new Map(shape.variables.map(({ name }, index) => [name, index]));
      for (const [field, segments] of shape.fields) {
        const ranks = segments.flatMap((one) =>
          one.kind === 'variable' ? [rank.get(one.name) ?? -1] : [],
        );
        expect(ranks, field).toEqual(ranks.toSorted((a, b) => a - b));
      }
    }
  });

  it('leaves out what the question does not look at', () => {
    const few = mintableTokens({ issuer: githubCom, claims: new Set(['sub', 'aud']) });
    const all = mintableTokens({ issuer: githubCom });
    expect(all.length).toBe(few.length * 4);
    expect(
      few.every((shape) => shape.data.callee === 'own' && !shape.fields.has('enterprise_id')),
    ).toBe(true);
    const documented = mintableTokens({
      issuer: githubCom,
      claims: new Set(['sub']),
      undocumented: false,
    });
    expect(documented.length).toBeLessThan(few.length);
    expect(documented.every((shape) => shape.data.documented)).toBe(true);
  });

  it('knows each issuer', () => {
    const server: Issuer = {
      kind: 'server',
      host: 'git.acme.example',
      version: { major: 3, minor: 18 },
    };
    const shapes = mintableTokens({ issuer: server, templates: [['repo', 'actor']] });
    expect(new Set(shapes.map(({ data }) => JSON.stringify(data.format)))).toEqual(
      new Set([
        '{"kind":"classic"}',
        '{"kind":"custom","claims":["repo","actor"],"immutable":false}',
      ]),
    );
    const encoded = shapes
      .flatMap((shape) => shape.fields.get('sub') ?? [])
      .filter((one) => one.kind === 'variable' && one.encode);
    expect(encoded).toEqual([]);
    const slug = mintableTokens({ issuer: { kind: 'github.com', enterprise: 'corp' } });
    expect(
      slug.every(
        (shape) =>
          JSON.stringify(shape.fields.get('enterprise')) === '[{"kind":"literal","text":"corp"}]',
      ),
    ).toBe(true);
  });

  const known = { owner: 'acme', name: 'app', ownerId: '1001', id: '2001' };
  const ofMinter = (
    minter: MintableQuestion['minter'],
  ): ((sub: string, name: string, ownerId: string, id: string) => boolean) => {
    const shapes = mintableTokens({ issuer: githubCom, minter, claims: new Set(['sub']) });
    return (sub, name, ownerId, id) =>
      shapes.some((shape) => {
        const [left = ''] = name.split('/');
        // The others are free: take a word of the shape and write these over it.
        const [word] = fc.sample(words(shape), { numRuns: 1, seed: 1 });
        if (
          !word ||
          shape.data.ref !== 'branch' ||
          shape.data.context !== 'ref' ||
          shape.fields.get('head_ref')?.length !== 1
        )
          return false;
        const token = new Map(word);
        const ref = 'refs/heads/main';
        for (const [claim, value] of [
          ['sub', sub],
          ['repository', name],
          ['repository_owner', left],
          ['repository_owner_id', ownerId],
          ['repository_id', id],
          ['ref', ref],
          ['workflow_ref', `${name}/.github/workflows/a.yml@${ref}`],
          ['job_workflow_ref', `${name}/.github/workflows/a.yml@${ref}`],
        ] as const)
          token.set(claim, value);
        return belongs(shape, token);
      });
  };

  it.each<[string, MintableQuestion['minter'], string, string, boolean]>([
    ['anyone', undefined, 'acme@1001/app@2001', '', true],
    [
      'another owner',
      { kind: 'other-owner', owner: { name: 'acme', id: '1001' } },
      'acme2@5/app@6',
      '',
      true,
    ],
    [
      'another owner: not this name',
      { kind: 'other-owner', owner: { name: 'acme', id: '1001' } },
      'acme@5/app@6',
      '',
      false,
    ],
    [
      'another owner: not in capitals',
      { kind: 'other-owner', owner: { name: 'acme', id: '1001' } },
      'ACME@5/app@6',
      '',
      false,
    ],
    [
      'another owner: not the id',
      { kind: 'other-owner', owner: { name: 'acme', id: '1001' } },
      'evil@1001/app@6',
      '',
      false,
    ],
    [
      'the owner',
      { kind: 'owner', owner: { name: 'acme', id: '1001' } },
      'acme@1001/any@6',
      '',
      true,
    ],
    [
      'the owner: nobody else',
      { kind: 'owner', owner: { name: 'acme' } },
      'acme2@1001/any@6',
      '',
      false,
    ],
    ['a sibling', { kind: 'sibling', repository: known }, 'acme@1001/app2@2002', '', true],
    [
      'a sibling: not itself',
      { kind: 'sibling', repository: known },
      'acme@1001/App@2002',
      '',
      false,
    ],
    [
      'a sibling: not its id',
      { kind: 'sibling', repository: known },
      'acme@1001/app2@2001',
      '',
      false,
    ],
    ['itself', { kind: 'repository', repository: known }, 'acme@1001/app@2001', '', true],
    [
      'itself: no other id',
      { kind: 'repository', repository: known },
      'acme@1001/app@2002',
      '',
      false,
    ],
    [
      'anyone else: a stranger',
      { kind: 'not-repository', repository: known },
      'evil@5/app@6',
      '',
      true,
    ],
    [
      'anyone else: a sibling',
      { kind: 'not-repository', repository: known },
      'acme@1001/web@6',
      '',
      true,
    ],
    [
      'anyone else: not itself',
      { kind: 'not-repository', repository: known },
      'acme@1001/app@2001',
      '',
      false,
    ],
    [
      'made anew',
      { kind: 'recycled-repository', repository: known },
      'acme@1001/app@2002',
      '',
      true,
    ],
    [
      'made anew: not the old id',
      { kind: 'recycled-repository', repository: known },
      'acme@1001/app@2001',
      '',
      false,
    ],
    ['registered anew', { kind: 'recycled-owner', repository: known }, 'acme@5/app@6', '', true],
    [
      'registered anew: not the old owner',
      { kind: 'recycled-owner', repository: known },
      'acme@1001/app@6',
      '',
      false,
    ],
  ])('%s', (_, minter, slug, __, expected) => {
    const [, left = '', ownerId = '', right = '', id = ''] =
      /^(.+)@(\d+)\/(.+)@(\d+)$/.exec(slug) ?? [];
    const mints = ofMinter(minter);
    expect(mints(`repo:${slug}:ref:refs/heads/main`, `${left}/${right}`, ownerId, id)).toBe(
      expected,
    );
    expect(
      mints(`repo:${left}/${right}:ref:refs/heads/main`, `${left}/${right}`, ownerId, id),
    ).toBe(expected);
  });
});

describe('tokensOf', () => {
  it('is undecided where a filter would need an automaton without end', () => {
    const hostile = `**a${'[ab]'.repeat(40)}`;
    const refs = [{ kind: 'filter', prefix: 'refs/heads/', patterns: [hostile] }] as const;
    const { shapes, unmade } = tokensOf({ ...pattern, refs }, [{ kind: 'classic' }]);
    expect(shapes).toEqual([]);
    expect(unmade).toMatchObject([{ kind: 'undecided', format: { kind: 'classic' } }]);
  });

  const subjects = (
    run: Partial<RunPattern>,
    used: readonly SubjectFormat[] = [{ kind: 'classic' }],
  ): string[] => {
    const { shapes } = tokensOf(
      { ...pattern, repository: { ...pattern.repository, enterprise: 'none' }, ...run },
      used,
    );
    return shapes.map((shape) =>
      (shape.fields.get('sub') ?? [])
        .map((one) => (one.kind === 'literal' ? one.text : `{${one.name}${one.encode ? '' : '!'}}`))
        .join(''),
    );
  };

  it('writes one shape per ref, format and way to be', () => {
    expect(subjects({})).toEqual([
      'repo:acme/app:ref:refs/heads/{ref}',
      'repo:acme/app:ref:refs/tags/{ref}',
    ]);
    expect(
      subjects({ environment: { kind: 'either', name: { kind: 'exact', value: 'a:b' } } }),
    ).toEqual([
      'repo:acme/app:environment:a%3Ab',
      'repo:acme/app:environment:a%3Ab',
      'repo:acme/app:ref:refs/heads/{ref}',
      'repo:acme/app:ref:refs/tags/{ref}',
    ]);
    expect(subjects({ event: 'pull_request_review' }, [{ kind: 'immutable' }])).toEqual([
      'repo:acme@1001/app@2001:pull_request',
      'repo:acme@1001/app@2001:ref:refs/pull/{pull}/merge',
    ]);
    expect(
      subjects({ repository: { owner: 'acme', name: 'app', enterprise: 'none' } }, [
        { kind: 'immutable' },
      ]),
    ).toEqual([
      'repo:acme@{ownerId!}/app@{repositoryId!}:ref:refs/heads/{ref}',
      'repo:acme@{ownerId!}/app@{repositoryId!}:ref:refs/tags/{ref}',
    ]);
  });

  it('keeps refs of several filters apart, and joins what a template does not tell', () => {
    const refs = ['a/**', 'b/**'].map(
      (one) => ({ kind: 'filter', prefix: 'refs/heads/', patterns: [one] }) as const,
    );
    expect(subjects({ refs })).toHaveLength(2);
    const repoOnly = [{ kind: 'custom', claims: ['repo'], immutable: false }] as const;
    expect(subjects({ event: 'pull_request_review' }, repoOnly)).toEqual(['repo:acme/app']);
  });

  it('writes colons both ways for a server of unknown version', () => {
    const environment = {
      kind: 'named',
      name: { kind: 'template', pieces: [{ open: 'x' }] },
    } as const;
    expect(
      subjects({
        issuer: { kind: 'server', host: 'git.acme.example' },
        environment,
        refs: [{ kind: 'exact', value: 'refs/heads/main' }],
      }),
    ).toEqual([
      'repo:acme/app:environment:{environment}',
      'repo:acme/app:environment:{environment!}',
    ]);
  });

  it('says which formats make no token', () => {
    const issuer = { kind: 'server', host: 'git.acme.example' } as const;
    expect(tokensOf({ ...pattern, issuer }, [{ kind: 'immutable' }])).toMatchObject({
      shapes: [],
      unmade: [{ kind: 'refused', reason: expect.stringContaining('Enterprise Server') }],
    });
    const unknown = { kind: 'custom', claims: ['enterprise'], immutable: false } as const;
    expect(
      tokensOf({ ...pattern, repository: { ...pattern.repository, enterprise: 'none' } }, [
        unknown,
      ]),
    ).toMatchObject({ shapes: [], unmade: [{ kind: 'undecided' }] });
  });

  it('calls workflows of the repository at the ref of the run', () => {
    const { shapes } = tokensOf(
      {
        ...pattern,
        refs: [{ kind: 'exact', value: 'refs/heads/main' }],
        callee: { kind: 'local', file: '.github/workflows/deploy.yml' },
      },
      [{ kind: 'classic' }],
    );
    expect(
      shapes.map((shape) => [shape.data.callee, shape.fields.get('job_workflow_ref')]),
    ).toEqual(
      Array.from({ length: 2 }, () => [
        'given',
        [
          { kind: 'literal', text: 'acme/app/.github/workflows/deploy.yml@' },
          { kind: 'literal', text: 'refs/heads/main' },
        ],
      ]),
    );
  });
});
