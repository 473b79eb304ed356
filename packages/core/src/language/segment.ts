/** What stands between two `*` of a glob: code points, and -1 for a `?`. */
export interface Segment {
  readonly codes: readonly number[];
  /**
   * The first place at or after `from` where the segment stands in the text, -1 if there is none. Every
   * place of the text is looked at once (twice without a `?`), with one step for each 32 letters of a
   * segment that has a `?`: the whole match takes text length times that, whatever the stars.
   */
  find(text: readonly number[], from: number, meter?: Meter): number;
  /** Whether the segment stands in the text at this place. */
  standsAt(text: readonly number[], at: number): boolean;
}

/** Counts the steps of a search, for tests of the bound above. */
export interface Meter {
  steps: number;
}

/** Stands for `?` in the codes of a segment. */
export const anyOne = -1;

/** Prepares the search for a segment. */
export function segmentOf(codes: readonly number[]): Segment {
  const find = codes.includes(anyOne) ? findByBits(codes) : findByPrefixes(codes);
  const standsAt = (text: readonly number[], at: number): boolean =>
    at >= 0 &&
    at + codes.length <= text.length &&
    codes.every((code, index) => code === anyOne || code === text[at + index]);
  return { codes, find, standsAt };
}

/** Knuth, Morris and Pratt: for segments without a `?`. */
function findByPrefixes(codes: readonly number[]): Segment['find'] {
  const fallback = new Int32Array(codes.length + 1);
  for (let index = 1, matched = 0; index < codes.length; index += 1) {
    while (matched > 0 && codes[index] !== codes[matched]) matched = fallback[matched] ?? 0;
    if (codes[index] === codes[matched]) matched += 1;
    fallback[index + 1] = matched;
  }
  return (text, from, meter) => {
    let matched = 0;
    for (let index = from; matched < codes.length; index += 1) {
      if (index >= text.length) return -1;
      if (meter !== undefined) meter.steps += 1;
      while (matched > 0 && text[index] !== codes[matched]) {
        matched = fallback[matched] ?? 0;
        if (meter !== undefined) meter.steps += 1;
      }
      if (text[index] === codes[matched]) matched += 1;
      if (matched === codes.length) return index + 1 - matched;
    }
    return from;
  };
}

/** Baeza-Yates and Gonnet's shift-and over as many words as the segment needs: a `?` fits every letter. */
function findByBits(codes: readonly number[]): Segment['find'] {
  const words = Math.ceil(codes.length / 32);
  const others = new Uint32Array(words);
  const masks = new Map<number, Uint32Array>();
  const set = (mask: Uint32Array, bit: number): void => {
    mask[bit >> 5] = (mask[bit >> 5] ?? 0) | (1 << (bit & 31));
  };
  for (const [bit, code] of codes.entries()) if (code === anyOne) set(others, bit);
  for (const [bit, code] of codes.entries())
    if (code !== anyOne) {
      const mask = masks.get(code) ?? others.slice();
      set(mask, bit);
      masks.set(code, mask);
    }
  const last = codes.length - 1;
  return (text, from, meter) => {
    const alive = new Uint32Array(words);
    for (let index = from; index < text.length; index += 1) {
      const mask = masks.get(text[index] ?? anyOne) ?? others;
      if (meter !== undefined) meter.steps += words;
      let carry = 1;
      for (let word = 0; word < words; word += 1) {
        const bits = alive[word] ?? 0;
        alive[word] = ((bits << 1) | carry) & (mask[word] ?? 0);
        carry = bits >>> 31;
      }
      if (((alive[last >> 5] ?? 0) >>> (last & 31)) & 1) return index - last;
    }
    return -1;
  };
}
