// Timing that survives a noisy machine: contenders alternate, so that a slow minute hits both, and
// what is quoted is the median of the ratios of neighbours.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/**
 * @typedef {object} Figure
 * @property {string} name what is measured
 * @property {string} ours our value with its unit
 * @property {string} peer the value of the peer or of the floor
 * @property {number} ratio what is held against the bar
 * @property {{ atLeast: number } | { below: number }} bar where the ratio must lie
 */

/** @typedef {{ path: string, text: string }} InputFile */

/**
 * What every benchmark is given.
 * @typedef {object} Context
 * @property {string} root the top folder of the repository
 * @property {readonly InputFile[]} files the corpus
 * @property {(name: string) => any} peer loads a peer's module, after it was installed
 * @property {(name: string) => string} peerFolder where a peer is installed
 */

/**
 * @param {readonly number[]} values
 * @returns {number}
 */
export function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/**
 * Milliseconds of each contender, A B A B; the first rounds are thrown away.
 * @param {{ rounds: number, warmUp: number }} plan
 * @param {() => unknown} ours
 * @param {() => unknown} peer
 * @returns {Promise<{ ours: number, peer: number, ratio: number, difference: number }>}
 *   medians; the ratio is peer over ours, so more is better
 */
export async function alternate({ rounds, warmUp }, ours, peer) {
  /** @type {{ ours: number, peer: number }[]} */
  const pairs = [];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const pair = { ours: await time(ours), peer: await time(peer) };
    if (round >= warmUp) pairs.push(pair);
  }
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    peer: median(pairs.map((pair) => pair.peer)),
    ratio: median(pairs.map((pair) => pair.peer / pair.ours)),
    difference: median(pairs.map((pair) => pair.ours - pair.peer)),
  };
}

/** @param {() => unknown} run */
async function time(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/**
 * Runs Node once and gives what it printed; an exit code that was not expected stops the bench.
 * @param {readonly string[]} args
 * @param {{ exits?: readonly number[], env?: Record<string, string> }} [options]
 * @returns {string}
 */
export function runNode(args, { exits = [0], env = {} } = {}) {
  const child = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 30,
  });
  if (child.error !== undefined) throw child.error;
  if (!exits.includes(child.status ?? -1)) {
    throw new Error(
      `node ${args.slice(0, 3).join(' ')} ended with ${child.status}: ${child.stderr}`,
    );
  }
  return child.stdout;
}

/**
 * Highest resident memory of one Node process, in megabytes.
 * @param {readonly string[]} args
 * @param {{ exits?: readonly number[] }} [options]
 * @returns {number}
 */
export function peakMemory(args, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-rss-'));
  try {
    const file = join(folder, 'rss');
    const hook = new URL('report-memory.mjs', import.meta.url).href;
    runNode(['--import', hook, ...args], { ...options, env: { SALLYPORT_BENCH_MEMORY: file } });
    return Number(readFileSync(file, 'utf8')) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
