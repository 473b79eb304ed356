import fc from 'fast-check';

/** Lines of a block, without the indentation that they will stand in. */
type Lines = readonly string[];

const commonWords = [
  'a',
  'b c',
  'on',
  'true',
  '1',
  '0x1',
  '1e3',
  '~',
  'null',
  'é',
  '\u{1f4a5}',
  'ab',
  'b',
  'k',
  'a:b',
  'a#b',
  'a "b"',
  "it's",
  '.5',
  '<<',
  '=',
  'http://a.example/b?c=d',
  'a - b',
  '$x',
  '\u00a0a',
  'a\\b',
  '(a)',
  '/a/*',
  '^1',
  '+',
  '_',
  'a?',
  'a!',
  '${{b.c}}',
];
const oddWords = ['a: b', 'a #b', '-', '-1', '--x', '@a', 'a,b', 'a]', '${{ a.b }}', '? a', '!a'];
const word = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...commonWords) },
  { weight: 1, arbitrary: fc.constantFrom(...oddWords) },
);
const blanks = fc.constantFrom('', '', '', ' ', '  ', '     ');
const remark = fc.constantFrom(
  ...Array.from({ length: 20 }, () => ''),
  ' # c',
  '  #',
  ' #: - "',
  '#x',
);
const inside = fc.string({
  maxLength: 8,
  unit: fc.constantFrom(
    'a',
    ' ',
    ':',
    '#',
    '-',
    '[',
    '{',
    ',',
    '*',
    '&',
    '|',
    'é',
    '\t',
    '\u{1f4a5}',
  ),
});
const single = inside.map((text) => `'${text}''${text}'`);
const escape = fc.constantFrom(
  ...Array.from({ length: 10 }, () => '\\n'),
  '\\n',
  '\\"',
  '\\\\',
  '\\t',
  '\\x41',
  '\\u00e9',
  '\\ud83d\\udca5',
  '\\0',
  '\\ ',
  '\\/',
  '\\_',
);
const double = fc.tuple(inside, escape, inside).map((parts) => `"${parts.join('')}"`);
const quoted = fc.oneof(
  single,
  double,
  inside.map((text) => `"${text}"`),
  inside.map((text) => `'${text}'`),
);
const key = fc
  .tuple(fc.oneof({ weight: 6, arbitrary: word }, quoted), fc.constantFrom('', '', '', ' '))
  .map(([name, blank]) => `${name}${blank}:`);
const anchor = fc.constantFrom(...Array.from({ length: 60 }, () => ''), '&x ', '&y-1  ');
/** Every document starts with these two anchors. */
const alias = fc.constantFrom(...Array.from({ length: 20 }, () => '*x'), '*y-1', '*none');

const flow = fc.letrec<{ node: string; list: string; map: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'flow' },
    word,
    quoted,
    alias,
    tie('list'),
    tie('map'),
  ),
  list: fc
    .tuple(
      fc.array(fc.tuple(blanks, tie('node'), blanks), { maxLength: 3 }),
      fc.constantFrom('', '', ',', ', '),
    )
    .map(([items, end]) => `[${items.map((item) => item.join('')).join(',')}${end}]`),
  map: fc
    .tuple(
      fc.uniqueArray(fc.tuple(blanks, key, fc.constantFrom(' ', ' ', ' ', ' ', ''), tie('node')), {
        maxLength: 3,
        selector: (pair) => pair[1],
      }),
      blanks,
    )
    .map(([pairs, end]) => `{${pairs.map((pair) => pair.join('')).join(', ')}${end}}`),
}));

/** Flow collections, some with line breaks behind their commas. */
const flowLines = fc
  .tuple(
    fc.oneof(flow.list, flow.map),
    fc.constantFrom(', ', ', ', ',\n', ',\n  ', ', # c\n  ', ',\n\n '),
  )
  .map(([text, separator]) => text.replaceAll(', ', separator).split('\n'));

const manyLines = fc
  .tuple(
    fc.array(fc.oneof({ weight: 4, arbitrary: word }, fc.constant('')), {
      minLength: 2,
      maxLength: 4,
    }),
    blanks,
  )
  .map(([lines, set]) =>
    lines.map((line, i) => (i === 0 || line === '' ? line : ` ${set}${line}`)),
  );

const quotedLines = fc
  .tuple(fc.constantFrom('"', "'"), manyLines, blanks)
  .map(([quote, lines, end]) => [
    ...lines.slice(0, -1).map((line, i) => (i === 0 ? quote : '') + line),
    `${lines.at(-1) ?? ''}${end}${quote}`,
  ]);

const block = fc
  .record({
    style: fc.constantFrom('|', '>'),
    header: fc.constantFrom(
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '-',
      '-',
      '-',
      '+',
      '2',
      '2-',
      '+1',
    ),
    remark,
    lead: fc.constantFrom([], [], [], [], [''], ['', ' '], ['      ']),
    set: fc.constantFrom(' ', '  ', '    '),
    lines: fc.array(
      fc.constantFrom('a', 'b: c', '# d', '', ' ', '  e', '\tf', '---', '"', '- g', '     '),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ style, header, remark, lead, set, lines }) => [
    style + header + remark,
    ...lead,
    ...lines.map((line) => (line === '' ? '' : set + line)),
  ]);

const scalarLines: fc.Arbitrary<Lines> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(word, blanks, remark).map((parts) => [parts.join('')]) },
  { weight: 3, arbitrary: fc.tuple(quoted, blanks, remark).map((parts) => [parts.join('')]) },
  fc.constant(['']),
  alias.map((name) => [name]),
  manyLines,
  quotedLines,
  block,
  flowLines,
);

/** Blank lines and comments that may stand between entries. */
const gap = fc.constantFrom<Lines>(
  ...Array.from({ length: 10 }, () => []),
  [''],
  ['# c'],
  ['   # c'],
  ['', '  ', '#'],
);

function setIn(lines: Lines, by: string): string[] {
  return lines.map((line) => (line === '' ? line : by + line));
}

const blockNode = fc.letrec<{ node: Lines; map: Lines; list: Lines }>((tie) => ({
  node: fc.oneof({ maxDepth: 3, depthIdentifier: 'block' }, scalarLines, tie('map'), tie('list')),
  map: fc
    .uniqueArray(
      fc.record({
        key,
        anchor,
        value: fc.oneof(
          scalarLines.map((lines) => ({ lines, below: false })),
          tie('map').map((lines) => ({ lines, below: true })),
          tie('list').map((lines) => ({ lines, below: true })),
          scalarLines.map((lines) => ({ lines, below: true })),
        ),
        by: fc.constantFrom(
          '  ',
          '  ',
          '  ',
          '  ',
          '  ',
          '  ',
          '  ',
          ' ',
          '    ',
          '    ',
          '    ',
          '',
        ),
        blank: fc.constantFrom(' ', ' ', ' ', '   '),
        remark,
        gap,
      }),
      { minLength: 1, maxLength: 2, selector: ({ key }) => key },
    )
    .map((pairs) =>
      pairs.flatMap(({ key, anchor, value, by, blank, remark, gap }) => {
        const [first = '', ...rest] = value.lines;
        return value.below
          ? [`${key}${blank}${anchor}${remark}`, ...gap, ...setIn(value.lines, by)]
          : [`${key}${blank}${anchor}${first}`, ...setIn(rest, by), ...gap];
      }),
    ),
  list: fc
    .array(
      fc.record({
        node: tie('node'),
        anchor,
        blank: fc.constantFrom(' ', ' ', ' ', '   '),
        below: fc.constantFrom(false, false, false, true),
        gap,
      }),
      { minLength: 1, maxLength: 2 },
    )
    .map((items) =>
      items.flatMap(({ node, anchor, blank, below, gap }) => {
        const [first = '', ...rest] = node;
        const by = ` ${blank}`;
        return below
          ? [`-${blank}${anchor}`, ...gap, ...setIn(node, by)]
          : [`-${blank}${anchor}${first}`, ...setIn(rest, by), ...gap];
      }),
    ),
}));

/** Documents in the part of YAML that workflows are written in, and somewhat beyond it. */
export const yamlDocument: fc.Arbitrary<string> = fc
  .record({
    start: fc.constantFrom('', '', '', '---\n', '# c\n', '\n---  # c\n'),
    lines: fc.oneof({ weight: 4, arbitrary: blockNode.map }, blockNode.list),
    by: fc.constantFrom('', '', '', '', ' '),
    end: fc.constantFrom('\n', '\n', '\n', '\n', '', '', '\n\n', '\n# c', '\n  '),
    lineBreak: fc.constantFrom('\n', '\n', '\n', '\r\n'),
  })
  .map(({ start, lines, by, end, lineBreak }) => {
    const first = lines[0]?.startsWith('-')
      ? ['- &x a', '- &y-1 [b]']
      : ['anchor: &x a', 'other anchor: &y-1', '  - b'];
    const text = start + setIn([...first, ...lines], by).join('\n') + end;
    return text.replaceAll('\n', lineBreak);
  });
