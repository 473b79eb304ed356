import { Lexer, Parser } from '@actions/expressions';
import { Array as ArrayData } from '@actions/expressions/data/array';
import { Dictionary } from '@actions/expressions/data/dictionary';
import { reviver } from '@actions/expressions/data/reviver';
import { Evaluator } from '@actions/expressions/evaluator';
import {
  array,
  assert,
  constantFrom,
  oneof,
  property,
  record,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import {
  alternatives,
  asksForStatus,
  choice,
  conditionHolds,
  evaluate,
  evaluateText,
  fromData,
  known,
  object,
  truthOf,
  unknown,
  unknownText,
  type Scope,
  type Value,
} from './evaluate.ts';
import { parseExpression } from './expression.ts';
import type { Text } from './model.ts';
import { parseWorkflow } from './parse.ts';

const github = {
  ref: 'refs/heads/main',
  ref_name: 'main',
  event_name: 'push',
  actor: '',
  run_number: 7,
  event: { commits: [{ id: 'a', n: [1, 2] }, { id: 'b' }, 'odd'], forced: false, before: null },
};
const scope: Scope = {
  contexts: {
    github: fromData(github),
    inputs: object({
      stage: unknown('inputs.stage', { truth: true }),
      tag: unknown('inputs.tag', { prefix: 'refs/tags/v' }),
      either: choice([known('dev'), known('prod')]),
      dry: choice([known(true), known(false)]),
    }),
    matrix: object({ os: known('linux') }, true),
  },
  status: { success: true, failure: false },
};

const run = (source: string, where: Scope = scope): Value => {
  const { ast, problem } = parseExpression(source);
  if (!ast) throw new Error(problem);
  return evaluate(ast, where);
};

/** `?` for what is not known, a list for alternatives. */
const show = (value: Value): unknown => {
  if (value.kind === 'known') return value.value;
  if (value.kind === 'unknown') return '?';
  if (value.kind === 'choice') return value.of.map(show);
  if (value.kind === 'array') return value.items.map(show);
  return Object.fromEntries(value.entries.map((entry) => [entry.name, show(entry.value)]));
};

// The examples of https://docs.github.com/actions/reference/workflows-and-actions/expressions.
describe('what GitHub documents', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['0xff', 255],
    ['-2.99e-2', -0.0299],
    ["'It''s open source!'", "It's open source!"],
    ["null == ''", true],
    ['null == 0', true],
    ['true == 1', true],
    ["false == ''", true],
    ["'ABC' == 'abc'", true],
    ["'abc' < 'ABD'", true],
    ["'12' == 12", true],
    ["'x' == 12", false],
    ["'' == 0", true],
    ["fromJSON('[1]') == fromJSON('[1]')", false],
    ['github.event.commits == github.event.commits', true],
    ['github.event.commits >= github.event.commits', true],
    ["contains('Hello world', 'llo')", true],
    ["contains('Hello world', 'LLO')", true],
    ['contains(fromJSON(\'["push", "pull_request"]\'), github.event_name)', true],
    ["contains(github.event.commits.*.id, 'B')", true],
    ["startsWith('Hello world', 'He')", true],
    ["endsWith('Hello world', 'LD')", true],
    ["format('Hello {0} {1} {2}', 'Mona', 'the', 'Octocat')", 'Hello Mona the Octocat'],
    ["format('{{Hello {0}}}', 'Mona')", '{Hello Mona}'],
    ["join(github.event.commits.*.id, ', ')", 'a, b'],
    ["join('x', ', ')", 'x'],
    ['toJSON(fromJSON(\'{"a":1}\'))', '{\n  "a": 1\n}'],
    ["github.ref == 'refs/heads/main' && 'value_for_main' || 'other'", 'value_for_main'],
    ["github.ref == 'refs/heads/dev' && 'value_for_dev' || 'other'", 'other'],
    ["case(github.ref_name == 'main', 'production', 'development')", 'production'],
    ["github['event_name']", 'push'],
    ['github.event.commits[1].id', 'b'],
    ['github.EVENT.Commits[0].ID', 'a'],
    ['github.event.commits[9].id', null],
    ['github.event.nothing.more', null],
    ['github.event.commits.*.n', [[1, 2]]],
    ['github.event.commits.*.n[0]', [1]],
    ['always()', true],
    ['success() && !failure()', true],
    ['!github.event.before', true],
  ])('%s is %j', (source, expected) => {
    expect(show(run(source))).toEqual(expected);
  });
});

describe('what is not known', () => {
  it.each<[string, unknown]>([
    ['inputs.stage', '?'],
    ["inputs.stage == 'prod'", '?'],
    ["inputs.missing == ''", true],
    ["matrix.arch == 'arm'", '?'],
    ["matrix.os == 'linux'", true],
    ['vars.ROLE', '?'],
    ["github.ref_name == 'main' || vars.ROLE", true],
    ["github.ref_name == 'dev' && vars.ROLE", false],
    ["github.ref_name == 'main' && vars.ROLE", '?'],
    ["inputs.either == 'prod' && 'role/prod' || 'role/test'", ['role/prod', 'role/test']],
    ["format('role/{0}', inputs.either)", ['role/dev', 'role/prod']],
    ["startsWith(inputs.tag, 'refs/tags/')", true],
    ["startsWith(inputs.tag, 'refs/heads/')", false],
    ["startsWith(inputs.tag, 'refs/tags/v1')", '?'],
    ["inputs.tag == 'refs/heads/main'", false],
    ["inputs.tag == 'refs/tags/v1'", '?'],
    ["contains(inputs.tag, 'TAGS')", true],
    ["contains(inputs.tag, 'beta')", '?'],
    ['contains(fromJSON(\'["a"]\'), inputs.stage)', '?'],
    ["startsWith(format('refs/heads/{0}', inputs.stage), 'refs/heads/')", true],
    ["fromJSON('')", '?'],
    ["format('{0}{1}', 'a')", '?'],
    ["hashFiles('a') != ''", '?'],
    ['cancelled()', '?'],
    ['case(inputs.stage, 1, 2)', '?'],
    ['secrets.*', '?'],
  ])('%s is %j', (source, expected) => {
    expect(show(run(source))).toEqual(expected);
  });

  it('keeps what is known of an unknown', () => {
    expect(truthOf(run('inputs.stage'))).toBe(true);
    expect(truthOf(run("inputs.stage && 'x'"))).toBe(true);
    expect(truthOf(run('inputs.either'))).toBe(true);
    expect(truthOf(run('inputs.dry'))).toBe('unknown');
    expect(truthOf(run("vars.A || 'x'"))).toBe(true);
  });

  it('says what it was', () => {
    expect(run('vars.ROLE')).toMatchObject({ of: 'vars.ROLE' });
    expect(run('needs.build.outputs.tag')).toMatchObject({ of: 'needs.build.outputs.tag' });
  });

  it('gives up on too many alternatives instead of growing', () => {
    const many = choice(Array.from({ length: 40 }, (_, index) => known(index)));
    const where = { contexts: { inputs: object({ a: many, b: many }) } };
    expect(show(run("format('{0}{1}', inputs.a, inputs.b)", where))).toBe('?');
    expect(choice(Array.from({ length: 99 }, (_, index) => known(index)))).toMatchObject({
      kind: 'unknown',
    });
  });
});

/** The source as the `if:` of a job. */
const condition = (source: string): Text | undefined =>
  parseWorkflow(sourceFile('w.yml', `on: push\njobs:\n  a:\n    if: ${source}\n    runs-on: x\n`))
    .workflow?.jobs[0]?.if;

describe('conditions', () => {
  it.each<[string, boolean | 'unknown', boolean | 'unknown']>([
    ["github.ref_name == 'main'", true, false],
    ['always()', true, true],
    ["${{ always() && github.ref_name == 'main' }}", true, true],
    ["${{ github.ref_name == 'dev' }} && true", true, false],
    ['${{ always() }} && false', true, true],
    ['${{ !cancelled() }}', 'unknown', 'unknown'],
    ['failure()', false, true],
    ['vars.GO', 'unknown', false],
    ['${{ }}', 'unknown', false],
  ])('%s holds %s after success and %s after failure', (source, after, afterFailure) => {
    expect(conditionHolds(condition(source), scope)).toBe(after);
    const failed = { ...scope, status: { success: false, failure: true } };
    expect(conditionHolds(condition(source), failed)).toBe(afterFailure);
  });

  it('holds after success where there is none', () => {
    expect(conditionHolds(undefined, scope)).toBe(true);
    expect(conditionHolds(undefined, { contexts: {} })).toBe('unknown');
  });

  it('knows which ask for the status', () => {
    expect(asksForStatus(parseExpression('a == always()'))).toBe(false);
    expect(asksForStatus(parseExpression("contains('x', failure())"))).toBe(true);
  });

  it('fills in strings', () => {
    const name = condition('prod-${{ inputs.either }}');
    expect(name && show(evaluateText(name, scope))).toEqual(['prod-dev', 'prod-prod']);
    const sole = condition('${{ github.run_number }}');
    expect(sole && show(evaluateText(sole, scope))).toBe(7);
  });
});

// The oracle is GitHub's own evaluator; without JSON of lists, which it writes as its own objects.
const leaf = constantFrom(
  'null',
  'true',
  'false',
  '0',
  '1',
  '-1.5',
  '0x1f',
  "''",
  "'a'",
  "'A'",
  "'1'",
  "'true'",
  "'refs/heads/main'",
  'github.ref',
  'github.ref_name',
  'github.run_number',
  'github.event',
  'github.event.commits',
  'github.nothing',
  'github.event.commits.*.id',
  'github.event.commits[0].n',
  'github.event.commits.*.n[1]',
  'github.*',
  'inputs.a',
  'inputs.B',
  "inputs['c']",
  'inputs.d.*.e',
  'inputs.d[inputs.a]',
  'inputs[inputs.b]',
);
const data = record({
  a: constantFrom<unknown>('', 'b', 'x', 0, 1, null, true),
  b: constantFrom<unknown>('a', 'c', '1', false),
  c: constantFrom<unknown>([1, 'a'], { e: 'A' }, 'main', Number.MAX_SAFE_INTEGER),
  d: array(constantFrom<unknown>({ e: 1 }, { E: 'x', f: 2 }, ['y'], 3), { maxLength: 3 }),
});
const expression: Arbitrary<string> = nested(3);

function nested(depth: number): Arbitrary<string> {
  if (depth === 0) return leaf;
  const inner = nested(depth - 1);
  return oneof(
    leaf,
    tuple(inner, constantFrom('==', '!=', '<', '<=', '>', '>=', '&&', '||'), inner).map(
      ([left, operator, right]) => `(${left} ${operator} ${right})`,
    ),
    inner.map((of) => `!${of}`),
    tuple(constantFrom('contains', 'startsWith', 'endsWith', 'join'), inner, inner).map(
      ([name, left, right]) => `${name}(${left}, ${right})`,
    ),
    tuple(constantFrom("'{0}'", "'{1}-{0}'", "'{{{0}}}'", "'{0x}'"), inner, inner).map(
      ([pattern, left, right]) => `format(${pattern}, ${left}, ${right})`,
    ),
    tuple(inner, inner, inner).map(
      ([when, then, otherwise]) => `case(${when} == 1, ${then}, ${otherwise})`,
    ),
  );
}

const plain = (value: Value): unknown =>
  value.kind === 'array' ? value.items.map(plain) : show(value);

/** GitHub's evaluator on the same source and contexts, as plain data; undefined when it throws. */
function oracle(source: string, contexts: Record<string, unknown>): { value: unknown } | undefined {
  const { tokens } = new Lexer(source).lex();
  const ast = new Parser(tokens, Object.keys(contexts), []).parse();
  const scopeData = JSON.parse(JSON.stringify(contexts), reviver) as Dictionary;
  try {
    return { value: toPlain(new Evaluator(ast, scopeData).evaluate()) };
  } catch {
    return undefined;
  }
}

function toPlain(value: unknown): unknown {
  if (value instanceof ArrayData) return value.values().map(toPlain);
  if (value instanceof Dictionary) {
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, toPlain(pair.value)]));
  }
  return (value as { value?: unknown }).value ?? null;
}

describe("GitHub's own evaluator", () => {
  it('agrees on everything that is known', () => {
    assert(
      property(expression, data, (source, inputs) => {
        const contexts = { github, inputs };
        const expected = oracle(source, contexts);
        const actual = run(source, {
          contexts: { github: fromData(github), inputs: fromData(inputs) },
        });
        expect(expected ? { value: plain(actual) } : undefined, source).toEqual(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is among the alternatives when inputs are not known', () => {
    assert(
      property(expression, data, data, (source, inputs, others) => {
        const names = ['a', 'b', 'c', 'd'] as const;
        const partial = object(
          Object.fromEntries(
            names.map((name, index) => [
              name,
              index % 2 === 0
                ? unknown(name)
                : choice([fromData(inputs[name]), fromData(others[name])]),
            ]),
          ),
        );
        const expected = oracle(source, { github, inputs });
        const found = alternatives(
          run(source, { contexts: { github: fromData(github), inputs: partial } }),
        );
        if (!expected) return;
        const open = found.some((one) => JSON.stringify(one).includes('"unknown"'));
        const among = found.some(
          (one) => JSON.stringify(plain(one)) === JSON.stringify(expected.value),
        );
        expect(open || among, source).toBe(true);
        const truths = new Set(found.map((one) => truthOf(one)));
        const truth = truthOf(fromData(expected.value));
        expect(truths.has(truth) || truths.has('unknown'), source).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('a string that only a run tells', () => {
  const asked: string[] = [];
  const name = unknownText('github.ref_name', ({ test, text }) => {
    asked.push(`${test} ${text}`);
    return test === 'starts' ? text === 'rel' : text === 'main' ? false : 'unknown';
  });
  const scope = { contexts: { github: object({ ref_name: name }, true) } };
  it.each([
    ["github.ref_name == 'main'", false, 'equals main'],
    ["github.ref_name != 'main'", true, 'equals main'],
    ["github.ref_name == 'other'", 'unknown', 'equals other'],
    ["startsWith(github.ref_name, 'rel')", true, 'starts rel'],
    ["contains(github.ref_name, 'main')", false, 'contains main'],
    ["endsWith(github.ref_name, 'main')", false, 'ends main'],
    [`contains(fromJSON('["main"]'), github.ref_name)`, false, 'equals main'],
    [`fromJSON('{"main":true}')[github.ref_name]`, false, 'equals main'],
    ['github.ref_name', 'unknown', 'equals '],
  ])('%s is %s', (source, truth, question) => {
    asked.length = 0;
    const { ast } = parseExpression(source);
    expect(ast && truthOf(evaluate(ast, scope))).toBe(truth);
    expect(asked).toContain(question);
  });

  it('is made of pieces when text stands beside it', () => {
    const scalar = condition('x-${{ github.ref_name }}-${{ vars.Y }}');
    expect(scalar && evaluateText(scalar, scope)).toMatchObject({
      kind: 'unknown',
      pieces: ['x-', { open: 'github.ref_name' }, '-', { open: 'vars.Y' }],
      origin: 'github.ref_name, vars.Y',
    });
  });
});
