import { blankUnit, wordUnit } from './scan.ts';

/**
 * A skeleton in which every word is one `w` and every gap one blank: the grammar then reads a sixth
 * of the text.
 */
export interface Abridgement {
  readonly text: string;
  /** For each unit of the text the offset in the script where what it stands for starts. */
  readonly starts: Int32Array;
  /** For each unit of the text the offset behind what it stands for. */
  readonly ends: Int32Array;
}

/** Shortens a part of a skeleton whose first unit stands at offset `base` of the script. */
export function abridge(units: Uint8Array, base: number): Abridgement {
  const kept = new Uint8Array(units.length);
  const starts = new Int32Array(units.length);
  const ends = new Int32Array(units.length);
  let length = 0;
  let before = 0;
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at] ?? blankUnit;
    if (unit !== before || (unit !== wordUnit && unit !== blankUnit)) {
      kept[length] = unit;
      starts[length] = base + at;
      length += 1;
    }
    ends[length - 1] = base + at + 1;
    before = unit;
  }
  return { text: textOf(kept.subarray(0, length)), starts, ends };
}

/** The text of units that are all ASCII. */
export function textOf(units: Uint8Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += 4096) {
    text += String.fromCharCode(...units.subarray(at, at + 4096));
  }
  return text;
}
