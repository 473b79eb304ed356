import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { checkoutWith } from '../../test/checkout.ts';
import { folderWith } from '../../test/folder.ts';
import { lineDates } from './blame.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

it('dates the lines asked for, and no line that is in no commit', () => {
  const { root } = checkoutWith({ 'a.yml': 'one\ntwo\n\tthree\n', 'odd [name].yml': 'x\n' });
  writeFileSync(join(root, 'a.yml'), 'one\nchanged\n\tthree\n');
  const wanted = new Map([
    ['a.yml', [3, 1, 2, 3]],
    ['odd [name].yml', [1]],
    ['gone.yml', [1]],
    ['none.yml', []],
  ]);
  expect(lineDates(root, wanted)).toEqual(
    new Map([
      ['a.yml:1', '2020-05-01'],
      ['a.yml:3', '2020-05-01'],
      ['odd [name].yml:1', '2020-05-01'],
    ]),
  );
});

it('knows no dates outside a checkout', () => {
  expect(lineDates(folderWith({ 'a.yml': 'x' }), new Map([['a.yml', [1]]]))).toEqual(new Map());
});
