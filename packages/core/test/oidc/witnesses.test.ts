import { describe, expect, it } from 'vitest';

import type { Formula } from '../../src/language/formula.ts';
import { compileGlob } from '../../src/language/glob.ts';
import { findWord, type Search } from '../../src/language/search.ts';
import { githubCom } from '../../src/oidc/issuer.ts';
import { mintableTokens } from '../../src/oidc/mintable-tokens.ts';
import { templatesFor } from '../../src/oidc/templates.ts';

const like = (field: string, pattern: string): Formula => ({
  kind: 'matches',
  field,
  glob: compileGlob(pattern),
});
const equals = (field: string, text: string): Formula => ({
  kind: 'matches',
  field,
  glob: compileGlob(text, { wildcards: false }),
});
const all = (...of: Formula[]): Formula => ({ kind: 'all', of });
const not = (of: Formula): Formula => ({ kind: 'not', of });

/** A token of anybody that a condition accepts. */
function ask(formula: Formula, templates: readonly (readonly string[])[] = []): Search {
  const shapes = mintableTokens({
    issuer: githubCom,
    audiences: ['sts.amazonaws.com'],
    templates,
    claims: new Set(['sub', 'aud', 'repository', 'repository_id', 'job_workflow_ref', 'ref']),
  });
  return findWord(shapes, formula);
}

describe('tokens that a condition accepts beyond what it was meant for', () => {
  const found: readonly (readonly [string, Formula, RegExp])[] = [
    [
      'another repository of the owner',
      all(like('sub', 'repo:acme/*'), not(like('sub', 'repo:acme/app:*'))),
      /^repo:acme\/[\w.-]+:/,
    ],
    [
      'an owner whose name only starts so',
      all(
        like('sub', 'repo:acme*'),
        not(like('sub', 'repo:acme/*')),
        not(like('sub', 'repo:acme@*')),
      ),
      /^repo:acme[\w-]+/,
    ],
    [
      'a pull request',
      all(like('sub', 'repo:acme/app:*'), not(like('sub', '*:ref:*')), not(like('sub', '*:env*'))),
      /^repo:acme\/app:pull_request$/,
    ],
    [
      'a recycled name behind wildcarded ids',
      all(
        like('sub', 'repo:acme@*/app@*:ref:refs/heads/main'),
        not(equals('sub', 'repo:acme@12/app@34:ref:refs/heads/main')),
      ),
      /^repo:acme@\d+\/app@\d+:ref:refs\/heads\/main$/,
    ],
    ['everybody but one', not(equals('sub', 'repo:acme/app:environment:prod')), /./],
  ];
  it.each(found)('%s', (_name, formula, subject) => {
    const answer = ask(formula);
    expect(answer.kind).toBe('found');
    if (answer.kind === 'found') expect(answer.word.fields.get('sub')).toMatch(subject);
  });

  const none: readonly (readonly [string, Formula])[] = [
    ['a subject without refs/heads/', equals('sub', 'repo:acme/app:ref:main')],
    [
      'a subject that is neither ref, environment nor pull request',
      equals('sub', 'repo:acme/app:dev'),
    ],
    ['a wildcard taken literally', equals('sub', 'repo:acme/app:ref:refs/heads/*')],
    [
      'another repository where the repository is pinned beside a wide subject',
      all(
        like('sub', 'repo:*:environment:develop'),
        equals('repository', 'acme/app'),
        not(like('sub', 'repo:acme/app:*')),
        not(like('sub', 'repo:acme@*/app@*')),
      ),
    ],
    [
      'a branch that is called like an environment',
      equals('sub', 'repo:acme/app:ref:refs/heads/a:b'),
    ],
  ];
  it.each(none)('none: %s', (_name, formula) => {
    expect(ask(formula)).toEqual({ kind: 'empty' });
  });

  it('finds the subject template that an owner would set', () => {
    const subject = 'environment:prod';
    expect(ask(equals('sub', subject))).toEqual({ kind: 'empty' });
    const answer = ask(equals('sub', subject), templatesFor([subject]));
    expect(answer.kind).toBe('found');
  });
});
