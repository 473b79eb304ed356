import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { folderWith } from '../../test/run.ts';
import { styleFor } from '../terminal/color.ts';
import { diffLines } from './diff-lines.ts';
import { unifiedDiff } from './diff.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const style = styleFor(false, false);
const diff = (before: string, after: string, forPeople = false): string =>
  unifiedDiff({ path: 'a.yml', before, after }, { style, forPeople });
const numbers = (count: number): string =>
  Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('');

describe('unifiedDiff', () => {
  it('is empty when nothing changes', () => {
    expect(diff('a\n', 'a\n')).toBe('');
  });

  it('shows three lines around changes, far ones in hunks of their own', () => {
    const after = numbers(30).replace('5\n', 'five\n').replace('25\n', '');
    expect(diff(numbers(30), after)).toMatchInlineSnapshot(`
      "--- a/a.yml
      +++ b/a.yml
      @@ -2,7 +2,7 @@
       2
       3
       4
      -5
      +five
       6
       7
       8
      @@ -22,7 +22,6 @@
       22
       23
       24
      -25
       26
       27
       28
      "
    `);
  });

  it('says when the last line has no end', () => {
    expect(diff('a\nb', 'a\nb\n')).toMatchInlineSnapshot(`
      "--- a/a.yml
      +++ b/a.yml
      @@ -1,2 +1,2 @@
       a
      -b
      \\ No newline at end of file
      +b
      "
    `);
  });

  it('makes a file from nothing and nothing from a file', () => {
    expect(diff('', 'a\n')).toContain('@@ -0,0 +1 @@');
    expect(diff('a\nb\n', '')).toContain('@@ -1,2 +0,0 @@');
  });

  it('shows control characters to people and leaves them in files', () => {
    expect(diff('a\r\n', '\u001b[2J\r\n', true)).toContain('\n+␛[2J\n');
    expect(diff('a\r\n', 'b\r\n')).toContain('\n-a\r\n+b\r\n');
  });

  it('quotes names that would end the header', () => {
    const odd = unifiedDiff(
      { path: 'a"\n\té.yml', before: '', after: 'x' },
      { style, forPeople: true },
    );
    expect(odd.split('\n')[0]).toBe(String.raw`--- "a/a\"\012\011\303\251.yml"`);
  });

  it('masks a literal key', () => {
    const key = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');
    expect(diff(`key: ${key}\n`, 'role: x\n')).toContain(`-key: ${'*'.repeat(40)}\n`);
  });

  it('is what git applies, whatever the change', () => {
    const root = folderWith({});
    const file = join(root, 'a.yml');
    const line = fc.constantFrom('a', 'b', 'c', '', ' d', 'é', 'x\r', '-- ', '++ ');
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
      .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && before !== '' && after !== '');
        writeFileSync(file, before);
        execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
          cwd: root,
          input: diff(before, after),
        });
        expect(readFileSync(file, 'utf8')).toBe(after);
      }),
      { numRuns: 60 },
    );
  });
});

describe('diffLines', () => {
  it('gives back both texts, with no more changes than needed', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const changes = diffLines(before, after);
        const side = (kind: string): string[] =>
          changes.flatMap((one) => (one.kind === 'same' || one.kind === kind ? [one.text] : []));
        expect(side('removed')).toEqual(before);
        expect(side('added')).toEqual(after);
        expect(changes.filter(({ kind }) => kind === 'same')).toHaveLength(
          longestCommon(before, after),
        );
      }),
    );
  });

  it('takes two texts with nothing in common for one block', () => {
    const before = Array.from({ length: 3000 }, (_, index) => `a${index}`);
    const after = Array.from({ length: 3000 }, (_, index) => `b${index}`);
    expect(diffLines(before, after).slice(2999, 3001)).toEqual([
      { kind: 'removed', text: 'a2999' },
      { kind: 'added', text: 'b0' },
    ]);
  });
});

/** The length of the longest common subsequence, by the table of the textbook. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const left of a) {
    const next = [0];
    for (const [j, right] of b.entries()) {
      next.push(left === right ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
