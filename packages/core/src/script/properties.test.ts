import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import type { Range } from '../text/range.ts';
import { environmentFileWrites } from './environment-file.ts';
import { failureSwallowed } from './failure.ts';
import { inlineScripts } from './inline-script.ts';
import { packageRun } from './package-run.ts';
import { initialShellOptions } from './shell-option.ts';
import type { ShellPart, ShellScript, ShellWord } from './shell.ts';
import { maskScript } from './syntax/mask.ts';
import { possibleTexts, variableValues } from './variable-values.ts';

/** Pieces of shell, so that random texts are about something. */
const pieces = [
  'aws',
  ' ',
  '\n',
  '\r\n',
  ';',
  '&&',
  '||',
  '|',
  '&',
  '(',
  ')',
  '{ ',
  '}',
  '"',
  "'",
  '`',
  '$(',
  '$((',
  '))',
  '${',
  '${A:-',
  '$A',
  '$',
  '\\',
  '\\\n',
  '#',
  '<<EOF',
  "<<-'E'",
  '\nEOF\n',
  '<<<',
  '>',
  '2>&1',
  '>> "$GITHUB_ENV"',
  'A=b',
  'A=(',
  'if ',
  'then ',
  'fi',
  'for x in ',
  'do ',
  'done',
  'case a in ',
  'b)',
  ';;',
  'esac',
  '[[ ',
  ' ]]',
  '((',
  '!',
  'f() {',
  '${{ a }}',
  '${{',
  "${{ '}}' }}",
  'é',
  '\u{1F600}',
  '\uD800',
  '\uE000',
  '\0',
  'echo -e ',
  'printf %s',
  'export ',
  'set +e',
  'trap ',
  'sudo env ',
];
const shellLike = fc
  .array(fc.constantFrom(...pieces), { maxLength: 60 })
  .map((all) => all.join(''));
const anyText = fc.oneof(shellLike, fc.string({ unit: 'binary', maxLength: 200 }));

function rangesOfWord(word: ShellWord): Range[] {
  return [word, ...word.parts, ...word.parts.flatMap(rangesOfPart)];
}

function rangesOfPart(part: ShellPart): Range[] {
  return part.kind === 'variable' && part.operand ? rangesOfWord(part.operand) : [];
}

function wordsOf(script: ShellScript): ShellWord[] {
  const commands = script.commands.flatMap(({ name, args, redirects }) => [
    ...(name ? [name] : []),
    ...args,
    ...redirects.flatMap((redirect) => redirect.target ?? []),
  ]);
  return [
    ...commands,
    ...script.assignments.flatMap((one) => [one.value ?? [], one.elements ?? []].flat()),
  ];
}

describe('any text', () => {
  it('is read without an exception, and everything found lies inside it', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const script = engine.parseShell(source);
        const ranges: Range[] = [
          ...script.commands,
          ...script.commands.map((command) => command.context.scope),
          ...script.assignments,
          ...script.variables,
          ...script.expressions,
          ...script.heredocs,
          ...script.functions,
          ...script.problems,
          ...wordsOf(script).flatMap(rangesOfWord),
        ];
        for (const { start, end } of ranges) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
        }
        expect(script.complete).toBe(script.problems.length === 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('stands where a literal word without quotes says', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        for (const word of wordsOf(engine.parseShell(source))) {
          if (!word.literal || word.quote !== 'none') continue;
          expect(source.slice(word.start, word.end)).toBe(word.text);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives words that do not overlap within a command', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        for (const { name, args } of engine.parseShell(source).commands) {
          const words = name ? [name, ...args] : args;
          words.slice(1).forEach((word, at) => {
            expect(word.start).toBeGreaterThanOrEqual(words[at]?.end ?? 0);
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is answered by every question about the model', () => {
    const initial = initialShellOptions('bash');
    fc.assert(
      fc.property(anyText, (source) => {
        const script = engine.parseShell(source);
        const values = variableValues(script);
        environmentFileWrites(script);
        inlineScripts(script);
        script.commands.forEach((command, index) => {
          failureSwallowed(script, index, initial);
          packageRun(command);
          for (const arg of command.args) possibleTexts(arg, values);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same twice', () => {
    fc.assert(
      fc.property(shellLike, (source) => {
        expect(engine.parseShell(source)).toEqual(engine.parseShell(source));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the mask', () => {
  it('keeps the length, and the newlines outside expressions', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const { text, expressions } = maskScript(source);
        expect(text).toHaveLength(source.length);
        for (let at = 0; at < source.length; at += 1) {
          const inside = expressions.some((one) => one.start <= at && at < one.end);
          expect(text[at] === '\n').toBe(source[at] === '\n' && !inside);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('covers each expression from its first to its last brace', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        for (const { start, end, source: inner } of maskScript(source).expressions) {
          expect(source.slice(start, end)).toBe(`\${{${inner}}}`);
        }
      }),
    );
  });
});

/** Shell words with the text that they mean. */
const wordWithText = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9_./:-]{1,8}$/).map((text) => [text, text] as const),
      fc.stringMatching(/^[^'\0\r\n]{0,8}$/).map((text) => [`'${text}'`, text] as const),
      fc.stringMatching(/^[^"$`\\\0\r\n]{0,8}$/).map((text) => [`"${text}"`, text] as const),
      fc
        .constantFrom(' ', '$', '"', "'", ';', '&', '(', '#', '*')
        .map((unit) => [`\\${unit}`, unit] as const),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => ({
    raw: parts.map(([raw]) => raw).join(''),
    text: parts.map(([, text]) => text).join(''),
  }))
  .filter(({ raw }) => !raw.includes('\uE000') && !/^[A-Za-z_]\w*=/.test(raw));

describe('words made of quotes', () => {
  it('give back what was quoted', () => {
    fc.assert(
      fc.property(fc.array(wordWithText, { minLength: 1, maxLength: 6 }), (words) => {
        const source = `echo ${words.map(({ raw }) => raw).join(' ')}\nlast`;
        const script = engine.parseShell(source);
        expect(script.commands).toHaveLength(2);
        expect(script.commands[0]?.args.map((arg) => arg.text)).toEqual(
          words.map(({ text }) => text),
        );
        expect(script.commands[0]?.args.every((arg) => arg.literal)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
