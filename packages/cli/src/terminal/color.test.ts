import { describe, expect, it } from 'vitest';

import { styleFor, wantsColor } from './color.ts';

describe('wantsColor', () => {
  it.each([
    ['the option is never', 'never', { FORCE_COLOR: '1' }, true, false],
    ['the option is always', 'always', { NO_COLOR: '1' }, false, true],
    ['NO_COLOR is set', 'auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['NO_COLOR is empty', 'auto', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR is set', 'auto', { FORCE_COLOR: '' }, false, true],
    ['FORCE_COLOR is 0', 'auto', { FORCE_COLOR: '0' }, true, false],
    ['it runs on GitHub', 'auto', { GITHUB_ACTIONS: 'true' }, false, true],
    [
      'it runs on GitHub with NO_COLOR',
      'auto',
      { GITHUB_ACTIONS: 'true', NO_COLOR: '1' },
      false,
      false,
    ],
    ['there is a terminal', 'auto', {}, true, true],
    ['the terminal is dumb', 'auto', { TERM: 'dumb' }, true, false],
    ['there is none', 'auto', {}, false, false],
  ] as const)('when %s', (_when, mode, env, isTTY, wanted) => {
    expect(wantsColor(mode, env, isTTY)).toBe(wanted);
  });
});

describe('styleFor', () => {
  it('colours, and links only on a terminal', () => {
    expect(styleFor(true, true)('error', 'x')).toBe('\u001b[1m\u001b[31mx\u001b[39m\u001b[22m');
    expect(styleFor(true, true).link('rule', 'https://a')).toBe(
      '\u001b]8;;https://a\u001b\\rule\u001b]8;;\u001b\\',
    );
    expect(styleFor(true, false).link('rule', 'https://a')).toBe('rule');
    expect(styleFor(false, true)('error', 'x')).toBe('x');
    expect(styleFor(false, true).link('rule', 'https://a')).toBe('rule');
  });
});
