import { giveUp } from './cursor.ts';

/** The escapes of double-quoted scalars that occur (https://yaml.org/spec/1.2.2/#57-escaped-characters). */
const simple: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['e', '\u001b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
]);

/** What the inside of a double-quoted scalar on one line stands for. */
export function unescape(raw: string): string {
  let value = '';
  let from = 0;
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', from)) {
    const letter = raw.charAt(at + 1);
    const known = simple.get(letter);
    value += raw.slice(from, at);
    if (known === undefined) {
      const length = letter === 'x' ? 2 : letter === 'u' ? 4 : giveUp();
      const digits = raw.slice(at + 2, at + 2 + length);
      if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) giveUp();
      value += String.fromCharCode(Number.parseInt(digits, 16));
      from = at + 2 + length;
    } else {
      value += known;
      from = at + 2;
    }
  }
  return value + raw.slice(from);
}
