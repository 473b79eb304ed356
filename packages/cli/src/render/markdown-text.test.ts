import fc from 'fast-check';
import { expect, it } from 'vitest';

import { code, escapeMarkdown } from './markdown-text.ts';

it.each([
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['a | b', 'a &#124; b'],
  ['`code` *b* _i_ [l](u) ![i](u)', String.raw`\`code\` \*b\* \_i\_ \[l\](u) !\[i\](u)`],
  ['@everyone', '@&#8203;everyone'],
  ['https://evil.example www.evil.example', 'https&#58;//evil.example www&#46;evil.example'],
  ['two\nlines', 'two␊lines'],
  ['&lt; \\', '&amp;lt; \\\\'],
  ['##[error]x', String.raw`#&#35;\[error\]x`],
])('%j stays text', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

it('keeps code inside its element', () => {
  expect(code('a`|</code><b>\n')).toBe('<code>a&#96;&#124;&#60;/code&#62;&#60;b&#62;␊</code>');
});

it('leaves no HTML, cell or line, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeMarkdown(text)).not.toMatch(/[<>|\n\r]/);
      expect(code(text).slice('<code>'.length, -'</code>'.length)).not.toMatch(/[<>|\n\r`]/);
    }),
  );
});
