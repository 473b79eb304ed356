import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { wordBehind } from './subword.ts';

it.each([
  ['cmd --a=b', 4, 'b', 'b', 'none', true],
  ['cmd --a="b c"', 4, '"b c"', 'b c', 'double', true],
  ['cmd "--a=b c"', 4, 'b c', 'b c', 'double', true],
  ["cmd --a='b'c", 4, "'b'c", 'bc', 'mixed', true],
  ['cmd --a=$B', 4, '$B', '$B', 'none', false],
  ['cmd --a=b\\ c', 4, 'b\\ c', 'b c', 'mixed', true],
  ['cmd --a=', 4, '', '', 'none', true],
  ['cmd ${{ x }}=b', 9, 'b', 'b', 'none', true],
])('%s behind %i', (source, length, slice, text, quote, literal) => {
  const word = engine.parseShell(source).commands[0]?.args[0];
  const rest = word && wordBehind(word, length);
  expect(rest).toMatchObject({ text, quote, literal });
  expect(source.slice(rest?.start, rest?.end)).toBe(slice);
});
