// `npm run bench [-- word ...]`: runs every *.bench.mjs whose name holds one of the words, prints one
// line a figure, and ends with 1 when a bar is missed.
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { readInputs } from './inputs.mjs';
import { peer, peerFolder } from './peers.mjs';

const here = import.meta.dirname;
const root = join(here, '../..');
const words = process.argv.slice(2);

/**
 * @param {import('./measure.mjs').Figure} figure
 * @returns {boolean} whether the bar is kept
 */
function print({ name, ours, peer, ratio, bar }) {
  const kept = 'atLeast' in bar ? ratio >= bar.atLeast : ratio < bar.below;
  const wanted = 'atLeast' in bar ? `>= ${bar.atLeast}` : `< ${bar.below}`;
  console.log(
    [
      name.padEnd(42),
      `ours ${ours}`.padEnd(24),
      peer.padEnd(32),
      ratio.toFixed(2).padStart(8),
      `bar ${wanted}`.padEnd(12),
      kept ? 'ok' : 'MISS',
    ].join('  '),
  );
  return kept;
}

const files = readInputs(root);
if (files.length === 0) throw new Error('there is no workflow to measure on');
const bytes = files.reduce((sum, file) => sum + file.text.length, 0);
console.log(
  `${files.length} files, ${(bytes / 1e6).toFixed(1)} MB; Node ${process.version}, ${cpus().length} cores`,
);
/** @type {import('./measure.mjs').Context} */
const context = { root, files, peer, peerFolder };

const names = readdirSync(here).filter((name) => name.endsWith('.bench.mjs'));
const chosen = names.filter(
  (name) => words.length === 0 || words.some((word) => name.includes(word)),
);
let missed = chosen.length === 0;
for (const name of chosen) {
  const { measure } = await import(join(here, name));
  for await (const figure of measure(context)) if (!print(figure)) missed = true;
}
if (missed) process.exitCode = 1;
