import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readDirectly } from '../src/text/direct/read.ts';
import { numbers } from './numbers.ts';
import { yamlDocument } from './yaml-grammar.ts';
import { leftSnippets } from './yaml-left.ts';
import { mutateYaml } from './yaml-mutation.ts';
import { agrees, ownTexts, realTexts } from './yaml-oracle.ts';
import { takenSnippets } from './yaml-taken.ts';

/** How many mutated and generated texts are tried; `npm run test:mutated` tries 200,000. */
const cases = Number(process.env['SALLYPORT_MUTATED_YAML'] ?? 2000);

describe('the direct reader of YAML', () => {
  it('takes nearly every file of the corpus, and agrees with the complete parsers', () => {
    const texts = ownTexts();
    const taken = texts.filter(agrees).length;
    expect(taken / texts.length).toBeGreaterThanOrEqual(0.95);
  });

  it('takes nearly every real workflow, and agrees with the complete parsers', (context) => {
    const texts = realTexts();
    if (texts.length === 0) context.skip('shared-corpus: not beside this checkout');
    expect(texts.filter(agrees).length / texts.length).toBeGreaterThanOrEqual(0.95);
  });

  it.each(takenSnippets)('takes %j', (text) => {
    expect(agrees(text)).toBe(true);
  });

  it.each(leftSnippets)('leaves %j to the complete parsers', (text) => {
    expect(readDirectly(text)).toBeUndefined();
  });

  it('agrees on snippets with other line ends, or set in below a key', () => {
    for (const text of [...takenSnippets, ...leftSnippets]) {
      const setIn = text.replaceAll(/^(?=.)/gm, '   ');
      agrees(text.replaceAll(/\r?\n/g, '\r\n'));
      agrees(text.trimEnd());
      agrees(`${text}  # c`);
      agrees(`top:\n${setIn}`);
      agrees(`-\n${setIn}`);
      agrees(`--- # c\n${text}`);
    }
  });

  it('agrees on snippets with one character left out or put twice', () => {
    for (const text of [...takenSnippets, ...leftSnippets].filter(({ length }) => length < 200)) {
      for (let at = 0; at < text.length; at += 1) {
        agrees(text.slice(0, at) + text.slice(at + 1));
        agrees(text.slice(0, at + 1) + text.slice(at));
      }
    }
  });

  it(`agrees on ${cases} generated documents, and takes most`, { timeout: 3_600_000 }, () => {
    let taken = 0;
    const property = fc.property(yamlDocument, (text) => {
      if (agrees(text)) taken += 1;
    });
    fc.assert(property, { numRuns: cases });
    expect(taken).toBeGreaterThan(cases / 3);
  });

  it(`agrees on ${cases} mutated files, and takes many`, { timeout: 3_600_000 }, () => {
    const originals = [...ownTexts(), ...realTexts()];
    let taken = 0;
    for (let seed = 1; seed <= cases; seed += 1) {
      const next = numbers(seed);
      const text = mutateYaml(originals[next(originals.length)] ?? '', next);
      if (agrees(text)) taken += 1;
    }
    expect(taken).toBeGreaterThan(cases / 4);
  });
});

describe('a text that is made to be expensive', () => {
  const deep = 200;
  it.each([
    ['nested sequences', '- '.repeat(deep)],
    ['nested brackets', `a: ${'['.repeat(deep)}${']'.repeat(deep)}`],
    ['nested mappings', Array.from({ length: deep }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['a key of many characters', `${'a'.repeat(1100)}: 1\n`],
    ['aliases of aliases', bomb()],
    ['aliases to nothing', 'a: *b\n'],
    ['an alias inside its anchor', 'a: &a\n  b: *a\n'],
    ['an open quote', `a: "${'b '.repeat(1_000_000)}`],
  ])('%s: is left', (_name, text) => {
    expect(readDirectly(text)).toBeUndefined();
  });

  it.each([
    ['many keys', Array.from({ length: 50_000 }, (_, i) => `k${i}: v\n`).join('')],
    ['a long scalar of many lines', `a: b\n${'  c\n'.repeat(200_000)}`],
    ['a long block', `a: |\n${'  c\n'.repeat(500_000)}`],
    ['many blank lines', `a: b\n${'\n'.repeat(1_000_000)}c: d\n`],
    ['many quotes', `a: '${"''".repeat(500_000)}'\n`],
    ['many escapes', `a: "${'\\n'.repeat(500_000)}"\n`],
    ['a long line of blanks', `a: b${' '.repeat(1_000_000)}# c\n`],
  ])('%s: is read', (_name, text) => {
    expect(readDirectly(text)).toBeDefined();
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i += 1)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
  return `${lines.join('\n')}\n`;
}
