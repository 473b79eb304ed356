import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { applyEdits, findConflict, type TextEdit } from '../src/text/edit.ts';
import { addPairs, removePair, replacePair } from '../src/text/map-edit.ts';
import { asMap, asSeq, pairOf, valueOf, type YamlMap, type YamlNode } from '../src/text/node.ts';
import { offsetsOf } from '../src/text/offsets.ts';
import { parseYaml } from '../src/text/parse.ts';
import { addItemAfter, addItemBefore, removeItem } from '../src/text/seq-edit.ts';

/** A tree without places: what a reader of the file gets. */
function plain(node: YamlNode | undefined): unknown {
  if (!node) return null;
  if (node.kind === 'alias') return plain(node.target);
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'seq') return node.items.map(plain);
  return node.pairs.map((pair) => [plain(pair.key), plain(pair.value)]);
}

function rootOf(text: string): YamlMap {
  const { root, problems } = parseYaml(text);
  expect(problems).toEqual([]);
  const map = asMap(root);
  if (!map) throw new Error(`no map: ${text}`);
  return map;
}

describe('edits of maps', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['block', 'a: 1\nb: 2\n', 'a: 1\nnew: x\nb: 2\n'],
    ['a comment behind the value', 'a: 1 # why\nb: 2\n', 'a: 1 # why\nnew: x\nb: 2\n'],
    ['no final line break', 'a: 1', 'a: 1\nnew: x'],
    ['CRLF', 'a: 1\r\nb: 2\r\n', 'a: 1\r\nnew: x\r\nb: 2\r\n'],
    ['a literal', 'a: |\n  one\n\n  two\n\nb: 2\n', 'a: |\n  one\n\n  two\nnew: x\n\nb: 2\n'],
    ['flow', '{ a: 1, b: 2 }\n', '{ a: 1, new: x, b: 2 }\n'],
    ['non-ASCII', 'a: "déjà ☁️"\nb: 2\n', 'a: "déjà ☁️"\nnew: x\nb: 2\n'],
  ];
  it.each(cases)('adds a pair behind another: %s', (_name, text, expected) => {
    const map = rootOf(text);
    const edit = addPairs(text, map, [{ key: 'new', value: 'x' }], pairOf(map, 'a'));
    expect(edit && applyEdits(text, [edit])).toBe(expected);
  });

  const removals: readonly (readonly [string, string, string])[] = [
    ['block', 'a: 1\nb: 2\nc: 3\n', 'a: 1\nc: 3\n'],
    ['keeps a comment', 'a: 1\nb: 2 # why\nc: 3\n', 'a: 1\n# why\nc: 3\n'],
    ['last line without a break', 'a: 1\nb: 2', 'a: 1'],
    ['CRLF', 'a: 1\r\nb: 2\r\nc: 3\r\n', 'a: 1\r\nc: 3\r\n'],
    ['flow', '{ a: 1, b: 2, c: 3 }\n', '{ a: 1, c: 3 }\n'],
    ['flow, last', '{ a: 1, b: 2 }\n', '{ a: 1 }\n'],
    ['a nested block', 'a: 1\nb:\n  c: 2\n  d: 3\ne: 4\n', 'a: 1\ne: 4\n'],
  ];
  it.each(removals)('takes a pair out: %s', (_name, text, expected) => {
    const map = rootOf(text);
    const pair = pairOf(map, 'b');
    const edit = pair && removePair(text, map, pair);
    expect(edit && applyEdits(text, [edit])).toBe(expected);
  });

  it('refuses to take out the only pair', () => {
    const map = rootOf('a: 1\n');
    const pair = pairOf(map, 'a');
    expect(pair && removePair('a: 1\n', map, pair)).toBeUndefined();
  });

  it('replaces key and value, the comment stays', () => {
    const text = 'with:\n  old: ${{ secrets.X }}  # note\n  b: 1\n';
    const map = asMap(valueOf(rootOf(text), 'with'));
    const pair = pairOf(map, 'old');
    expect(pair && applyEdits(text, [replacePair(text, pair, 'new', 'y')])).toBe(
      'with:\n  new: y  # note\n  b: 1\n',
    );
  });
});

describe('edits of sequences', () => {
  const text = 'steps:\n  # first\n  - run: a\n\n  # second\n  - run: b\n';
  const seq = asSeq(valueOf(rootOf(text), 'steps'));
  const item = seq?.items[1];
  it('puts an item before another, above its comment, apart from it', () => {
    const edit = seq && item && addItemBefore(text, seq, item, [{ key: 'uses', value: 'x' }]);
    expect(edit && applyEdits(text, [edit])).toBe(
      'steps:\n  # first\n  - run: a\n\n  - uses: x\n\n  # second\n  - run: b\n',
    );
  });
  it('puts an item after another', () => {
    const edit = seq && item && addItemAfter(text, seq, item, [{ key: 'uses', value: 'x' }]);
    expect(edit && applyEdits(text, [edit])).toBe(`${text}  - uses: x\n`);
  });
  it('takes an item out', () => {
    const edit = seq && item && removeItem(text, seq, item);
    expect(edit && applyEdits(text, [edit])).toBe('steps:\n  # first\n  - run: a\n\n  # second\n');
  });
  it('leaves flow sequences alone', () => {
    const flow = '{ steps: [{ run: a }, { run: b }] }\n';
    const list = asSeq(valueOf(rootOf(flow), 'steps'));
    expect(
      list?.items[0] && addItemBefore(flow, list, list.items[0], [{ key: 'uses', value: 'x' }]),
    ).toBeUndefined();
  });
});

const scalar = fc.oneof(
  fc.constantFrom('x', '1', 'true', '"q: #"', "'it''s'", '${{ secrets.A }}', 'ünï ☁️', '~', ''),
  fc.stringMatching(/^[a-z][a-z0-9 _.-]{0,8}[a-z]$/),
);
const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
const block = fc.uniqueArray(fc.tuple(key, scalar, fc.constantFrom('', ' # note', '  # ☁️')), {
  minLength: 2,
  maxLength: 8,
  selector: ([name]) => name,
});

describe('laws of edits', () => {
  it('adding and removing touch nothing else', () => {
    fc.assert(
      fc.property(
        block,
        fc.nat(),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (pairs, pick, br, final) => {
          const text =
            pairs.map(([name, value, note]) => `${name}: ${value}${note}`).join(br) +
            (final ? br : '');
          const map = rootOf(text);
          const pair = map.pairs[pick % map.pairs.length];
          if (!pair) return;
          const before = plain(map) as unknown[];
          const added = addPairs(text, map, [{ key: 'zz9', value: 'x' }], pair);
          const grown = rootOf(applyEdits(text, added ? [added] : []));
          expect((plain(grown) as [string][]).filter(([name]) => name !== 'zz9')).toEqual(before);
          expect(grown.pairs.length).toBe(map.pairs.length + 1);
          const removed = removePair(text, map, pair);
          if (!removed) return;
          const left = plain(rootOf(applyEdits(text, [removed])));
          expect(left).toEqual(before.filter((_, index) => index !== pick % map.pairs.length));
        },
      ),
    );
  });

  it('edits that do not touch can be made in any order, and change only their ranges', () => {
    const edit = fc.tuple(fc.nat(60), fc.nat(8), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(
        fc.string({ minLength: 40, maxLength: 60 }),
        fc.array(edit, { maxLength: 5 }),
        (text, list) => {
          const edits: TextEdit[] = list.map(([start, length, insert]) => ({
            start: Math.min(start, text.length),
            end: Math.min(start + length, text.length),
            text: insert,
          }));
          if (findConflict(edits)) {
            expect(() => applyEdits(text, edits)).toThrow(RangeError);
            return;
          }
          const result = applyEdits(text, edits);
          const distinctStarts = new Set(edits.map((one) => one.start)).size === edits.length;
          if (distinctStarts) expect(applyEdits(text, edits.toReversed())).toBe(result);
          const kept = [...text].length;
          expect(kept).toBeGreaterThan(0);
          expect(applyEdits(text, [])).toBe(text);
        },
      ),
    );
  });

  it('an offset of a scalar names the character it came from', () => {
    const value = fc.constantFrom(
      'a: |\n  one\n    two\n\n  three\n',
      'a: >-\n  one two\n  three\n',
      'a: "x \\"y\\" \\u00e9 z"\n',
      "a: 'it''s one'\n",
      'a: plain words\n  folded here\n',
      'a: |2\n    deep\n   less\n',
    );
    fc.assert(
      fc.property(value, fc.constantFrom('\n', '\r\n'), (source, br) => {
        const text = source.replaceAll('\n', br);
        const node = valueOf(rootOf(text), 'a');
        if (node?.kind !== 'scalar') throw new Error('a scalar');
        const at = offsetsOf(text, node);
        for (const [index, char] of [...node.text].entries()) {
          const written = text[at(index)];
          if (/\s/.test(char) || written === '\\') continue;
          expect(written).toBe(char);
        }
      }),
    );
  });
});
