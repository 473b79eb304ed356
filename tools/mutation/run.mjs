// `npm run test:mutation [-- area ...]`: changes one thing at a time in an area of core and counts the
// changes that its own tests do not notice. Runs on the committed state, in a clone that is thrown
// away: Stryker's sandbox would let the tests reach the sources that were not changed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
/** The last one that runs on Node 20. */
const stryker = '9.6.1';
/** Per cent; each area must reach it. */
const bar = 85;

/** Areas by name, with the folders of their tests. */
const areas = {
  iam: ['packages/core/src/iam', 'packages/core/test/iam'],
  language: ['packages/core/src/language', 'packages/core/test/language'],
  oidc: ['packages/core/src/oidc', 'packages/core/test/oidc'],
};

/** Fewer cases a law than in a usual run: every law runs again for every change. */
const settings = { SALLYPORT_IAM_RUNS: '150', SALLYPORT_LANGUAGE_RUNS: '60' };

const words = process.argv.slice(2);
const chosen = Object.entries(areas).filter(([name]) => words.length === 0 || words.includes(name));
if (chosen.length === 0 || words.some((word) => !(word in areas)))
  throw new Error(`the areas are ${Object.keys(areas).join(', ')}`);

const clone = mkdtempSync(join(tmpdir(), 'sallyport-mutation-'));
try {
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, clone]);
  npm('ci', '--ignore-scripts');
  npm(
    'install',
    '--no-save',
    '--ignore-scripts',
    `@stryker-mutator/core@${stryker}`,
    `@stryker-mutator/vitest-runner@${stryker}`,
  );
  for (const [name, folders] of chosen) if (mutate(name, folders) < bar) process.exitCode = 1;
} finally {
  rmSync(clone, { recursive: true, force: true });
}

/** @param {readonly string[]} args */
function npm(...args) {
  execFileSync('npm', [...args, '--silent', '--no-audit', '--no-fund'], {
    cwd: clone,
    stdio: 'inherit',
  });
}

/**
 * @param {string} name
 * @param {readonly string[]} folders of the tests
 * @returns {number} per cent of the changes that a test noticed
 */
function mutate(name, folders) {
  writeFileSync(
    join(clone, 'vitest.mutation.config.ts'),
    `import base from './vitest.config.ts';
export default { ...base, test: { ...base.test, reporters: ['default'], outputFile: undefined,
  include: ${JSON.stringify(folders.map((folder) => `${folder}/**/*.test.ts`))},
  // What they look at is size: too slow for every change.
  exclude: ['**/large-input.test.ts', '**/node_modules/**'],
  setupFiles: ['./same-cases.ts'], testTimeout: 20_000 } };\n`,
  );
  // The same cases for every change: else a change could be noticed in one run and not in the next.
  writeFileSync(
    join(clone, 'same-cases.ts'),
    `import { configureGlobal } from 'fast-check';\nconfigureGlobal({ seed: 20_261_126 });\n`,
  );
  const report = join(clone, 'reports', `${name}.json`);
  const config = join(clone, 'stryker.config.json');
  writeFileSync(
    config,
    JSON.stringify({
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner'],
      vitest: { configFile: 'vitest.mutation.config.ts', related: false },
      tsconfigFile: 'none.json',
      inPlace: true,
      mutate: [`packages/core/src/${name}/**/*.ts`, '!**/*.test.ts'],
      coverageAnalysis: 'perTest',
      concurrency: 2,
      timeoutMS: 10_000,
      reporters: ['json', 'progress-append-only'],
      jsonReporter: { fileName: report },
    }),
  );
  const ran = spawnSync('npx', ['stryker', 'run', config], {
    cwd: clone,
    stdio: 'inherit',
    env: { ...process.env, ...settings },
  });
  if (ran.status !== 0) throw new Error(`stryker ended with ${ran.status} on ${name}`);
  return print(name, JSON.parse(readFileSync(report, 'utf8')));
}

/**
 * @typedef {{ status: string, mutatorName: string, replacement?: string,
 *   location: { start: { line: number, column: number } } }} Mutant
 */

/**
 * @param {string} name
 * @param {{ files: Record<string, { mutants: readonly Mutant[] }> }} report
 * @returns {number}
 */
function print(name, { files }) {
  let [noticed, missed] = [0, 0];
  for (const [path, { mutants }] of Object.entries(files))
    for (const { status, mutatorName, replacement, location } of mutants) {
      if (status === 'Killed' || status === 'Timeout') noticed += 1;
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      missed += 1;
      const { line, column } = location.start;
      const change = (replacement ?? '').replace(/\s+/g, ' ').slice(0, 100);
      console.log(`${path}:${line}:${column} ${status} ${mutatorName}: ${change}`);
    }
  const score = (100 * noticed) / (noticed + missed);
  console.log(`${name}: ${noticed} of ${noticed + missed} changes noticed, ${score.toFixed(1)} %`);
  return score;
}
