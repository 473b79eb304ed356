import { describe, expect, it } from 'vitest';

import { lettersOf } from './automaton.ts';
import { anyCharacter, joined, listed, range } from './characters.ts';
import { evaluateFormula } from './evaluate.ts';
import { literally, oneOf, optional, repeat, sequence } from './expression.ts';
import type { Formula } from './formula.ts';
import { compileGlob, type GlobOptions } from './glob.ts';
import { decide, findWord } from './search.ts';
import type { Segment, Shape } from './shape.ts';
import { exactly } from './words.ts';

const alphanumeric = joined(range('a', 'z'), range('A', 'Z'), range('0', '9'));
const owner = lettersOf(
  sequence(oneOf(alphanumeric), repeat(sequence(optional(literally('-')), oneOf(alphanumeric)), 0)),
  { longest: 39 },
);
const name = lettersOf(repeat(oneOf(alphanumeric, listed('-_.')), 1), { longest: 100 });
const digits = lettersOf(sequence(oneOf(range('1', '9')), repeat(oneOf(range('0', '9')), 0)), {
  longest: 10,
});
const hash = lettersOf(repeat(oneOf(range('0', '9'), range('a', 'f')), 40, 40));
const any = lettersOf(repeat(oneOf(anyCharacter), 1), { longest: 255 });

const text = (text: string): Segment => ({ kind: 'literal', text });
const of = (name: string): Segment => ({ kind: 'variable', name });
const coded = (name: string): Segment => ({ kind: 'variable', name, encode: 'colon' });

const variables = [
  { name: 'owner', letters: owner },
  { name: 'repo', letters: name },
  { name: 'branch', letters: any },
  { name: 'environment', letters: any },
  { name: 'id', letters: digits },
  { name: 'sha', letters: hash },
];

function shape(data: string, fields: Record<string, readonly Segment[]>): Shape<string> {
  return { data, variables, fields: new Map(Object.entries(fields)) };
}

const common = {
  aud: [text('sts.amazonaws.com')],
  repository: [of('owner'), text('/'), of('repo')],
  repository_owner: [of('owner')],
  sha: [of('sha')],
};
const branch = shape('branch', {
  ...common,
  sub: [text('repo:'), of('owner'), text('/'), of('repo'), text(':ref:refs/heads/'), of('branch')],
  ref: [text('refs/heads/'), of('branch')],
});
const environment = shape('environment', {
  ...common,
  sub: [
    text('repo:'),
    of('owner'),
    text('/'),
    of('repo'),
    text(':environment:'),
    coded('environment'),
  ],
  environment: [of('environment')],
  ref: [text('refs/heads/'), of('branch')],
});
const custom = shape('custom', {
  ...common,
  sub: [
    text('environment:'),
    coded('environment'),
    text(':repository_owner:'),
    of('owner'),
    text(':environment:'),
    coded('environment'),
  ],
  environment: [of('environment')],
  owner_environment: [of('owner'), text('/'), of('environment')],
});
const shapes = [branch, environment, custom];

const matches = (field: string, pattern: string, options: GlobOptions = {}): Formula => ({
  kind: 'matches',
  field,
  glob: compileGlob(pattern, options),
});
const all = (...of: readonly Formula[]): Formula => ({ kind: 'all', of });
const anyOf = (...of: readonly Formula[]): Formula => ({ kind: 'any', of });
const not = (of: Formula): Formula => ({ kind: 'not', of });
const present = (field: string): Formula => ({ kind: 'present', field });
const unknown = (reason: string): Formula => ({ kind: 'unknown', reason });

const table: readonly (readonly [formula: Formula, field: string, value: string | undefined])[] = [
  [matches('sub', 'repo:acme/*'), 'sub', 'repo:acme/a:ref:refs/heads/a'],
  [
    all(matches('sub', 'repo:acme*'), not(matches('repository', 'acme/*'))),
    'repository',
    'acmea/a',
  ],
  [
    all(matches('sub', 'repo:acme/shop:*'), not(matches('ref', 'refs/heads/main'))),
    'sub',
    'repo:acme/shop:ref:refs/heads/a',
  ],
  [all(matches('sub', 'repo:acme/shop:*'), not(present('ref'))), 'sub', undefined],
  [all(matches('sub', '*%3A*'), not(matches('environment', '*%*'))), 'environment', ':'],
  [
    all(matches('sub', '*:ref:*'), matches('sub', '*:environment:*')),
    'sub',
    'environment:ref:repository_owner:a:environment:ref',
  ],
  [
    all(matches('sub', 'repo:ACME/*', { ignoreCase: true }), not(matches('sub', 'repo:acme/*'))),
    'repository_owner',
    'acmE',
  ],
  [
    all(
      matches('environment', 'k', { ignoreCase: true }),
      ...['k', 'K'].map((letter) => not(matches('environment', letter))),
    ),
    'environment',
    '\u212a',
  ],
  [all(matches('sub', '*'), not(matches('aud', 'sts.amazonaws.com'))), 'aud', undefined],
  [matches('sha', '*dead*beef'), 'sha', `${'a'.repeat(32)}deadbeef`],
  [matches('sub', 'environment:?:repository_owner:acme:environment:?'), 'environment', 'a'],
  [matches('sub', 'environment:x:repository_owner:acme:environment:y'), 'environment', undefined],
  [
    all(matches('sub', 'env*a:environment:prod'), matches('owner_environment', '??/prod')),
    'sub',
    'environment:prod:repository_owner:aa:environment:prod',
  ],
  [matches('gone', '*'), 'gone', undefined],
  [anyOf(), 'sub', undefined],
  [all(), 'sub', 'repo:a/a:ref:refs/heads/a'],
];

describe('findWord', () => {
  it.each(table)('%j', (formula, field, value) => {
    const result = findWord(shapes, formula);
    if (value === undefined) return expect(result).toEqual({ kind: 'empty' });
    if (result.kind !== 'found') return expect(result.kind).toBe('found');
    expect(evaluateFormula(formula, result.word.fields)).toBe('holds');
    expect(result.word.fields.get(field)).toBe(value);
  });

  it('tells of a shape, and of variables that do not matter too', () => {
    const result = findWord(shapes, matches('ref', 'refs/heads/x'));
    if (result.kind !== 'found') return expect(result.kind).toBe('found');
    expect(result.word.shape).toBe(branch);
    expect(Object.fromEntries(result.word.variables)).toEqual({
      owner: 'a',
      repo: 'a',
      branch: 'x',
      environment: 'a',
      id: '1',
      sha: 'a'.repeat(40),
    });
  });

  it('tells places with the same matches apart by the letters left to a variable', () => {
    const tight: Shape = {
      data: 0,
      variables: [
        { name: 'x', letters: exactly(['a', 'bbb']) },
        { name: 'y', letters: lettersOf(repeat(oneOf(listed('ab')), 0), { longest: 3 }) },
      ],
      fields: new Map([['f', [of('x'), text(':'), of('y')]]]),
    };
    const result = findWord([tight], matches('f', '????bb'));
    if (result.kind !== 'found') return expect(result.kind).toBe('found');
    expect(result.word.fields.get('f')).toBe('bbb:bb');
  });

  it.each(['a', '??'])('counts the letters of a variable that stopped to matter (%s)', (end) => {
    const two: Shape = {
      data: 0,
      variables: [
        { name: 'x', letters: exactly(['a', 'cccc']) },
        { name: 'y', letters: lettersOf(repeat(oneOf(listed('ab')), 1, 2)) },
      ],
      fields: new Map([
        ['f', [of('x')]],
        ['g', [of('y')]],
      ]),
    };
    const long = all(matches('f', 'c*'), matches('g', 'a'));
    const short = all(matches('f', 'a'), matches('g', end));
    const result = findWord([two], anyOf(long, short));
    if (result.kind !== 'found') return expect(result.kind).toBe('found');
    expect(result.word.fields.get('f')).toBe('a');
  });

  it('finds nothing in no shape, and in a shape with an empty variable', () => {
    expect(findWord([], all())).toEqual({ kind: 'empty' });
    const none = [{ name: 'x', letters: exactly([]) }];
    expect(findWord([{ data: 0, variables: none, fields: new Map() }], all())).toEqual({
      kind: 'empty',
    });
  });

  it('refuses a field with a variable that is not declared', () => {
    const wrong: Shape = { data: 0, variables: [], fields: new Map([['f', [of('x')]]]) };
    expect(() => findWord([wrong], matches('f', 'a'))).toThrow('written from x');
  });

  it.each([
    [unknown('a'), 'a'],
    [all(matches('repository', 'acme/*'), unknown('a'), not(unknown('b'))), 'a; b'],
    [anyOf(all(matches('gone', '*'), unknown('a')), unknown('b')), 'b'],
    [not(anyOf(matches('gone', '*'), unknown('a'))), 'a'],
  ])('leaves %j undecided', (formula, reason) => {
    expect(findWord(shapes, formula)).toEqual({ kind: 'undecided', reason });
  });

  it.each([
    [all(matches('gone', '*'), unknown('a')), 'empty'],
    [anyOf(present('ref'), unknown('a')), 'found'],
    [not(all(present('gone'), unknown('a'))), 'found'],
    [not(anyOf(present('aud'), unknown('a'))), 'empty'],
  ] as const)('is not misled by what is unknown in %j', (formula, kind) => {
    expect(findWord(shapes, formula).kind).toBe(kind);
  });

  it('does not follow a formula into any depth', () => {
    let deep: Formula = all();
    for (let depth = 0; depth < 100_000; depth += 1) deep = not(deep);
    const result = findWord(shapes, deep);
    expect(result).toEqual({ kind: 'undecided', reason: expect.stringContaining('nests deeper') });
    expect(evaluateFormula(deep, new Map())).toBe('unknown');
  });
});

describe('hostile patterns', () => {
  const single: Shape = {
    data: 0,
    variables: [{ name: 'x', letters: any }],
    fields: new Map([['f', [of('x')]]]),
  };
  const minus = (taken: string, left: string): Formula =>
    all(matches('f', taken), not(matches('f', left)));

  it('decides by subsets where there are not too many', () => {
    expect(findWord([single], minus('*a?????b*', '*b?????a*')).kind).toBe('found');
    const six = minus('*a??b*b??a*a??b*b??a*c', '*c');
    expect(findWord([single], six, { budget: 150 }).kind).toBe('empty');
    expect(findWord([single], minus('*ab*'.repeat(200), '*ba*'.repeat(200))).kind).toBe('empty');
    expect(findWord([single], minus('*a*'.repeat(50), '*a*'.repeat(51))).kind).toBe('found');
    expect(findWord([single], minus('*a*'.repeat(51), '*a*'.repeat(50))).kind).toBe('empty');
  });

  it('stops at the budget and names it', () => {
    const formulas = [
      minus(`*a${'?'.repeat(18)}b`, `*b${'?'.repeat(19)}a*`),
      all(
        ...Array.from({ length: 50 }, (_, index) => {
          const letter = (step: number): string => String.fromCharCode(97 + ((index * step) % 26));
          const atom = matches('f', `*${letter(1)}??${letter(7)}*`);
          return index % 2 === 0 ? atom : not(atom);
        }),
      ),
    ];
    for (const formula of formulas)
      expect(findWord([single], formula, { budget: 5000 })).toEqual({
        kind: 'undecided',
        reason: 'the search needs more than its budget of 5000 states',
      });
  });

  it('counts what one long pattern takes', () => {
    const wide = minus(`*a${'?'.repeat(2000)}`, `*b${'?'.repeat(2000)}`);
    expect(findWord([single], wide, { budget: 5000 }).kind).not.toBe('found');
  });
});

describe('decide', () => {
  it('has a word for each side', () => {
    const some = decide([branch], matches('sub', 'repo:acme/*'));
    if (some.kind !== 'some') return expect(some.kind).toBe('some');
    expect(some.inside.fields.get('repository_owner')).toBe('acme');
    expect(some.outside.fields.get('repository_owner')).toBe('b');
  });

  it.each([
    [matches('sub', 'repo:*'), 'all'],
    [matches('sub', 'project:*'), 'none'],
    [unknown('a'), 'undecided'],
  ] as const)('%j: %s', (formula, kind) => {
    expect(decide([branch, environment], formula).kind).toBe(kind);
  });

  it('keeps the side that it is sure of', () => {
    const result = decide([branch], anyOf(matches('repository_owner', 'acme'), unknown('a')));
    if (result.kind !== 'undecided') return expect(result.kind).toBe('undecided');
    expect(result.reason).toBe('a');
    expect(result.inside?.fields.get('repository_owner')).toBe('acme');
    expect(result.outside).toBeUndefined();
  });

  it('says when there is no word', () => {
    expect(decide([], all())).toEqual({ kind: 'wordless' });
  });
});
