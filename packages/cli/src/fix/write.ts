import { treeState, writeAll } from '@sallyport/adapters';
import { SallyportError } from '@sallyport/core';

import type { ReportNote } from '../audit/report.ts';
import type { Plan } from './plan.ts';

/**
 * Sees that every change can be told from others and taken back.
 * @throws SallyportError `DIRTY_TREE`, `GIT_NOT_AVAILABLE`
 */
export function checkTrees(plans: readonly Plan[]): ReportNote[] {
  return plans.flatMap(({ root, writes, name }) => {
    if (root === undefined || writes.length === 0) return [];
    const state = treeState(
      root,
      writes.map(({ path }) => path),
    );
    if (state.kind === 'dirty')
      throw new SallyportError('DIRTY_TREE', { root: name, files: state.files });
    if (state.kind === 'unknown')
      throw new SallyportError('GIT_NOT_AVAILABLE', { root: name, problem: state.reason });
    return state.kind === 'none'
      ? [
          {
            about: 'git',
            path: name,
            reason: 'it is in no git checkout, so only a copy brings the old files back',
          },
        ]
      : [];
  });
}

/**
 * Writes the files of all plans, repository by repository.
 * @throws SallyportError `FIX_NOT_WRITTEN`, naming what has been written before
 */
export function writePlans(plans: readonly Plan[]): void {
  const written: string[] = [];
  for (const { root, writes, name } of plans) {
    if (root === undefined || writes.length === 0) continue;
    const result = writeAll(root, writes);
    if (!result.ok) {
      const { path, problem } = result;
      throw new SallyportError('FIX_NOT_WRITTEN', {
        path: `${name}: ${path}`,
        problem,
        written: [...written, ...result.written],
      });
    }
    written.push(...writes.map(({ path }) => `${name}: ${path}`));
  }
}
