import { join } from 'node:path';

import { listFolder } from './folder.ts';
import { isYamlName, workflowsFolder } from './layout.ts';
import type { Target } from './target.ts';

/** How many files of a target are workflows, by their names; 0 where that cannot be seen. */
export function countWorkflows(target: Target): number {
  if (target.kind === 'file') return 1;
  const { entries } = listFolder(join(target.root, workflowsFolder));
  return entries.filter(({ name }) => isYamlName(name)).length;
}
