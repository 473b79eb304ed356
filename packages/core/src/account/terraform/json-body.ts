import type { DocumentNode } from '../../iam/document/node.ts';
import type { SourceFile } from '../../text/source.ts';
import { entryOf, itemsOf, literal } from '../document/access.ts';
import type { HclBlock, HclBody } from './body.ts';

/** Block types with their number of labels (https://developer.hashicorp.com/terraform/language/syntax/json). */
const labelled: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  variable: 1,
  module: 1,
  output: 1,
  provider: 1,
  dynamic: 1,
};

/**
 * The body of an object of Terraform's JSON syntax: an entry is an attribute or blocks, depending on
 * who asks; blocks are objects or lists of objects, below one object for each label.
 */
export function jsonBody(node: DocumentNode, file: SourceFile): HclBody {
  const entries = node.kind === 'map' ? node.entries : [];
  return {
    file,
    range: node.range,
    attribute(name) {
      const entry = entryOf(node, name);
      return entry && { kind: 'json', node: entry.value, file, range: entry.value.range };
    },
    names: entries.flatMap(({ key }) => literal(key) ?? []),
    blocks(type) {
      const all = entries.filter(({ key }) => literal(key) === type);
      return all.flatMap(({ value }) => blocksOf(type, [], value, labelled[type] ?? 0, file));
    },
    broken: false,
  };
}

function blocksOf(
  type: string,
  labels: readonly string[],
  node: DocumentNode,
  missing: number,
  file: SourceFile,
): HclBlock[] {
  return itemsOf(node).flatMap((item) => {
    if (item.kind !== 'map') return [];
    if (missing === 0)
      return [{ type, labels, file, range: item.range, body: jsonBody(item, file) }];
    return item.entries.flatMap(({ key, value }) =>
      blocksOf(type, [...labels, literal(key) ?? ''], value, missing - 1, file),
    );
  });
}
