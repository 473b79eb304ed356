import { join } from 'node:path';

import { alternate, runNode } from './measure.mjs';

/**
 * What the launcher costs over Node itself.
 * @param {import('./measure.mjs').Context} context
 * @returns {AsyncGenerator<import('./measure.mjs').Figure>}
 */
export async function* measure({ root }) {
  const launcher = join(root, 'packages/cli/bin/sallyport.js');
  const { ours, peer, difference } = await alternate(
    { rounds: 21, warmUp: 2 },
    () => runNode([launcher, '--version']),
    () => runNode(['-e', '0']),
  );
  yield {
    name: 'start-up: --version over bare Node, in ms',
    ours: `${ours.toFixed(0)} ms`,
    peer: `node -e 0 ${peer.toFixed(0)} ms`,
    ratio: difference,
    bar: { below: 60 },
  };
}
