import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { describe, expect, it, vi } from 'vitest';
import { Parser, Tree, TreeCursor } from 'web-tree-sitter';

import { engine } from '../../test/audit.ts';
import { loadScriptEngine } from './engine.ts';
import type {
  ShellAssignment,
  ShellCommand,
  ShellContext,
  ShellRedirect,
  ShellScript,
  ShellWord,
} from './shell.ts';

const folder = fileURLToPath(new URL('../../../../corpus/script/', import.meta.url));
const topics = readdirSync(folder)
  .filter((name) => name.endsWith('.sh'))
  .map((name) => name.slice(0, -'.sh'.length));

interface Case {
  readonly name: string;
  readonly source: string;
}

/** The cases of a topic: the lines below each `#%% name`. */
function casesOf(topic: string): Case[] {
  const text = readFileSync(`${folder}${topic}.sh`, 'utf8');
  return text
    .split(/^#%% /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { name: part.slice(0, end), source: part.slice(end + 1).replace(/\n$/, '') };
    });
}

function word(one: ShellWord | undefined): string {
  if (!one) return '-';
  const text =
    one.quote === 'none' && one.literal && one.text !== '' ? one.text : JSON.stringify(one.text);
  return one.literal ? text : `~${text}`;
}

function redirect(one: ShellRedirect): string {
  const target = one.heredoc
    ? `${JSON.stringify(one.heredoc.text)}${one.heredoc.quoted ? 'quoted' : ''}`
    : word(one.target);
  return `${one.descriptor ?? ''}${one.operator} ${target}`;
}

function context(one: ShellContext): string {
  const flags = [
    'condition',
    'test',
    'guard',
    'substitution',
    'subshell',
    'loop',
    'negated',
    'background',
    'final',
  ] as const;
  return [
    ...flags.filter((flag) => one[flag]),
    ...(one.pipeline
      ? [`pipe${one.pipeline.id}:${one.pipeline.index + 1}/${one.pipeline.length}`]
      : []),
    ...(one.orElse.length > 0 ? [`orElse=${one.orElse.join(',')}`] : []),
    ...(one.handles === undefined ? [] : [`handles=${one.handles}`]),
    ...(one.enclosing ? [`of=${one.enclosing.kind}${one.enclosing.command ?? ''}`] : []),
    ...(one.function === undefined ? [] : [`function=${one.function}`]),
    ...one.redirects.map((outer) => `group(${redirect(outer)})`),
  ].join(' ');
}

function assignment(one: ShellAssignment): string {
  const value = one.elements ? `(${one.elements.map(word).join(' ')})` : word(one.value);
  const flags = [
    one.scope,
    ...(one.origin === 'assignment' ? [] : [one.origin]),
    ...(one.exported ? ['exported'] : []),
    ...(one.command === undefined ? [] : [`of ${one.command}`]),
  ];
  return `= ${one.name} ${one.append ? '+=' : '='} ${value} :: ${flags.join(' ')}`;
}

function command(one: ShellCommand, index: number): string {
  const words = [
    ...one.assignments.map((before) => `${before.name}=${word(before.value)}`),
    word(one.name),
    ...one.args.map(word),
    ...one.redirects.map(redirect),
  ];
  return `${index} @${one.start}-${one.end} ${words.join(' ')} :: ${context(one.context)}`.trimEnd();
}

/** The model of a script as lines; see corpus/script/README.md. */
function print(script: ShellScript): string {
  const uses = script.variables.map(
    (use) => `${use.name}${use.operator ?? ''}${use.quote === 'none' ? '' : '"'}`,
  );
  return [
    ...script.commands.map(command),
    ...script.assignments.map(assignment),
    ...(uses.length > 0 ? [`$ ${uses.join(' ')}`] : []),
    ...script.expressions.map((one) => `{} @${one.start}-${one.end} ${JSON.stringify(one.source)}`),
    ...script.functions.map(
      (one) => `f ${one.name} @${one.start}-${one.end} ${one.commands.first}-${one.commands.end}`,
    ),
    ...script.problems.map((one) => `! @${one.start}-${one.end} ${one.message}`),
  ].join('\n');
}

describe.each(topics)('corpus/script/%s', (topic) => {
  const cases = casesOf(topic);

  it('gives the commands that stand beside it', async () => {
    const printed = cases.map(
      (one) => `#%% ${one.name}\n${print(engine.parseShell(one.source))}\n`,
    );
    await expect(printed.join('')).toMatchFileSnapshot(`${folder}${topic}.out`);
  });

  it.each(cases)('$name: is complete unless broken', ({ name, source }) => {
    const broken = topic === 'broken' || /never ended|ended with blanks|not closed/.test(name);
    expect(engine.parseShell(source).complete).toBe(!broken);
  });
});

describe('the engine', () => {
  it('is the same for two that start at once', async () => {
    const require = createRequire(import.meta.url);
    const read = (id: string): Uint8Array => new Uint8Array(readFileSync(require.resolve(id)));
    const wasm = {
      engine: read('web-tree-sitter/web-tree-sitter.wasm'),
      bash: read('tree-sitter-bash/tree-sitter-bash.wasm'),
    };
    const engines = await Promise.all([loadScriptEngine(wasm), loadScriptEngine(wasm)]);
    const [one, other] = engines.map((each) => each.parseShell('a && b'));
    expect(one).toEqual(other);
    await expect(loadScriptEngine({ ...wasm, bash: new Uint8Array([1, 2, 3]) })).rejects.toThrow();
    expect(engines[0].parseShell('a && b')).toEqual(one);
  });

  it('frees every tree and cursor, in 10,000 parses', () => {
    const sources = topics.flatMap((topic) => casesOf(topic).map((one) => one.source));
    const spies = [
      vi.spyOn(Parser.prototype, 'parse'),
      vi.spyOn(Tree.prototype, 'delete'),
      vi.spyOn(TreeCursor.prototype, 'delete'),
    ] as const;
    const before = process.memoryUsage().external;
    for (let at = 0; at < 10_000; at += 1) engine.parseShell(sources[at % sources.length] ?? '');
    const made = spies[0].mock.results.filter((result) => result.value !== null).length;
    expect(made).toBeGreaterThan(10_000);
    expect(spies[1]).toHaveBeenCalledTimes(made);
    expect(spies[2]).toHaveBeenCalledTimes(made);
    expect(process.memoryUsage().external - before).toBeLessThan(16_000_000);
    for (const spy of spies) spy.mockRestore();
  }, 60_000);

  it('reads lines that end in \\r\\n as the runner does', () => {
    const unix = 'aws s3 \\\n  ls\ncat <<EOF\nx\nEOF\necho "a\nb"\n';
    const words = (source: string): unknown =>
      engine.parseShell(source).commands.map((one) => [one.name?.text, one.args.length]);
    const dos = engine.parseShell(unix.replaceAll('\n', '\r\n'));
    expect(dos.complete).toBe(true);
    expect(words(dos.source)).toEqual(words(unix));
  });

  it('gives the source back, and exact places in it', () => {
    const source = 'aws s3 cp "a b" ${X:-y}';
    const [only] = engine.parseShell(source).commands;
    const slices = only?.args.map((arg) => source.slice(arg.start, arg.end));
    expect(slices).toEqual(['s3', 'cp', '"a b"', '${X:-y}']);
    expect(only?.args[2]?.parts).toEqual([
      { kind: 'text', text: 'a b', start: 11, end: 14, quote: 'double' },
    ]);
    expect(only?.args[3]?.parts[0]).toMatchObject({
      kind: 'variable',
      name: 'X',
      operator: ':-',
      operand: { text: 'y', start: 21, end: 22 },
    });
  });
});

/** Scripts that are long or deep where something could be quadratic; each must end, and say so. */
const long = 60_000;
const attacks: Readonly<Record<string, string>> = {
  words: 'a '.repeat(long),
  lists: 'a && '.repeat(long / 5),
  alternatives: 'a || '.repeat(long / 5),
  'closed subshells': '(a)'.repeat(long / 3),
  parentheses: '('.repeat(long),
  substitutions: '$('.repeat(long / 2),
  'quoted substitutions': '"$('.repeat(long / 3),
  arithmetic: '$(('.repeat(long / 3),
  parameters: '${a:-'.repeat(long / 5),
  backquotes: '`a '.repeat(long / 3),
  'escaped backquotes': '`\\`'.repeat(long / 3),
  heredocs: Array.from({ length: 5000 }, (_, at) => `<<E${at}\n`).join(''),
  'open delimiters': '<<"'.repeat(long / 3),
  'waiting heredocs': `cat ${'<<A '.repeat(5000)}"$(${'\n'.repeat(long / 2)})"`,
  'nested heredocs': Array.from({ length: 3000 }, (_, at) => `cat <<E${at}\n$(`).join(''),
  expressions: '${{ a }}'.repeat(long / 8),
  'open expressions': '${{'.repeat(long / 3),
  groups: '{ '.repeat(long / 2),
  ifs: 'if a; then '.repeat(long / 11),
  cases: 'case a in b) '.repeat(long / 13),
  'elif clauses': `if a; then b; ${'elif a; then b; '.repeat(long / 16)}`,
  'closing words': 'fi '.repeat(long / 3),
  operators: ';&|'.repeat(long / 3),
  'open redirects': '<'.repeat(long),
  'too long': 'a'.repeat(300_000),
};

describe('a script that would take forever', () => {
  it.each(Object.keys(attacks))(
    '%s',
    (name) => {
      const source = attacks[name] ?? '';
      const script = engine.parseShell(source);
      expect(script.complete).toBe(script.problems.length === 0);
      expect(script.commands.length).toBeLessThanOrEqual(20_000);
      expect(engine.parseShell('aws s3 ls').commands).toHaveLength(1);
    },
    20_000,
  );
});
