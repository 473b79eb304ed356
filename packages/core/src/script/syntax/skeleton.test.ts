import { describe, expect, it } from 'vitest';

import { abridge, textOf } from './abridgement.ts';
import { DelimiterLines } from './delimiter-line.ts';
import { maskScript } from './mask.ts';
import { skeletonOf } from './skeleton.ts';

/** The skeleton of a script, abridged: one `w` for a word, one blank for a gap. */
function skeleton(source: string): string {
  const { text } = maskScript(source);
  const { units } = skeletonOf(text, 0, text.length, new DelimiterLines(text));
  expect(units).toHaveLength(source.length);
  return abridge(units, 0).text.trim();
}

describe('the skeleton', () => {
  it.each([
    ['aws s3 "a b" $X', 'w w w w'],
    ['a\nb', 'w;w'],
    ['a\n\n\nb\n', 'w; w;'],
    ['a |\nb &&\n\n c', 'w | w && w'],
    ['if a; then b; fi', 'if w; then w; fi'],
    ['if a\nthen\nb\nfi', 'if w;then w;fi'],
    ['echo if then', 'w w w'],
    ['"if" a', 'w w'],
    ['if (a) then b; fi', 'if (w);then w; fi'],
    ['a # it\'s "x', 'w'],
    ['a#b', 'w'],
    ['a "$(b "c $(d)")" e', 'w w$(w w$(w)w)w w'],
    ['a `b "c"`', 'w w'],
    ['a <(b) >(c)', 'w <(w) >(w)'],
    ['x=$((1 << 2)); ((y << 2))', 'w; w'],
    ['[[ $a && b ]] && c', 'w && w'],
    ['[ a ] && b', 'w w w && w'],
    ['a=(b "c" # d\n e)', 'w'],
    ['case $x in a|b) c ;; *) d\nesac', 'case w in w|w) w ;; w) w;esac'],
    ['a <<EOF; b\nif "x\nEOF\nc', 'w < w; w; w'],
    ['a 2>&1 3<<<x <>y', 'w 2>&w 3< w < w'],
    ['for ((i = 0; i < 3; i++)) { a; }', 'for ((w;w;w)) { w; }'],
    ['for x in if do; do a; done', 'for w in w w; do w; done'],
    ['! a | b', 'w | w'],
    ['time a; time -p { b; }', 'w; { w; }'],
    ['f() { a; }', 'w() { w; }'],
    ['f()\n{\na\n}', 'w() { w;}'],
    ['a\\\nb \\\n c', 'w w'],
    ['ls @(a|b) !(c)', 'w w w'],
    ['a {fd}> b', 'w > w'],
  ])('%s', (source, expected) => {
    expect(skeleton(source)).toBe(expected);
  });
});

describe('an abridgement', () => {
  it('knows where what it keeps stands', () => {
    const units = Uint8Array.from('www  ww;; w', (unit) => unit.charCodeAt(0));
    const { text, starts, ends } = abridge(units, 10);
    expect(text).toBe('w w;; w');
    expect([...starts.subarray(0, text.length)]).toEqual([10, 13, 15, 17, 18, 19, 20]);
    expect([...ends.subarray(0, text.length)]).toEqual([13, 15, 17, 18, 19, 20, 21]);
  });

  it('is text however long it is', () => {
    expect(textOf(new Uint8Array(100_000).fill(0x61))).toBe('a'.repeat(100_000));
  });
});
