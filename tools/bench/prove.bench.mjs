import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { peakMemory, runNode } from './measure.mjs';
import { writeRepository } from './prove-repository.mjs';

/**
 * A thousand workflows against two hundred roles, start and printing included.
 * @param {import('./measure.mjs').Context} context
 * @returns {AsyncGenerator<import('./measure.mjs').Figure>}
 */
export async function* measure({ root }) {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  try {
    writeRepository(folder, { workflows: 1000, roles: 200 });
    const argv = [
      join(root, 'packages/cli/bin/sallyport.js'),
      'prove',
      join(folder, 'repository'),
      '--iam',
      join(folder, 'iam.json'),
      '--repository',
      'acme/shop',
      '--no-git',
      '--subject-format',
      'classic',
      '--default-branch',
      'main',
      '--format',
      'json',
    ];
    const exits = [1];
    const start = performance.now();
    const { summary } = JSON.parse(runNode(argv, { exits }));
    const seconds = (performance.now() - start) / 1000;
    if (summary.cases < 5000) throw new Error(`prove found only ${summary.cases} cases`);
    const ours = `${seconds.toFixed(1)} s, ${summary.cases} cases`;
    yield {
      name: 'prove, 1,000 workflows x 200 roles, in s',
      ours,
      peer: '',
      ratio: seconds,
      bar: { below: 30 },
    };
    const memory = peakMemory(argv, { exits });
    yield {
      name: 'prove, highest memory in MB',
      ours: `${memory.toFixed(0)} MB`,
      peer: '',
      ratio: memory,
      bar: { below: 1024 },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
