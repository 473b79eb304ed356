import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';

import {
  hclValue,
  type PlainPolicy,
  policyDocumentSource,
  withoutTemplates,
} from '../../test/emit-policy.ts';
import { hclEngine } from '../../test/hcl.ts';
import type { DocumentNode } from '../iam/document/node.ts';
import { sourceFile } from '../text/source.ts';
import { literal } from './document/access.ts';
import { readPolicySources } from './read.ts';

/** What a document says, without places; anything open fails. */
function plain(node: DocumentNode): unknown {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'map') {
    return Object.fromEntries(node.entries.map(({ key, value }) => [literal(key), plain(value)]));
  }
  if (node.kind === 'unresolved') throw new Error(`unresolved: ${node.expression}`);
  const text = literal(node.value);
  if (text === undefined) throw new Error('a text with holes');
  return text;
}

/** The trust policy that a file gives its only role. */
function trustOf(path: string, text: string): unknown {
  const { states, problems } = readPolicySources([sourceFile(path, text)], hclEngine);
  expect(problems).toEqual([]);
  const roles = states.flatMap((state) => state.roles);
  expect(roles).toHaveLength(1);
  const [role] = roles;
  const root = role?.trust?.root;
  if (!root) throw new Error('no trust policy');
  return plain(root);
}

// The grammar does not know `$$${`, an escape behind a dollar; it says so, and nothing is read.
const word = fc
  .oneof(
    fc.constantFrom(
      'repo:acme/shop:*',
      '${aws:username}',
      '%{x}',
      'a"b',
      'a\\b',
      "it's",
      '{{x}}',
      'é😀',
      ' x ',
      '#',
      'yes',
      '12',
      'null',
      '*',
      ': ',
      '$$',
      '$',
    ),
    fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abc:/*?-_ $%{}"\\\'\t') }),
  )
  .filter((text) => !/[$%]{2}\{/.test(text));
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9:/.-]{0,15}$/);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const condition = fc.dictionary(name, fc.dictionary(name, words, { minKeys: 1, maxKeys: 2 }), {
  minKeys: 1,
  maxKeys: 2,
});
const policies: fc.Arbitrary<PlainPolicy> = fc.record({
  Version: fc.constantFrom('2012-10-17', '2008-10-17'),
  Statement: fc.array(
    fc.record(
      {
        Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
        Principal: fc.dictionary(name, words, { minKeys: 1, maxKeys: 2 }),
        Action: words,
        Resource: words,
        Condition: condition,
      },
      { requiredKeys: ['Effect', 'Action'] },
    ),
    { minLength: 1, maxLength: 3 },
  ),
});

/** The same policy in every form that a role's trust can be written in. */
const forms: readonly (readonly [
  name: string,
  path: string,
  emit: (policy: PlainPolicy) => string,
])[] = [
  ['authorization details', 'a.json', (policy) => details(policy)],
  [
    'authorization details, percent-encoded',
    'a.json',
    (policy) => details(encodeURIComponent(JSON.stringify(policy))),
  ],
  ['a string of JSON', 'a.json', (policy) => details(JSON.stringify(policy))],
  ['CloudFormation JSON', 'a.json', (policy) => JSON.stringify(template(policy), undefined, 2)],
  ['CloudFormation YAML', 'a.yaml', (policy) => stringify(template(policy))],
  ['Terraform jsonencode', 'a.tf', (policy) => roleWith(`jsonencode(${hclValue(policy)})`)],
  [
    'Terraform heredoc',
    'a.tf',
    (policy) => roleWith(`<<EOT\n${withoutTemplates(JSON.stringify(policy, undefined, 2))}\nEOT`),
  ],
  [
    'Terraform indented heredoc',
    'a.tf',
    (policy) => roleWith(`<<-EOT\n    ${withoutTemplates(JSON.stringify(policy))}\n  EOT`),
  ],
  [
    'Terraform policy document',
    'a.tf',
    (policy) =>
      `${policyDocumentSource(policy)}${roleWith('data.aws_iam_policy_document.it.json')}`,
  ],
  [
    'Terraform JSON',
    'a.tf.json',
    (policy) =>
      JSON.stringify({
        resource: {
          aws_iam_role: { it: { assume_role_policy: withoutTemplates(JSON.stringify(policy)) } },
        },
      }),
  ],
];

function details(document: unknown): string {
  const role = {
    RoleName: 'it',
    Arn: 'arn:aws:iam::111111111111:role/it',
    AssumeRolePolicyDocument: document,
  };
  return JSON.stringify({ RoleDetailList: [role] });
}

function template(document: PlainPolicy): object {
  return {
    Resources: {
      It: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document } },
    },
  };
}

function roleWith(expression: string): string {
  return `resource "aws_iam_role" "it" {\n  assume_role_policy = ${expression}\n}\n`;
}

describe('a policy reads the same', () => {
  it.each(forms)('as %s', (_name, path, emit) => {
    fc.assert(
      fc.property(policies, (policy) => {
        // Only the data source joins `&{` and `${`, which no generated word holds.
        expect(trustOf(path, emit(policy))).toEqual(policy);
      }),
      { numRuns: 150 },
    );
  });
});

describe('readPolicySources', () => {
  const seeds = forms.map(
    ([, path, emit]) =>
      [
        path,
        emit({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['a'], Condition: { StringLike: { b: ['c'] } } }],
        }),
      ] as const,
  );

  it('never throws and keeps places inside the file, whatever is cut or put in', () => {
    const change = fc.record({
      seed: fc.nat(seeds.length - 1),
      at: fc.nat(600),
      cut: fc.nat(20),
      put: fc.string({ maxLength: 6, unit: fc.constantFrom(...'{}[]"\\:,$%<-\n =abE!&*#é') }),
    });
    fc.assert(
      fc.property(change, ({ seed, at, cut, put }) => {
        const [path, text] = seeds[seed] ?? ['', ''];
        const file = sourceFile(path, text.slice(0, at) + put + text.slice(at + cut));
        const { states, problems } = readPolicySources([file], hclEngine);
        const ranges = [
          ...problems.map(({ range }) => range),
          ...states.flatMap(({ roles }) => roles.map(({ range }) => range)),
        ];
        for (const { start, end } of ranges) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(file.text.length + 1);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('reads a file of 2 MB, and says of a Terraform file without a parser that it was not read', () => {
    const large = JSON.stringify({
      Description: 'x'.repeat(2_000_000),
      ...template({ Version: '2012-10-17', Statement: [] }),
    });
    expect(trustOf('large.json', large)).toEqual({ Version: '2012-10-17', Statement: [] });
    const { problems } = readPolicySources([sourceFile('a.tf', roleWith('""'))]);
    expect(problems.map(({ code, fatal }) => [code, fatal])).toEqual([['source-no-engine', true]]);
  });
});
