import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';

import { treeFromDocument } from '../src/text/from-document.ts';
import { treeFromEvents } from '../src/text/from-events.ts';
import type { YamlNode } from '../src/text/node.ts';
import { parseYaml } from '../src/text/parse.ts';
import type { YamlProblem } from '../src/text/problem.ts';
import { hasSharedCorpus, repositories } from './shared-corpus.ts';

/** Kind, style, text and start of every node: all that the two parsers must agree on. */
function outline(node: YamlNode | undefined): unknown {
  if (!node) return null;
  // By its place: aliases of aliases would be written out without end.
  if (node.kind === 'alias') return ['alias', node.name, node.start, node.target?.start];
  if (node.kind === 'scalar')
    return [
      'scalar',
      node.style === 'empty' ? 'empty' : node.style,
      node.text,
      node.style === 'empty' ? -1 : node.start,
    ];
  if (node.kind === 'seq') return ['seq', node.flow, node.start, node.items.map(outline)];
  return [
    'map',
    node.flow,
    node.start,
    node.pairs.map((pair) => [outline(pair.key), outline(pair.value)]),
  ];
}

function both(text: string): [unknown, unknown] | undefined {
  const document = parseDocument(text, {
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  if (document.errors.length > 0) return undefined;
  try {
    const problems: YamlProblem[] = [];
    const tree = treeFromEvents(text, problems);
    // An alias bomb is refused by the fast one, and never shown to the other.
    if (problems.some(({ code }) => code === 'yaml-alias-expansion')) return undefined;
    return [outline(tree.root), outline(treeFromDocument(text, document.contents))];
  } catch {
    return undefined;
  }
}

function corpusTexts(): string[] {
  const folder = fileURLToPath(new URL('../../../corpus', import.meta.url));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

describe('the fast parser and the careful one', () => {
  it('see the same tree in every file of the corpus', () => {
    for (const text of corpusTexts()) {
      const trees = both(text);
      if (trees) expect(trees[0]).toEqual(trees[1]);
    }
  });

  it('see the same tree in real workflows', (context) => {
    if (!hasSharedCorpus) context.skip('shared-corpus: not beside this checkout');
    const differing: string[] = [];
    let compared = 0;
    for (const file of repositories().flatMap((repository) => repository.input.files)) {
      const trees = both(file.text);
      if (!trees) continue;
      compared += 1;
      if (JSON.stringify(trees[0]) !== JSON.stringify(trees[1])) differing.push(file.path);
    }
    expect(compared).toBeGreaterThan(300);
    expect(differing).toEqual([]);
  });

  it('see the same tree in generated YAML', () => {
    const leaf = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('a\nb\n', '${{ x }}', 'on', '# no'),
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    const options = fc.record({
      lineWidth: fc.constantFrom(0, 20, 80),
      defaultStringType: fc.constantFrom(
        'PLAIN' as const,
        'QUOTE_DOUBLE' as const,
        'BLOCK_LITERAL' as const,
      ),
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
    });
    fc.assert(
      fc.property(value, options, (data, style) => {
        // A scalar alone is no workflow, and they count its indentation indicator from other columns.
        const trees = both(stringify({ data }, style));
        if (trees) expect(trees[0]).toEqual(trees[1]);
      }),
    );
  });
});

describe('what is no YAML', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a duplicate key', 'a: 1\na: 2\n', 'yaml-duplicate-key'],
    ['an open bracket', 'a: [1\nb: 2\n', 'yaml-syntax'],
    ['a tab', 'a:\n\tb: 1\n', 'yaml-syntax'],
    ['an alias to nothing', 'a: *x\n', 'yaml-unknown-alias'],
    ['an alias to what it stands in', 'a: &x [*x]\n', 'yaml-cyclic-alias'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'yaml-many-documents'],
    ['a deep nest', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'yaml-too-deep'],
    ['an alias bomb', bomb(), 'yaml-alias-expansion'],
  ];
  it.each(cases)('%s is named', (_name, text, code) => {
    expect(parseYaml(text).problems.map((problem) => problem.code)).toContain(code);
  });

  it('never throws and keeps places inside the text', () => {
    fc.assert(
      fc.property(
        fc.string({
          maxLength: 200,
          unit: fc.constantFrom(
            'a',
            ':',
            ' ',
            '\n',
            '-',
            '[',
            ']',
            '{',
            '}',
            '&',
            '*',
            '|',
            '>',
            '"',
            "'",
            '#',
            '\t',
            '\r\n',
            '☁️',
            '%',
            '!',
            '?',
            ',',
          ),
        }),
        (text) => {
          for (const { range } of parseYaml(text).problems) {
            expect(range.start).toBeGreaterThanOrEqual(0);
            expect(range.start).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i += 1)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
  return `${lines.join('\n')}\n`;
}
