import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { writesTo } from './written-file.ts';

it.each([
  ['echo a > file', 0, 'redirect file'],
  ['echo a >> "$F"', 0, 'redirect+ $F'],
  ['echo a >| f &> g', 0, 'redirect f, redirect g'],
  ['echo a &>> f', 0, 'redirect+ f'],
  ['echo a >&f', 0, 'redirect f'],
  ['echo a 2> f', 0, ''],
  ['echo a 1>f 2>&1', 0, 'redirect f'],
  ['echo a > /dev/null', 0, ''],
  ['cat < f', 0, ''],
  ['{ echo a; } >> f', 0, 'group+ f'],
  ['{ echo a > g; } >> f', 0, 'redirect g'],
  ['{ echo a | cat; } >> f', 0, ''],
  ['{ echo a | cat; } >> f', 1, 'group+ f'],
  ['for x in 1; do { echo a; } > g; done > f', 0, 'group g'],
  ['echo a | tee f g', 1, 'tee f, tee g'],
  ['echo a | sudo tee -a f > /dev/null', 1, 'tee+ f'],
  ['tee --append -- -f', 0, 'tee+ -f'],
  ['dd if=a of="b c" bs=1', 0, 'dd b c'],
  ['dd of=b oflag=append', 0, 'dd+ b'],
  ['X=$(echo a > f)', 0, 'redirect f'],
  ['{ X=$(echo a); } > f', 0, ''],
])('%s (%i)', (source, index, expected) => {
  const command = engine.parseShell(source).commands[index];
  const files = command ? writesTo(command) : [];
  const printed = files.map(({ target, append, by }) => `${by}${append ? '+' : ''} ${target.text}`);
  expect(printed.join(', ')).toBe(expected);
});
