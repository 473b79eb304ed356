import { typedComparison, type Comparison } from './comparison.ts';

/** How two values stand to each other, given the sign of presented minus expected. */
export type Order = (sign: number) => boolean;

/** Integers and decimals. A presented text that is no number matches none. */
export function numberComparison(order: Order): Comparison {
  return typedComparison('number', (text) => {
    const expected = readNumber(text);
    if (expected === undefined) return undefined;
    return (text) => {
      const presented = readNumber(text);
      return presented === undefined ? 'undecided' : order(Math.sign(presented - expected));
    };
  });
}

function readNumber(text: string): number | undefined {
  return /^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?$/.test(text)
    ? Number(text)
    : undefined;
}
