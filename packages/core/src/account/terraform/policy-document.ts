import type { DocumentEntry, DocumentNode, TemplatePiece } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import {
  itemsOf,
  literalAt,
  literalOf,
  shown,
  templateOf,
  textNode,
  valueOf,
} from '../document/access.ts';
import { embeddedDocument, placedAt } from '../document/embedded.ts';
import type { ProblemList } from '../problem.ts';
import type { HclBlock, HclBody } from './body.ts';
import type { Environment } from './environment.ts';
import { nestedBlocks, written } from './instances.ts';
import type { FolderScope } from './scope.ts';
import { unknown } from './step.ts';

/**
 * The document that `data "aws_iam_policy_document"` makes
 * (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document):
 * statements of the source documents, its own, then those that override by `sid`. What is not known is
 * an unresolved statement.
 */
export function policyDocument(
  block: HclBlock,
  bound: Environment,
  scope: FolderScope,
  problems: ProblemList,
): DocumentNode {
  const { body, range } = block;
  const sources = documents(
    body,
    ['source_json', 'source_policy_documents'],
    bound,
    scope,
    problems,
  );
  const overrides = documents(
    body,
    ['override_json', 'override_policy_documents'],
    bound,
    scope,
    problems,
  );
  const { blocks, unknown: dynamic } = nestedBlocks(body, 'statement', bound, scope.evaluator);
  const own = [
    ...blocks.map((one) => statement(one.body, one.bound, one.block.range, scope)),
    ...dynamic.map((one) => unknown(written(one), one.range)),
  ];
  const items: DocumentNode[] = [];
  const bySid = new Map<string, number>();
  for (const item of [...sources, ...own, ...overrides]) {
    const sid = literalAt(item, 'Sid') ?? '';
    const before = sid === '' ? undefined : bySid.get(sid);
    if (before === undefined) items.push(item);
    else items[before] = item;
    if (sid !== '' && before === undefined) bySid.set(sid, items.length - 1);
  }
  const version = scope.attribute(body, 'version', bound) ?? textNode(['2012-10-17'], range);
  return {
    kind: 'map',
    range,
    entries: [entry('Version', version), entry('Statement', { kind: 'list', items, range })],
  };
}

function entry(key: string, value: DocumentNode): DocumentEntry {
  return { key: [key], keyRange: value.range, value };
}

/** The statements of documents that an attribute lists as JSON. */
function documents(
  body: HclBody,
  names: readonly string[],
  bound: Environment,
  scope: FolderScope,
  problems: ProblemList,
): DocumentNode[] {
  return names.flatMap((name) => {
    const value = scope.attribute(body, name, bound);
    return itemsOf(value).flatMap((item) => {
      const root = (scope.evaluator.encoded(item) ?? embeddedDocument(item, problems))?.root;
      const statements =
        root?.kind === 'map' ? itemsOf(valueOf(root, 'Statement')) : root ? [root] : [];
      return statements.map((one) => placedAt(one, item.range));
    });
  });
}

/** Elements that are lists of strings, with the attribute that holds them. */
const lists: readonly (readonly [element: string, attribute: string])[] = [
  ['Action', 'actions'],
  ['NotAction', 'not_actions'],
  ['Resource', 'resources'],
  ['NotResource', 'not_resources'],
];

function statement(
  body: HclBody,
  bound: Environment,
  range: Range,
  scope: FolderScope,
): DocumentNode {
  const sid = scope.attribute(body, 'sid', bound);
  const entries: DocumentEntry[] = [];
  if (sid && literalOf(sid) !== '') entries.push(entry('Sid', sid));
  entries.push(
    entry('Effect', scope.attribute(body, 'effect', bound) ?? textNode(['Allow'], range)),
  );
  for (const [element, type] of [
    ['Principal', 'principals'],
    ['NotPrincipal', 'not_principals'],
  ] as const) {
    const value = principals(body, type, bound, scope);
    if (value) entries.push(entry(element, value));
  }
  for (const [element, name] of lists) {
    const value = scope.attribute(body, name, bound);
    // The provider leaves out lists that are empty.
    if (value && !(value.kind === 'list' && value.items.length === 0))
      entries.push(entry(element, withVariables(value)));
  }
  const conditions = conditionMap(body, bound, scope);
  if (conditions) entries.push(entry('Condition', conditions));
  return { kind: 'map', entries, range };
}

/** `principals` blocks of one type are put together; type `*` with the identifier `*` is everyone. */
function principals(
  body: HclBody,
  type: string,
  bound: Environment,
  scope: FolderScope,
): DocumentNode | undefined {
  const { blocks, unknown: dynamic } = nestedBlocks(body, type, bound, scope.evaluator);
  const [open] = dynamic;
  if (open) return unknown(written(open), open.range);
  const [first] = blocks;
  if (!first) return undefined;
  const groups = new Map<
    string,
    { key: readonly TemplatePiece[]; items: DocumentNode[]; range: Range }
  >();
  for (const { body: inner, bound: names, block } of blocks) {
    const key = scope.text(inner, 'type', names) ?? [{ hole: 'type' }];
    const value = scope.attribute(inner, 'identifiers', names);
    const { items } = groups.get(shown(key)) ?? { items: [] };
    groups.set(shown(key), {
      key,
      items: [...items, ...itemsOf(value && withVariables(value))],
      range: block.range,
    });
  }
  const only = groups.size === 1 ? groups.get('*') : undefined;
  if (only && only.items.every((item) => literalOf(item) === '*'))
    return textNode(['*'], only.range);
  const entries = [...groups.values()].map(({ key, items, range }) => ({
    key,
    keyRange: range,
    value: { kind: 'list', items, range } as const,
  }));
  return { kind: 'map', entries, range: first.block.range };
}

/** Conditions of one test and variable are put together: their values are alternatives. */
function conditionMap(
  body: HclBody,
  bound: Environment,
  scope: FolderScope,
): DocumentNode | undefined {
  const { blocks, unknown: dynamic } = nestedBlocks(body, 'condition', bound, scope.evaluator);
  const [open] = dynamic;
  if (open) return unknown(written(open), open.range);
  const [first] = blocks;
  if (!first) return undefined;
  const tests = new Map<
    string,
    { key: readonly TemplatePiece[]; range: Range; variables: Map<string, DocumentEntry> }
  >();
  for (const { body: inner, bound: names, block } of blocks) {
    const { range } = block;
    const key = scope.text(inner, 'test', names) ?? [{ hole: 'test' }];
    const variable = scope.text(inner, 'variable', names) ?? [{ hole: 'variable' }];
    const given = scope.attribute(inner, 'values', names) ?? unknown('values', range);
    const test = tests.get(shown(key)) ?? {
      key,
      range,
      variables: new Map<string, DocumentEntry>(),
    };
    const before = test.variables.get(shown(variable));
    const value = before
      ? together(before.value, withVariables(given), range)
      : withVariables(given);
    test.variables.set(shown(variable), { key: variable, keyRange: range, value });
    tests.set(shown(key), test);
  }
  const entries = [...tests.values()].map(({ key, range, variables }) => ({
    key,
    keyRange: range,
    value: { kind: 'map', entries: [...variables.values()], range } as const,
  }));
  return { kind: 'map', entries, range: first.block.range };
}

function together(left: DocumentNode, right: DocumentNode, range: Range): DocumentNode {
  return { kind: 'list', items: [...itemsOf(left), ...itemsOf(right)], range };
}

/** `&{aws:username}` stands for a policy variable, which HCL would interpolate. */
function withVariables(node: DocumentNode): DocumentNode {
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item) => withVariables(item)) };
  const text = node.kind === 'text' ? templateOf(node) : undefined;
  if (!text || node.kind !== 'text') return node;
  return {
    ...node,
    value: text.map((piece) => (typeof piece === 'string' ? piece.replaceAll('&{', '${') : piece)),
  };
}
