import { describe, expect, it } from 'vitest';

import { maskScript } from './mask.ts';

/** The masked text with `_` for each unit of an expression. */
function masked(source: string): string {
  return maskScript(source).text.replaceAll('\uE000', '_');
}

describe('the mask', () => {
  it.each([
    ['echo a', 'echo a'],
    ['${{ a }}', '________'],
    ['--x=${{ a }}y', '--x=________y'],
    ["${{ '}}' }}x", '___________x'],
    ["${{ 'it''s }}' }}x", `${'_'.repeat(17)}x`],
    ['${{ "}}" }}', '_______" }}'],
    ['${{}}x', '_____x'],
    ['${{ { } }}x', '__________x'],
    ['a ${{ b\nc }} d', 'a __________ d'],
    ['${{ a }}\n${{ b }}', '________\n________'],
    ['a ${{ b', 'a ... b'],
    ['${{ a ${{ b }}', '______________'],
    ["${{ 'a }} ${{ b", "... 'a }} ... b"],
    ['$ {{ a }}', '$ {{ a }}'],
  ])('%s', (source, expected) => {
    expect(masked(source)).toBe(expected);
  });

  it('tells what stands between the braces, and where', () => {
    const { expressions, starts, problems } = maskScript('a ${{ b }} ${{c}} ${{ d');
    expect(expressions).toEqual([
      { source: ' b ', start: 2, end: 10 },
      { source: 'c', start: 11, end: 17 },
    ]);
    expect([...starts]).toEqual([
      [2, 0],
      [11, 1],
    ]);
    expect(problems).toEqual([{ start: 18, end: 21, message: 'the expression is not closed' }]);
  });

  it('takes the unit of the mask in the source for an ordinary one', () => {
    expect(maskScript('a\uE000b').text).toBe('a.b');
  });
});
