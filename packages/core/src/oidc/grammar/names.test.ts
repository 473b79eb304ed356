import { execFileSync, spawnSync } from 'node:child_process';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { holds, texts } from '../../../test/shape-words.ts';
import type { Letters } from '../../language/letters.ts';
import { filterLetters } from './filter.ts';
import {
  actorName,
  anyText,
  calleeRef,
  commitSha,
  environmentName,
  numericId,
  oneOf,
  onlyRefNames,
  ownerName,
  pullNumber,
  refName,
  repositoryName,
  workflowFile,
} from './names.ts';

const long = (count: number): string => 'a'.repeat(count);

describe('names', () => {
  it.each<[string, Letters, readonly string[], readonly string[]]>([
    [
      'an owner',
      ownerName(),
      ['a', '0', 'acme', 'Acme-2', 'a-b-c', long(39), 'octo_acme', 'a-b_sh0rt'],
      [
        '',
        '-a',
        'a-',
        'a--b',
        'a.b',
        'a_b',
        'a_',
        '_abc',
        'a_abc_abc',
        long(40),
        `${long(36)}_abc`,
        'a/b',
        'é',
      ],
    ],
    [
      'an owner but one',
      ownerName(['acme']),
      ['acm', 'acmee', 'acme-2', 'dacme'],
      ['acme', 'ACME', 'aCmE'],
    ],
    [
      'a repository',
      repositoryName(),
      ['a', '-', '_', '.github', 'A.b-c_d', '...', long(100), 'git'],
      ['', '.', '..', long(101), 'a/b', 'a b', 'a.git', 'a.GIT', 'a.wiki', 'a:b', 'a@1'],
    ],
    [
      'a repository but one',
      repositoryName(['App']),
      ['ap', 'apps', 'app.'],
      ['app', 'APP', 'App'],
    ],
    ['an id', numericId(), ['1', '10', '123456789'], ['', '0', '01', '1a', '-1', '1'.repeat(20)]],
    ['an id but one', numericId(['123']), ['12', '1234', '124'], ['123']],
    ['a pull request', pullNumber(), ['1', '1234'], ['', '0', '01']],
    [
      'a digest',
      commitSha(),
      ['a'.repeat(40), '0123456789'.repeat(4)],
      ['a'.repeat(39), 'a'.repeat(41), 'A'.repeat(40)],
    ],
    [
      'a ref',
      refName(),
      ['main', 'feature/x', 'v1.2.3', '@', 'é', 'a-b', 'a.lockx', 'a=b', 'x/-y', 'a./b'],
      [
        '',
        '-x',
        '/x',
        'x/',
        'x//y',
        '.x',
        'x/.y',
        'x..y',
        'x.',
        'x.lock',
        'x.lock/y',
        'x@{y',
        'a b',
        'a:b',
        'a~1',
        'a^',
        'a?',
        'a*',
        'a[',
        'a\\b',
        'a\nb',
        'a\u007Fb',
      ],
    ],
    [
      'an environment',
      environmentName(),
      ['prod', 'a:b', 'a b', '*', long(255), 'é:é'],
      ['', long(256)],
    ],
    [
      'a workflow file',
      workflowFile(),
      ['a.yml', 'release.yaml', 'a.b.yml', 'a@b.yml'],
      ['', '.yml', 'a', 'a/b.yml', 'a.yml.txt'],
    ],
    [
      'a ref of a called workflow',
      calleeRef(),
      ['refs/heads/main', 'refs/tags/v1', 'a'.repeat(40)],
      ['', 'main', 'refs/heads/', 'refs/heads/a..b', 'refs/heads/.a', 'refs/pull/1/head'],
    ],
    [
      'an actor',
      actorName(),
      ['octocat', 'dependabot[bot]', 'octo_acme'],
      ['', '[bot]', 'a[bot', 'a b'],
    ],
    ['some texts', oneOf(['a', 'bc']), ['a', 'bc'], ['', 'ab', 'b']],
    ['any text', anyText(), ['x', '\n'], ['']],
    ['even none', anyText(0), ['x', ''], []],
  ])('knows %s', (_, letters, good, bad) => {
    expect(good.filter((text) => !holds(letters, text))).toEqual([]);
    expect(bad.filter((text) => holds(letters, text))).toEqual([]);
    fc.assert(
      fc.property(texts(letters), (text) => {
        expect(holds(letters, text)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('has a sample for each kind of letter that it tells apart', () => {
    const apart = (letters: Letters, letter: string): string =>
      [letters.start, letters.step(letters.start, 'a')]
        .map((state) => letters.step(state, letter))
        .join();
    for (const letters of [
      ownerName(['acme']),
      repositoryName(),
      refName(),
      environmentName(),
      workflowFile(),
    ]) {
      const known = new Set(letters.samples.map((one) => apart(letters, one)));
      for (let code = 1; code < 300; code++) {
        const sort = apart(letters, String.fromCharCode(code));
        expect(known.has(sort) || sort === '-1,-1', `letter ${code}`).toBe(true);
      }
    }
  });

  const hasGit = spawnSync('git', ['--version']).status === 0;

  it('agrees with git about refs, where git is', () => {
    const samples = fc.sample(texts(refName()), { numRuns: 40, seed: 1 });
    // Without git there is nobody to ask; the table above says the same.
    const refused = hasGit
      ? samples.filter((one) => {
          const { status } = spawnSync('git', ['check-ref-format', `refs/heads/${one}`]);
          return status !== 0;
        })
      : [];
    expect(refused).toEqual([]);
    expect(samples.filter((one) => !holds(refName(), one))).toEqual([]);
  });

  it('takes every ref that git takes, but for a hyphen in front', () => {
    if (!hasGit) return;
    const letters = fc.string({
      minLength: 1,
      maxLength: 8,
      unit: fc.constantFrom(...'ab./@{-lock~ :'),
    });
    for (const text of fc.sample(letters, { numRuns: 80, seed: 2 })) {
      const { status } = spawnSync('git', ['check-ref-format', `refs/heads/${text}`]);
      expect(holds(refName(), text), text).toBe(status === 0 && !text.startsWith('-'));
    }
    expect(execFileSync('git', ['--version']).toString()).toMatch(/^git/);
  });
});

describe('filterLetters', () => {
  // Source: the cheat sheet of filter patterns.
  it.each<[readonly string[], readonly string[], readonly string[]]>([
    [['feature/*'], ['feature/my-branch', 'feature/'], ['feature/beta-a/my-branch', 'feature']],
    [['feature/**'], ['feature/beta-a/my-branch', 'feature/x'], ['main']],
    [['*'], ['main', 'releases'], ['all/the/branches']],
    [['**'], ['all/the/branches', 'main'], []],
    [['*feature'], ['mono-feature', 'feature', 'ver-10-feature'], ['feature/x']],
    [['v2*'], ['v2', 'v2.0', 'v2.9'], ['v1']],
    [['v[12].[0-9]+.[0-9]+'], ['v1.10.1', 'v2.0.0'], ['v3.0.0', 'v1.x.1']],
    [['*.jsx?'], ['page.js', 'page.jsx'], ['page.jsxx']],
    [
      ['releases/**', '!releases/**-alpha'],
      ['releases/10', 'releases/beta/mona'],
      ['releases/10-alpha'],
    ],
    [
      ['releases/**', '!releases/**-alpha', 'releases/x-alpha'],
      ['releases/x-alpha'],
      ['releases/y-alpha'],
    ],
    [['!main'], [], ['main', 'other']],
    [['**', '!main'], ['other'], ['main']],
    [['v1\\+', '[', '+'], ['v1+', '[', '+'], ['v11']],
    [['[]x'], ['[]x'], ['x']],
    [[], [], ['main']],
  ])('%j', (patterns, good, bad) => {
    const letters = filterLetters(patterns);
    expect(good.filter((text) => !holds(letters, text))).toEqual([]);
    expect(bad.filter((text) => holds(letters, text))).toEqual([]);
  });

  it('makes names that a ref can have', () => {
    const letters = filterLetters(['release/**', '!release/old*'], onlyRefNames);
    expect(
      ['release/', 'release//x', 'release/.x', 'release/a b', 'release/old-1'].filter((one) =>
        holds(letters, one),
      ),
    ).toEqual([]);
    expect(['release/1', 'release/a/b'].filter((one) => !holds(letters, one))).toEqual([]);
  });

  it('says at once that nothing is left', () => {
    const letters = filterLetters(['a*', '!**']);
    expect(letters.step(letters.start, 'a')).toBe(-1);
  });

  it('reads a long hostile pattern', () => {
    const letters = filterLetters([`${'*a'.repeat(300)}b`]);
    expect(holds(letters, 'a'.repeat(400))).toBe(false);
    expect(holds(letters, `${'a'.repeat(400)}b`)).toBe(true);
  });
});
