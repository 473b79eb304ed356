import { sourceFile, type Location } from '@sallyport/core';
import { describe, expect, it } from 'vitest';

import { styleFor } from '../../terminal/color.ts';
import { displayWidth } from '../../terminal/width.ts';
import { gutterOf, renderSnippet } from './snippet.ts';

/** Marks the text between the brackets; several marks may be given by their order. */
function snippet(
  marked: string,
  width = 80,
  roles: readonly Location['role'][] = ['primary'],
): string {
  const starts: number[] = [];
  const ranges: [number, number][] = [];
  let text = '';
  for (const character of marked) {
    if (character === '«') starts.push(text.length);
    else if (character === '»') ranges.push([starts.pop() ?? 0, text.length]);
    else text += character;
  }
  const file = sourceFile('a.yml', text);
  const places = ranges.map(([from, to], index): Location => {
    const start = file.lines.position(from);
    const end = file.lines.position(to);
    return {
      file: 'a.yml',
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
      role: roles[index] ?? 'related',
      label: `label ${index + 1}`,
    };
  });
  const layout = { style: styleFor(false, false), gutter: gutterOf(places), width };
  return `\n${renderSnippet(file, places, layout).join('\n')}\n`;
}

describe('renderSnippet', () => {
  it('marks a place', () => {
    expect(snippet('on: push\n  «key»: value\n')).toMatchInlineSnapshot(`
      "
      2 |   key: value
        |   ^^^ label 1
      "
    `);
  });

  it('shows related places in the order of the file, with what lies between', () => {
    const text = 'a: 1\n«b»: 2\nc: 3\n«d»: 4\ne: 5\nf: 6\n«g»: 7\n';
    expect(snippet(text, 80, ['related', 'primary', 'related'])).toMatchInlineSnapshot(`
      "
      2 | b: 2
        | - label 1
      3 | c: 3
      4 | d: 4
        | ^ label 2
      ...
      7 | g: 7
        | - label 3
      "
    `);
  });

  it('writes a line once for several places, the primary first', () => {
    expect(snippet('«aws-access-key-id»: «value»\n', 80, ['related', 'primary']))
      .toMatchInlineSnapshot(`
      "
      1 | aws-access-key-id: value
        |                    ^^^^^ label 2
        | ----------------- label 1
      "
    `);
  });

  it('shows the first lines of a range over several', () => {
    expect(snippet('run: «|\n  one\n  two\n  three\n»  four\n')).toMatchInlineSnapshot(`
      "
      1 | run: |
        |      ^ label 1
      2 |   one
      3 |   two
      ...
      "
    `);
  });

  it('does not take a range that ends before the first column for a line more', () => {
    expect(snippet('«a: 1\n»b: 2\n')).toMatchInlineSnapshot(`
      "
      1 | a: 1
        | ^^^^ label 1
      "
    `);
  });

  it('aligns after tabs, wide characters and emoji', () => {
    expect(snippet('\t- 東京 🚀 «key»: x\n')).toMatchInlineSnapshot(`
      "
      1 |     - 東京 🚀 key: x
        |               ^^^ label 1
      "
    `);
    const [line = '', mark = ''] = snippet('名前: «鍵»\n').trim().split('\n').slice(-2);
    expect(displayWidth(mark.slice(0, mark.indexOf('^')))).toBe(
      displayWidth(line.slice(0, line.indexOf('鍵'))),
    );
    expect(mark).toContain('^^ label 1');
  });

  it('cuts a long line around the place', () => {
    const text = `key: ${'a'.repeat(200)}«here»${'b'.repeat(200)}\n`;
    const shown = snippet(text, 60);
    expect(shown).toMatchInlineSnapshot(`
      "
      1 | ...aaaaaaaaaaaaaaaaaaherebbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb...
        |                      ^^^^ label 1
      "
    `);
    for (const row of shown.split('\n').filter((one) => one.includes('aaa'))) {
      expect(displayWidth(row)).toBeLessThanOrEqual(60 + 4);
    }
  });

  it('shows control characters instead of obeying them, the mark still in place', () => {
    expect(snippet('name: \u001b[2J\u202e «key»\r\n')).toMatchInlineSnapshot(`
      "
      1 | name: ␛[2J\\u{202e} key
        |                    ^^^ label 1
      "
    `);
  });

  it('masks a literal key in the line it quotes', () => {
    const key = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');
    expect(snippet(`secret: «${key}»\n`)).not.toContain('wJalr');
  });

  it('works at the edges of a file', () => {
    expect(snippet('«»')).toMatchInlineSnapshot(`
      "
      1 |
        | ^ label 1
      "
    `);
    expect(snippet('a: b«»')).toMatchInlineSnapshot(`
      "
      1 | a: b
        |     ^ label 1
      "
    `);
    expect(snippet('\n\n«\n»')).toMatchInlineSnapshot(`
      "
      3 |
        | ^ label 1
      "
    `);
  });

  it('shows a little of a line of megabytes', () => {
    const shown = snippet(`${'x'.repeat(400_000)}«key»${'é'.repeat(400_000)}`, 60);
    expect(shown).toContain('xxxkeyééé');
    expect(shown.length).toBeLessThan(300);
  });
});
