import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  anyCharacter,
  classesOf,
  holds,
  joined,
  listed,
  range,
  readable,
  without,
  type Characters,
} from './characters.ts';

const small = array(tuple(integer({ min: 0, max: 12 }), integer({ min: 0, max: 3 })), {
  maxLength: 4,
}).map((pairs) => joined(...pairs.map(([from, more]): Characters => [[from, from + more]])));

const codes = Array.from({ length: 18 }, (_, code) => code);
const members = (set: Characters): number[] => codes.filter((code) => holds(set, code));

describe('characters', () => {
  it('joins and takes away as sets do', () => {
    assert(
      property(small, small, (a, b) => {
        expect(members(joined(a, b))).toEqual(
          codes.filter((code) => holds(a, code) || holds(b, code)),
        );
        expect(members(without(a, b))).toEqual(members(a).filter((code) => !holds(b, code)));
        expect(joined(a)).toEqual(a);
      }),
    );
  });

  it('cuts sets into disjoint classes of which each set is made', () => {
    assert(
      property(array(small, { maxLength: 4 }), (sets) => {
        const classes = classesOf(sets).map(members);
        expect(classes.flat().toSorted((a, b) => a - b)).toEqual(members(joined(...sets)));
        for (const set of sets)
          for (const part of classes)
            expect([0, part.length]).toContain(part.filter((code) => holds(set, code)).length);
        const signatures = classes.map((part) =>
          sets.map((set) => holds(set, part[0] ?? -1)).join(),
        );
        expect(new Set(signatures).size).toBe(classes.length);
      }),
    );
  });

  it('lists every letter once, the ones that read best first', () => {
    const text = (set: Characters): string => String.fromCodePoint(...readable(set));
    expect(text(joined(range('0', '9'), range('A', 'C'), range('x', 'z'), listed('-_é\n')))).toBe(
      'xyz0123456789ABC-_é\n',
    );
    expect(text(listed('\u0001'))).toBe('\u0001');
    expect(readable(anyCharacter).next().value).toBe('a'.codePointAt(0));
    expect([...readable(range('\u0000', '\u02ff'))].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 0x300 }, (_, code) => code),
    );
  });
});
