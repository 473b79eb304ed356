import type { DocumentNode } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import { literalAt, shown, valueOf } from '../document/access.ts';
import type { ProblemList } from '../problem.ts';

/** A resource of a template, as written. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly node: DocumentNode;
  readonly keyRange: Range;
}

/** The resources of a template. */
export function resourcesOf(root: DocumentNode, problems: ProblemList): Resource[] {
  const resources = valueOf(root, 'Resources');
  if (resources?.kind !== 'map') {
    problems.add('source-wrong-type', resources?.range ?? root.range, 'Resources must be a map');
    return [];
  }
  return resources.entries.map(({ key, keyRange, value }) => ({
    id: shown(key),
    type: literalAt(value, 'Type') ?? '',
    node: value,
    keyRange,
  }));
}
