import { typedComparison, type Comparison } from './comparison.ts';

/**
 * Addresses and CIDR ranges of IPv4 and IPv6. What is no address (a service's name stands in some
 * requests) is in no range.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export const ipAddressComparison: Comparison = typedComparison(
  'IP address or CIDR range',
  (text) => {
    const slash = text.indexOf('/');
    const expected = readAddress(slash === -1 ? text : text.slice(0, slash));
    if (expected === undefined) return undefined;
    const width = expected.length * 16;
    const given = slash === -1 ? String(width) : text.slice(slash + 1);
    if (!/^\d{1,3}$/.test(given) || Number(given) > width) return undefined;
    const prefix = Number(given);
    return (text) => {
      const presented = readAddress(text);
      if (presented?.length !== expected.length) return false;
      return expected.every((word, index) => {
        const bits = Math.min(16, Math.max(0, prefix - index * 16));
        const mask = 0xffff & (0xffff << (16 - bits));
        return (word & mask) === ((presented[index] ?? 0) & mask);
      });
    };
  },
);

/** Words of 16 bits: two for IPv4, eight for IPv6; undefined for what is no address. */
function readAddress(text: string): readonly number[] | undefined {
  return text.includes(':') ? readVersion6(text) : readVersion4(text);
}

function readVersion4(text: string): number[] | undefined {
  const bytes = text.split('.');
  if (bytes.length !== 4 || !bytes.every((one) => /^\d{1,3}$/.test(one) && Number(one) < 256))
    return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
  return [a * 256 + b, c * 256 + d];
}

function readVersion6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => readWords(half, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 8 ? head : undefined;
  const gap = 8 - head.length - tail.length;
  return gap < 1 ? undefined : [...head, ...Array.from({ length: gap }, () => 0), ...tail];
}

function readWords(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const words: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const dotted = last && index === parts.length - 1 ? readVersion4(part) : undefined;
    if (dotted) words.push(...dotted);
    else if (/^[\da-f]{1,4}$/i.test(part)) words.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return words;
}
