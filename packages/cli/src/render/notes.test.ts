import { expect, it } from 'vitest';

import type { ReportNote } from '../audit/report.ts';
import { noteLines } from './notes.ts';

function note(path: string | undefined, reason: string): ReportNote {
  return { about: 'git', reason, ...(path === undefined ? {} : { path }) };
}

it('says once what holds for many', () => {
  expect(
    noteLines([
      note('a', 'x'),
      note('b', 'x'),
      note('c', 'x'),
      note('a', 'y'),
      note('.', 'z'),
      note(undefined, 'w'),
      note('a', 'v'),
      note('b', 'v'),
    ]),
  ).toEqual([
    'note: git (a and 2 more): x',
    'note: git (a): y',
    'note: git: z',
    'note: git: w',
    'note: git (a, b): v',
  ]);
});
