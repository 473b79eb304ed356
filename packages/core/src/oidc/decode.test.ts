import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ClaimName } from './claims.ts';
import { readClaims } from './decode.ts';
import { subjectPrefix, type SubjectFormat } from './format.ts';
import { parseSubject, type ParsedSubject } from './parse-subject.ts';
import { explainFormats, patternFormat } from './pattern-format.ts';
import { subjectOf } from './subject.ts';

describe('readClaims', () => {
  const good = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    sub: 'repo:acme/app:pull_request',
  };

  it('reads strings and times', () => {
    const read = readClaims({ ...good, iat: 1, nbf: 2, exp: 3, repo_property_team: 'web' });
    expect(read.problems).toEqual([]);
    expect(read.times).toEqual({ iat: 1, nbf: 2, exp: 3 });
    expect(read.audiences).toEqual(['sts.amazonaws.com']);
    expect(Object.fromEntries(read.claims)).toEqual({ ...good, repo_property_team: 'web' });
  });

  it('keeps a list of audiences, and says that GitHub writes none', () => {
    const read = readClaims({ ...good, aud: ['a', 'b'] });
    expect(read.audiences).toEqual(['a', 'b']);
    expect(read.claims.get('aud')).toBe('a');
    expect(read.problems).toEqual([
      { claim: 'aud', problem: 'is a list of 2; GitHub writes one string' },
    ]);
    expect(readClaims({ ...good, aud: [1] }).problems).toHaveLength(2);
    expect(readClaims({ ...good, aud: [] }).claims.has('aud')).toBe(false);
  });

  it.each<[unknown, readonly string[]]>([
    [undefined, ['']],
    [null, ['']],
    [[], ['']],
    ['x', ['']],
    [{}, ['iss', 'aud', 'sub']],
    [{ ...good, sub: 1 }, ['sub']],
    [{ ...good, repository: null, actor: {} }, ['repository', 'actor']],
    [{ ...good, exp: '1' }, ['exp']],
    [{ ...good, exp: 1.5 }, ['exp']],
  ])('finds what is wrong with %j', (payload, expected) => {
    expect(readClaims(payload).problems.map(({ claim }) => claim)).toEqual(expected);
  });

  it('takes strange names for strange names', () => {
    const read = readClaims(
      JSON.parse(`{"__proto__": "x", "constructor": "y", "iss": "i", "aud": "a", "sub": "s"}`),
    );
    expect(read.unknown).toEqual(['__proto__', 'constructor']);
    expect([...read.claims.keys()]).toEqual(['iss', 'aud', 'sub']);
  });

  it('throws for no payload', () => {
    fc.assert(fc.property(fc.anything(), (payload) => Array.isArray(readClaims(payload).problems)));
  });
});

describe('parseSubject', () => {
  it.each<[string, ParsedSubject]>([
    [
      'repo:acme/app:pull_request',
      { kind: 'classic', owner: 'acme', repository: 'app', context: { kind: 'pull_request' } },
    ],
    [
      'repo:acme/app:environment:a%3Ab',
      {
        kind: 'classic',
        owner: 'acme',
        repository: 'app',
        context: { kind: 'environment', name: 'a:b' },
      },
    ],
    [
      'repo:acme/app:ref:',
      { kind: 'classic', owner: 'acme', repository: 'app', context: { kind: 'ref', ref: '' } },
    ],
    [
      'repo:acme@1/app@2:ref:refs/heads/a@b',
      {
        kind: 'immutable',
        owner: 'acme',
        repository: 'app',
        ids: { owner: '1', repository: '2' },
        context: { kind: 'ref', ref: 'refs/heads/a@b' },
      },
    ],
    ['repo:acme/app', { kind: 'custom', parts: [{ key: 'repo', value: 'acme/app' }] }],
    [
      'repo:acme/app:pull_request:actor:x',
      {
        kind: 'custom',
        parts: [
          { key: 'repo', value: 'acme/app' },
          { key: 'pull_request', value: '' },
          { key: 'actor', value: 'x' },
        ],
      },
    ],
    [
      'environment:a%3Ab:repository_owner:acme',
      {
        kind: 'custom',
        parts: [
          { key: 'environment', value: 'a:b' },
          { key: 'repository_owner', value: 'acme' },
        ],
      },
    ],
    [
      'repo:acme@1/app:pull_request',
      { kind: 'unknown', reason: '"acme@1/app" is no repository such as owner/name' },
    ],
    [
      'repo:acme@01/app@2:pull_request',
      { kind: 'unknown', reason: '"acme@01/app@2" is no repository such as owner/name' },
    ],
    [
      'repo:-acme/app:pull_request',
      { kind: 'unknown', reason: '"-acme/app" is no repository such as owner/name' },
    ],
    [
      'repo:a/b/c:pull_request',
      { kind: 'unknown', reason: '"a/b/c" is no repository such as owner/name' },
    ],
    ['actor', { kind: 'unknown', reason: 'the claim "actor" has no value' }],
    ['', { kind: 'unknown', reason: '"" is no name of a claim' }],
  ])('reads %s', (sub, expected) => {
    expect(parseSubject(sub)).toEqual(expected);
  });

  it('reads back what is written', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9](-?[A-Za-z0-9]){0,10}$/);
    const id = fc.integer({ min: 1 }).map(String);
    const text = fc.string({ minLength: 1, unit: 'binary' }).filter((one) => !one.includes('%3A'));
    const formats = fc.constantFrom<SubjectFormat>({ kind: 'classic' }, { kind: 'immutable' });
    fc.assert(
      fc.property(
        formats,
        name,
        name,
        id,
        id,
        text,
        fc.constantFrom('environment', 'pull_request', 'ref'),
        (format, owner, repository, ownerId, repositoryId, value, context) => {
          const claims = new Map<ClaimName, string>([
            ['repository', `${owner}/${repository}`],
            ['repository_owner_id', ownerId],
            ['repository_id', repositoryId],
            ['ref', `refs/heads/${value}`],
            ...(context === 'environment' ? ([['environment', value]] as const) : []),
          ]);
          const made = subjectOf(format, {
            claims,
            pullRequest: context === 'pull_request',
            colons: 'encoded',
          });
          if (made.kind !== 'made') throw new Error(made.reason);
          expect(
            made.value.startsWith(`${subjectPrefix(format.kind === 'immutable', claims) ?? '?'}:`),
          ).toBe(true);
          expect(parseSubject(made.value)).toEqual({
            kind: format.kind,
            owner,
            repository,
            ...(format.kind === 'immutable'
              ? { ids: { owner: ownerId, repository: repositoryId } }
              : {}),
            context: {
              kind: context,
              ...(context === 'environment' ? { name: value } : {}),
              ...(context === 'ref' ? { ref: `refs/heads/${value}` } : {}),
            },
          });
        },
      ),
    );
  });
});

describe('patternFormat', () => {
  it.each([
    ['repo:acme/app:ref:refs/heads/main', 'classic'],
    ['repo:acme/*', 'classic'],
    ['repo:acme/app*', 'classic'],
    ['repo:acme*/app:*', 'classic'],
    ['repo:acme', 'classic'],
    ['repo:acme-2024/app-2025:*', 'classic'],
    ['repo:acme@1/app@2:*', 'immutable'],
    ['repo:acme@*/app@*:*', 'immutable'],
    ['repo:acme-123456/app-456789:*', 'withdrawn'],
    ['repo:acme*', 'any'],
    ['repo:*', 'any'],
    ['repo:acme*/app*:*', 'any'],
    ['*', 'any'],
    ['*:environment:prod', 'any'],
    ['repository_owner:acme:*', 'custom'],
  ])('%s is %s', (pattern, expected) => {
    expect(patternFormat(pattern)).toBe(expected);
  });

  it('explains a mismatch, and only one', () => {
    expect(explainFormats('immutable', 'classic')).toBe(
      'this subject is immutable, the policy expects a classic one',
    );
    expect(explainFormats('classic', 'immutable')).toBe(
      'this subject is classic, the policy expects an immutable one',
    );
    expect(explainFormats('classic', 'withdrawn')).toContain('never mints');
    expect(explainFormats('classic', 'classic')).toBeUndefined();
    expect(explainFormats('classic', 'any')).toBeUndefined();
    expect(explainFormats('unknown', 'classic')).toBeUndefined();
  });
});
