let segmenter: Intl.Segmenter | undefined;

/** Made when the first text needs it: most runs print nothing but ASCII. */
function segments(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** East Asian wide and full-width ranges, and emoji (Unicode 15, EastAsianWidth.txt). */
const wide =
  /^(?:[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f202}\u{1f210}-\u{1f23b}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;
const zero = /^(?:\p{Mark}|\p{Join_Control}|[\ufe00-\ufe0f])+$/u;

/** A user-perceived character: where it starts (UTF-16), and how many terminal columns it takes. */
export interface Grapheme {
  readonly text: string;
  readonly start: number;
  readonly width: number;
}

/** Cuts a text into what people take for characters. */
export function graphemes(text: string): Grapheme[] {
  if (isPlain(text))
    return Array.from(text, (character, start) => ({ text: character, start, width: 1 }));
  return [...segments(text)].map(({ segment, index }) => ({
    text: segment,
    start: index,
    width: clusterWidth(segment),
  }));
}

/** Columns that a text takes on a terminal; control characters count as they are, so print safe text. */
export function displayWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const { segment } of segments(text)) width += clusterWidth(segment);
  return width;
}

/** Fills a text with spaces up to a width. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function isPlain(text: string): boolean {
  return /^[\u0020-\u007e]*$/.test(text);
}

function clusterWidth(cluster: string): number {
  if (zero.test(cluster)) return 0;
  return wide.test(cluster) || cluster.includes('\ufe0f') ? 2 : 1;
}
