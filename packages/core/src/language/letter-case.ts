import { codeOf, joined, type Characters } from './characters.ts';

/**
 * The letter without its case: Unicode's simple case folding, one character for one, so that `K`, `k`
 * and the Kelvin sign are one letter and `ß` is not `ss`. AWS says only "ignoring case" of
 * StringEqualsIgnoreCase; the names in tokens of GitHub are ASCII but for environments and workflows.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 * and https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt
 */
export function foldLetter(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
  const letter = String.fromCodePoint(code);
  const upper = letter.toUpperCase();
  const lower = (lengthOf(upper) === 1 ? upper : letter).toLowerCase();
  return lengthOf(lower) === 1 ? codeOf(lower) : code;
}

/** The text with every letter folded: see {@link foldLetter}. */
export function foldText(text: string): string {
  // eslint-disable-next-line no-control-regex -- ASCII is what nearly all names are made of
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (letter) => String.fromCodePoint(foldLetter(codeOf(letter)))).join('');
}

/** Every letter that differs from the given one in nothing but case, itself included. */
export function lettersAlike(letter: string): Characters {
  return joined(codesAlike(codeOf(letter)).map((code) => [code, code]));
}

/** The code points of {@link lettersAlike}. */
export function codesAlike(code: number): readonly number[] {
  const folded = foldLetter(code);
  if (folded < 0x80) {
    if (folded < 0x61 || folded > 0x7a) return [code];
    const plain = [folded, folded - 0x20];
    if (folded === 0x6b) plain.push(0x212a);
    if (folded === 0x73) plain.push(0x17f);
    return plain;
  }
  return unfolded().get(folded) ?? [code];
}

let table: Map<number, number[]> | undefined;

/** The inverse of folding outside ASCII, made when first asked for: no cased letter stands above U+1FFFF. */
function unfolded(): Map<number, number[]> {
  if (table !== undefined) return table;
  table = new Map();
  for (let code = 0x80; code < 0x20000; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const folded = foldLetter(code);
    if (folded === code) continue;
    const alike = table.get(folded) ?? [folded];
    alike.push(code);
    table.set(folded, alike);
  }
  return table;
}

function lengthOf(text: string): number {
  return text.length - (text.length === 2 && codeOf(text) > 0xffff ? 1 : 0);
}
