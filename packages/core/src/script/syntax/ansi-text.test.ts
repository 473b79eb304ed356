import { expect, it } from 'vitest';

import { ansiText } from './ansi-text.ts';

it.each([
  ['a', 'a'],
  ['\\n\\t\\\\', '\n\t\\'],
  ['\\\'\\"\\?', '\'"?'],
  ['\\101\\x41\\u0041\\U00000041', 'AAAA'],
  ['\\e[0m', '\u001B[0m'],
  ['\\cA', '\u0001'],
  ['\\z', '\\z'],
  ['\\U99999999', '\uFFFD'],
  ['\\', '\\'],
])('%s', (raw, expected) => {
  expect(ansiText(raw)).toBe(expected);
});
