import type { DocumentNode, TemplatePiece, TemplateText } from '../../iam/document/node.ts';
import {
  entryOf,
  literal,
  literalOf,
  shorten,
  shown,
  templateOf,
  textNode,
} from '../document/access.ts';
import { sameDocument } from '../document/same.ts';
import type { Resolver } from './resolver.ts';

/** One intrinsic function: its argument as written, the node it stands in. */
type Intrinsic = (
  argument: DocumentNode,
  node: DocumentNode,
  resolver: Resolver,
) => DocumentNode | undefined;

/**
 * CloudFormation's intrinsic functions, as far as they can be known from the template alone
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html).
 * What gives a string but cannot be known is a hole; what may give anything is `unresolved`.
 */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  [
    'Ref',
    (argument, node, resolver) => {
      const name = literalOf(argument);
      return name === undefined ? unresolved('Ref', node) : resolver.reference(name, node);
    },
  ],
  ['Fn::GetAtt', getAtt],
  ['Fn::Sub', sub],
  ['Fn::Join', join],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::If', when],
  ['Fn::FindInMap', findInMap],
  [
    'Fn::ImportValue',
    (argument, node, resolver) =>
      hole(`Fn::ImportValue ${shown(templateOf(resolver.resolve(argument)))}`, node),
  ],
  ['Fn::Base64', (_, node) => hole('Fn::Base64', node)],
]);

/** Something that could be of any type. */
export function unresolved(expression: string, node: DocumentNode): DocumentNode {
  return { kind: 'unresolved', expression: shorten(expression), range: node.range };
}

function hole(name: string, node: DocumentNode): DocumentNode {
  return textNode([{ hole: shorten(name) }], node.range);
}

function getAtt(argument: DocumentNode, node: DocumentNode, resolver: Resolver): DocumentNode {
  const path =
    argument.kind === 'list'
      ? argument.items.map((item) => literalOf(resolver.resolve(item)))
      : [literalOf(argument)];
  if (path.includes(undefined)) return hole('Fn::GetAtt', node);
  const [name = '', ...rest] = path.join('.').split('.');
  return textNode(resolver.attribute(name, rest.join('.')), node.range);
}

/** `${Name}`, `${Name.Attribute}`, `${!Literal}`; names of the second argument come first. */
function sub(argument: DocumentNode, node: DocumentNode, resolver: Resolver): DocumentNode {
  const [template, values] = argument.kind === 'list' ? argument.items : [argument];
  const text = template?.kind === 'text' ? literal(template.value) : undefined;
  if (text === undefined || !template) return unresolved('Fn::Sub', node);
  const pieces: TemplatePiece[] = [];
  // INVARIANT: each name is looked up once, or nested substitutions that double would never end.
  const found = new Map<string, TemplateText>();
  let from = 0;
  for (const match of text.matchAll(/\$\{([^${}]{0,300})\}/g)) {
    const name = match[1] ?? '';
    const value = found.get(name) ?? substitute(name, values, node, resolver);
    found.set(name, value);
    pieces.push(text.slice(from, match.index), ...value);
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from));
  return textNode(pieces, template.range);
}

function substitute(
  name: string,
  values: DocumentNode | undefined,
  node: DocumentNode,
  resolver: Resolver,
): TemplateText {
  if (name.startsWith('!')) return [`\${${name.slice(1)}}`];
  const own = entryOf(values, name.trim());
  const value = own ? resolver.resolve(own.value) : undefined;
  if (own) return templateOf(value) ?? [{ hole: shorten(name) }];
  const dot = name.indexOf('.');
  if (dot > 0) return resolver.attribute(name.slice(0, dot).trim(), name.slice(dot + 1).trim());
  return templateOf(resolver.reference(name.trim(), node)) ?? [{ hole: shorten(name) }];
}

function join(argument: DocumentNode, node: DocumentNode, resolver: Resolver): DocumentNode {
  const [first, second] = argument.kind === 'list' ? argument.items : [];
  const delimiter = literalOf(first);
  const list = second && resolver.resolve(second);
  if (delimiter === undefined || list?.kind !== 'list')
    return hole(`Fn::Join ${list?.kind === 'unresolved' ? list.expression : ''}`, node);
  const pieces: TemplatePiece[] = [];
  for (const [index, item] of list.items.entries()) {
    if (index > 0) pieces.push(delimiter);
    pieces.push(...(templateOf(item) ?? [{ hole: 'Fn::Join' }]));
  }
  return textNode(pieces, node.range);
}

function select(
  argument: DocumentNode,
  node: DocumentNode,
  resolver: Resolver,
): DocumentNode | undefined {
  const [first, second] = argument.kind === 'list' ? argument.items : [];
  const index = Number(literalOf(first && resolver.resolve(first)) ?? Number.NaN);
  const list = second && resolver.resolve(second);
  if (list?.kind !== 'list' || !Number.isSafeInteger(index)) return hole('Fn::Select', node);
  return list.items[index] ?? hole('Fn::Select', node);
}

/** Text with holes is not split: a hole could hold the delimiter. */
function split(argument: DocumentNode, node: DocumentNode, resolver: Resolver): DocumentNode {
  const [first, second] = argument.kind === 'list' ? argument.items : [];
  const delimiter = literalOf(first);
  const text = literalOf(second && resolver.resolve(second));
  if (delimiter === undefined || delimiter === '' || text === undefined)
    return unresolved('Fn::Split', node);
  const items = text.split(delimiter).map((part) => textNode([part], node.range));
  return { kind: 'list', items, range: node.range };
}

/** Both alternatives count as known when they are the same, or when the condition is decided. */
function when(
  argument: DocumentNode,
  node: DocumentNode,
  resolver: Resolver,
): DocumentNode | undefined {
  const [name, yes, no] = argument.kind === 'list' ? argument.items : [];
  const condition = literalOf(name);
  if (condition === undefined || !yes || !no) return unresolved('Fn::If', node);
  const decided = resolver.condition(condition);
  if (decided !== undefined) return resolver.resolve(decided ? yes : no);
  const [left, right] = [resolver.resolve(yes), resolver.resolve(no)];
  if (left && right && sameDocument(left, right)) return left;
  return unresolved(`Fn::If ${condition}`, node);
}

/** With a key that is not known, the value is known only when all that it could be are the same. */
function findInMap(
  argument: DocumentNode,
  node: DocumentNode,
  resolver: Resolver,
): DocumentNode | undefined {
  const [mapName, ...keys] = (argument.kind === 'list' ? argument.items : []).map((item) =>
    resolver.resolve(item),
  );
  const name = literalOf(mapName);
  const map = name === undefined ? undefined : resolver.mapping(name);
  if (!map) return unresolved(`Fn::FindInMap ${name ?? ''}`, node);
  let found: readonly DocumentNode[] = [map];
  for (const key of keys.slice(0, 2)) {
    const text = literalOf(key);
    found = found.flatMap((one) => {
      if (one.kind !== 'map') return [];
      if (text === undefined) return one.entries.map(({ value }) => value);
      const entry = entryOf(one, text);
      return entry ? [entry.value] : [];
    });
  }
  const [only, ...others] = found;
  if (only && others.every((other) => sameDocument(only, other))) return only;
  return unresolved(`Fn::FindInMap ${name ?? ''}`, node);
}
