import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { printable, withoutRunnerCommands } from './safe.ts';

describe('printable', () => {
  it('leaves what people write', () => {
    const text = 'deploy to 東京 — naïve ☕ 👩‍👩‍👧 "quoted"';
    expect(printable(text)).toBe(text);
  });

  it('shows what terminals obey', () => {
    expect(printable('a\u001b[31mred\u0007\r\n\u009b2J\u007f')).toBe('a␛[31mred␇␍␊\\u{9b}2J␡');
    expect(printable('user\u202etxt.exe \u2066x\u2069 \u200bz\ufeff')).toBe(
      'user\\u{202e}txt.exe \\u{2066}x\\u{2069} \\u{200b}z\\u{feff}',
    );
    expect(printable('tag\u{e0041} lone\ud800')).toBe('tag\\u{e0041} lone\\u{d800}');
  });

  it('never leaves a control character, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      }),
    );
  });
});

describe('withoutRunnerCommands', () => {
  it.each([
    ['::set-output name=a::b', '·::set-output name=a::b'],
    ['  ::add-mask::x', '  ·::add-mask::x'],
    ['a\n\t::stop-commands::x\nb', 'a\n\t·::stop-commands::x\nb'],
    ['text ##[error]fake', 'text ##(error]fake'],
    ['a::b and std::vector', 'a::b and std::vector'],
  ])('%j', (text, expected) => {
    expect(withoutRunnerCommands(text)).toBe(expected);
  });
});
