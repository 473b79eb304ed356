import { describe, expect, it } from 'vitest';

import { isDocumented, refCandidates, type EventFacts } from './event-refs.ts';
import { githubCom, type Issuer } from './issuer.ts';
import type { Phrase } from './phrase.ts';

const main = { kind: 'exact', value: 'refs/heads/main' } as const;
const server = (minor: number): Issuer => ({
  kind: 'server',
  host: 'git.acme.example',
  version: { major: 3, minor },
});

function write(phrase: Phrase): string {
  return phrase.map((piece) => (typeof piece === 'string' ? piece : `{${piece.of.name}}`)).join('');
}

/** `what the subject ends in; ?` for each candidate. */
function refs(event: string, facts: Partial<EventFacts> = {}): string[] {
  return refCandidates({ issuer: githubCom, event, refs: [], ...facts }).map(
    (one) =>
      `${one.pullRequest ? 'pull_request' : 'ref'} ${write(one.ref) || '(empty)'}${isDocumented(one) ? '' : ' ?'}`,
  );
}

describe('refCandidates', () => {
  it.each<[string, Partial<EventFacts>, readonly string[]]>([
    ['push', { refs: [main] }, ['ref refs/heads/main']],
    ['push', {}, ['ref refs/heads/{ref}', 'ref refs/tags/{ref}']],
    [
      'push',
      {
        refs: [
          { kind: 'filter', prefix: 'refs/heads/', patterns: ['release/**'] },
          { kind: 'filter', prefix: 'refs/tags/', patterns: ['v*'] },
          { kind: 'template', pieces: ['refs/heads/team-', { open: 'inputs.team' }] },
        ],
      },
      ['ref refs/heads/{ref}', 'ref refs/tags/{ref}', 'ref refs/heads/team-{ref.1}'],
    ],
    [
      'push',
      { refs: [{ kind: 'template', pieces: [{ open: 'x' }] }] },
      ['ref refs/heads/{ref}', 'ref refs/tags/{ref}'],
    ],
    ['create', { refs: [{ kind: 'exact', value: 'refs/tags/v1' }] }, ['ref refs/tags/v1']],
    ['workflow_dispatch', {}, ['ref refs/heads/{ref}', 'ref refs/tags/{ref}']],
    ['pull_request', {}, ['pull_request refs/pull/{pull}/merge']],
    ['pull_request', { types: ['opened'] }, ['pull_request refs/pull/{pull}/merge']],
    [
      'pull_request',
      { types: ['closed'], refs: [main] },
      ['pull_request refs/pull/{pull}/merge', 'pull_request refs/heads/main'],
    ],
    [
      'pull_request',
      { refs: [{ kind: 'exact', value: 'refs/pull/7/merge' }] },
      ['pull_request refs/pull/7/merge'],
    ],
    [
      'pull_request_review',
      {},
      ['pull_request refs/pull/{pull}/merge ?', 'ref refs/pull/{pull}/merge ?'],
    ],
    [
      'pull_request_review_comment',
      {},
      ['pull_request refs/pull/{pull}/merge ?', 'ref refs/pull/{pull}/merge ?'],
    ],
    [
      'pull_request_target',
      { defaultBranch: 'main' },
      ['ref refs/heads/main ?', 'pull_request refs/heads/main ?'],
    ],
    [
      'pull_request_target',
      {
        defaultBranch: 'main',
        issuer: server(19),
        refs: [{ kind: 'exact', value: 'refs/heads/old' }],
      },
      ['ref refs/heads/old ?', 'pull_request refs/heads/old ?'],
    ],
    [
      'pull_request_target',
      { defaultBranch: 'main', issuer: server(20) },
      ['ref refs/heads/main ?', 'pull_request refs/heads/main ?'],
    ],
    ['merge_group', { refs: [main] }, ['ref refs/heads/gh-readonly-queue/main/pr-{pull}-{sha} ?']],
    ['schedule', { defaultBranch: 'main' }, ['ref refs/heads/main']],
    ['schedule', {}, ['ref refs/heads/{ref}']],
    [
      'workflow_run',
      { defaultBranch: 'main', refs: [{ kind: 'exact', value: 'refs/heads/x' }] },
      ['ref refs/heads/main'],
    ],
    ['issue_comment', { defaultBranch: 'main' }, ['ref refs/heads/main']],
    ['repository_dispatch', { defaultBranch: 'main' }, ['ref refs/heads/main']],
    ['release', {}, ['ref refs/tags/{ref}']],
    ['release', { refs: [{ kind: 'exact', value: 'refs/tags/v1' }] }, ['ref refs/tags/v1']],
    ['deployment', { refs: [main] }, ['ref refs/heads/main', 'ref (empty) ?']],
    ['status', { defaultBranch: 'main' }, ['ref refs/heads/main ?', 'ref (empty) ?']],
    [
      'teleport',
      {},
      [
        'ref refs/heads/{ref} ?',
        'ref refs/tags/{ref} ?',
        'pull_request refs/pull/{pull}/merge ?',
        'ref (empty) ?',
      ],
    ],
  ])('%s %j', (event, facts, expected) => {
    expect(refs(event, facts)).toEqual(expected);
  });

  it('says what it does not know', () => {
    const [first] = refCandidates({
      issuer: { kind: 'server', host: 'git.acme.example' },
      event: 'pull_request_target',
      refs: [main],
    });
    expect(first?.notes).toEqual([
      'the default branch is not known',
      'the version of the server decides which branch it is',
    ]);
    expect(first?.subjectNotes).toHaveLength(1);
  });
});
