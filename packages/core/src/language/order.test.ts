import { describe, expect, it } from 'vitest';

import { orderVariables } from './order.ts';
import type { Segment } from './shape.ts';

const field = (names: string): Segment[] =>
  Array.from(names, (name) =>
    name === '/' ? { kind: 'literal', text: '/' } : { kind: 'variable', name },
  );

describe('orderVariables', () => {
  it.each([
    ['abc', [], 'abc'],
    ['abc', ['cba'], 'cba'],
    ['abcd', ['d/a', 'cd', 'ab'], 'cdab'],
    ['abc', ['ab', 'ba', 'ba'], 'cba'],
    ['ab', ['aba'], 'ab'],
    ['a', ['zaz'], 'a'],
  ])('orders %s for %j as %s', (names, fields, order) => {
    expect(orderVariables(Array.from(names), fields.map(field)).join('')).toBe(order);
  });
});
