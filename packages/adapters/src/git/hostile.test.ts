import { chmodSync, existsSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { checkoutWith, type Checkout } from '../../test/checkout.ts';
import { folderWith } from '../../test/folder.ts';
import { lineDates } from './blame.ts';
import { gitFacts } from './facts.ts';
import { treeState } from './status.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/**
 * ATTACKER: a checkout whose configuration names a program at every place we know of. The program
 * leaves a mark; none may be there after all questions were asked.
 */
function hostileCheckout(mark: string): Checkout {
  const made = checkoutWith({
    '.gitattributes': '* filter=evil diff=evil\n',
    'a.yml': 'one\n',
    'b.yml': 'x\n',
  });
  const program = join(made.root, '.git/program');
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${mark}'\nexit 1\n`);
  chmodSync(program, 0o755);
  const settings: Readonly<Record<string, string>> = {
    'core.fsmonitor': program,
    'core.hooksPath': join(made.root, '.git'),
    'core.sshCommand': program,
    'core.pager': program,
    'core.editor': program,
    'diff.external': program,
    'diff.evil.textconv': program,
    'diff.evil.command': program,
    'filter.evil.clean': program,
    'filter.evil.smudge': program,
    'filter.evil.required': 'true',
    'filter.ev=il.clean': program,
    'gpg.program': program,
    'log.showSignature': 'true',
    'credential.helper': program,
    'extensions.partialClone': 'origin',
    'remote.origin.promisor': 'true',
    'remote.origin.url': `ext::${program}`,
    'protocol.ext.allow': 'always',
    'uploadpack.packObjectsHook': program,
    'alias.status': `!${program}`,
    'alias.blame': `!${program}`,
  };
  for (const [name, value] of Object.entries(settings)) {
    made.git('config', '--file', join(made.root, '.git/config'), name, value);
  }
  writeFileSync(
    join(made.root, '.gitattributes'),
    '*.yml filter=evil diff=evil\nb.yml filter=ev=il\n',
  );
  // Times that differ from the index make git compare contents, through the filters.
  for (const name of ['a.yml', 'b.yml']) utimesSync(join(made.root, name), 1, 1);
  return made;
}

describe('a hostile checkout', () => {
  let mark = '';

  it('proves itself: git runs the programs when nobody stops it', () => {
    mark = join(folderWith(), 'mark');
    const { git } = hostileCheckout(mark);
    try {
      git('status');
    } catch {
      // The programs may make git fail; what counts is that they ran.
    }
    expect(existsSync(mark)).toBe(true);
  });

  it('runs no program when we ask', () => {
    mark = join(folderWith(), 'mark');
    const { root } = hostileCheckout(mark);
    treeState(root, ['a.yml', 'b.yml']);
    gitFacts(root);
    lineDates(
      root,
      new Map([
        ['a.yml', [1]],
        ['b.yml', [1]],
      ]),
    );
    expect(existsSync(mark)).toBe(false);
  });

  it('fetches no object that is missing from a partial clone', () => {
    mark = join(folderWith(), 'mark');
    const { root, git } = hostileCheckout(mark);
    const tree = git('rev-parse', 'HEAD^{tree}').trim();
    rmSync(join(root, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    gitFacts(root);
    lineDates(root, new Map([['a.yml', [1]]]));
    treeState(root, ['a.yml']);
    expect(existsSync(mark)).toBe(false);
    expect(() => git('ls-tree', 'HEAD')).toThrow('Command failed');
    expect(existsSync(mark)).toBe(true);
  });
});
