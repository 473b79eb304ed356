import type { Value } from './value.ts';

/** A value as a pattern: whatever only the run knows can be any text. */
export function patternOf(value: Value): string {
  return value.map((piece) => (typeof piece === 'string' ? piece : '*')).join('');
}

/** Whether some text fits both patterns; `*` stands for any text, `?` for one character. */
export function overlap(left: string, right: string): boolean {
  // ATTACKER: names come from files; the table below is as large as their product.
  if (left.length > 500 || right.length > 500) return false;
  if (!startsAlike(left, right)) return false;
  const width = right.length + 1;
  const fits = new Uint8Array((left.length + 1) * width);
  fits[fits.length - 1] = 1;
  for (let i = left.length; i >= 0; i -= 1) {
    for (let j = right.length; j >= 0; j -= 1) {
      const at = i * width + j;
      const [a, b] = [left[i], right[j]];
      if (fits[at] === 1) continue;
      const yes =
        (a === '*' && (fits[at + width] === 1 || (b !== undefined && fits[at + 1] === 1))) ||
        (b === '*' && (fits[at + 1] === 1 || (a !== undefined && fits[at + width] === 1))) ||
        (a !== undefined &&
          b !== undefined &&
          (a === b || a === '?' || b === '?') &&
          fits[at + width + 1] === 1);
      fits[at] = yes ? 1 : 0;
    }
  }
  return fits[0] === 1;
}

/** Whether a pattern says anything: a letter or digit that is no wildcard. */
export function isTelling(pattern: string): boolean {
  return /[A-Za-z0-9]/.test(pattern);
}

/** Compares what stands before the first wildcard of either: most names differ there. */
function startsAlike(left: string, right: string): boolean {
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const [a, b] = [left[at], right[at]];
    if (a === '*' || b === '*') return true;
    if (a !== b && a !== '?' && b !== '?') return false;
  }
  return true;
}
