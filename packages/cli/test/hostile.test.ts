import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { folderWith, run, withKey } from './run.ts';

const formats = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
/** Characters that YAML, terminals, logs and renderers give a meaning to. */
const odd = fc.constantFrom(
  '\u001b[31m',
  '\u202e',
  '\u0000',
  '\u0085',
  '\u2028',
  '##[error]',
  '::add-mask::',
  '\n',
  '\r\n',
  '\t',
  '|',
  '`',
  '<b>',
  '&a',
  '*a',
  '${{',
  '}}',
  '"',
  "'",
  ': ',
  '- ',
  '{',
  '[',
  '@x',
  '%0A',
  '日',
  '🚀',
  '\ud800',
  '#',
);

/** A workflow into which pieces were put at random places. */
const mangled = fc.array(fc.tuple(fc.nat(withKey.length), odd), { maxLength: 6 }).map((pieces) => {
  let text = withKey;
  for (const [at, piece] of pieces) text = text.slice(0, at) + piece + text.slice(at);
  return text;
});
const content = fc.oneof(
  mangled,
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

describe('whatever a file holds', () => {
  it('every format ends with an answer and obeys nothing of it', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.constantFrom(...formats), async (bytes, format) => {
        const cwd = folderWith({ '.github/workflows/a.yml': bytes });
        const { code, stdout, stderr } = await run(
          ['audit', '--no-git', '--verbose', '-f', format],
          { cwd, env: { GITHUB_ACTIONS: 'true', NO_COLOR: '1' } },
        );
        expect([0, 1]).toContain(code);
        const printed = stdout + stderr;
        expect(printed.replaceAll('\n', '')).not.toMatch(
          /[\p{Cc}\u2028\u2029\u202e]|\p{Surrogate}/u,
        );
        expect(printed.replaceAll(/^::(?:error|warning|notice) file=.*$/gm, '')).not.toMatch(
          /^\s*::|##\[/m,
        );
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('fix ends with an answer and its second run changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(mangled, async (text) => {
        const cwd = folderWith({ '.github/workflows/a.yml': text });
        expect([0, 1]).toContain((await run(['fix'], { cwd })).code);
        const { stdout } = await run(['fix', '--diff', '--quiet'], { cwd });
        expect(stdout).toBe('');
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
