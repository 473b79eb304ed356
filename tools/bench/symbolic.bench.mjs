import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { build } from 'rolldown';

import { bundleOptions } from '../build/bundle.mjs';
import { median } from './measure.mjs';

/**
 * What a trust policy accepts, what it should, and how the answer must begin.
 * @type {readonly { like: string, unlike: readonly string[], answer: RegExp }[]}
 */
const questions = [
  { like: 'repo:acme/*', unlike: ['repo:acme/app:*'], answer: /^repo:acme\// },
  { like: 'repo:acme*', unlike: ['repo:acme/*', 'repo:acme@*'], answer: /^repo:acme[\w-]/ },
  { like: 'repo:*', unlike: ['repo:acme/*', 'repo:acme@*'], answer: /^repo:/ },
  { like: '*', unlike: [], answer: /./ },
  { like: 'repo:acme/app*', unlike: ['repo:acme/app:*'], answer: /^repo:acme\/app[\w.-]/ },
  { like: 'repo:acme/app:*', unlike: ['*:ref:*', '*:environment:*'], answer: /:pull_request$/ },
  { like: 'repo:acme/app:ref:*', unlike: ['*:ref:refs/heads/*'], answer: /refs\/tags\// },
  {
    like: 'repo:acme/app:ref:refs/heads/*',
    unlike: ['*/main', '*/release*'],
    answer: /refs\/heads\//,
  },
  {
    like: 'repo:acme@*/app@*:ref:refs/heads/main',
    unlike: ['repo:acme@12/app@34:*'],
    answer: /^repo:acme@\d+\/app@\d+:/,
  },
  { like: 'repo:acme/*:environment:prod', unlike: ['repo:acme/app:*'], answer: /^repo:acme\// },
  { like: 'repo:*/app:ref:refs/heads/main', unlike: ['repo:acme/*'], answer: /\/app:ref:/ },
  { like: 'repo:acme/app:*prod*', unlike: ['*:environment:prod'], answer: /prod/ },
  { like: 'repo:acme/app:ref:main', unlike: [], answer: /^empty$/ },
  { like: 'repo:acme/app:dev', unlike: [], answer: /^empty$/ },
  { like: 'repo:acme/app:ref:*', unlike: ['repo:acme/*'], answer: /^empty$/ },
];

/** The first of the questions, with the part of the grammar that z3 needs to name a repository at all. */
const forZ3 = `
(declare-const sub String)
(define-const letter RegLan (re.union (re.range "a" "z") (re.range "0" "9") (str.to_re "-")))
(assert (str.in_re sub (re.++ (str.to_re "repo:acme/") re.all)))
(assert (not (str.in_re sub (re.++ (str.to_re "repo:acme/app:") re.all))))
(assert (str.in_re sub (re.++ (str.to_re "repo:") (re.+ letter) (str.to_re "/") (re.+ letter)
  (str.to_re ":ref:refs/heads/") (re.+ re.allchar))))
(check-sat)`;

/** Milliseconds; what it needs more of is seconds in any case. */
const patience = 10_000;

/**
 * Questions about everything that GitHub can mint, each asked until its median is stable.
 * @param {import('./measure.mjs').Context} context
 * @returns {AsyncGenerator<import('./measure.mjs').Figure>}
 */
export async function* measure({ root, peerFolder }) {
  const dist = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  try {
    await build({
      ...bundleOptions({
        entries: { entry: join(root, 'packages/core/test/bench/policies.ts') },
        dist,
      }),
      logLevel: 'warn',
    });
    /** @type {typeof import('../../packages/core/test/bench/policies.ts')} */
    const { findSubject } = await import(join(dist, 'entry.js'));
    const times = questions.map((question) => {
      const { like, unlike, answer } = question;
      const turns = Array.from({ length: 9 }, () => {
        const start = performance.now();
        const subject = findSubject(question);
        const time = performance.now() - start;
        if (!answer.test(subject))
          throw new Error(`${like} without ${unlike.join()}: ${subject} is no answer`);
        return time;
      });
      return { first: turns[0] ?? Number.NaN, usual: median(turns) };
    });
    const usual = median(times.map((one) => one.usual));
    const first = times.reduce((most, one) => Math.max(most, one.first), 0);
    const peer = askZ3(root, peerFolder('z3-solver'));
    yield {
      name: 'symbolic, median question, in ms',
      ours: `${usual.toFixed(1)} ms`,
      peer,
      ratio: usual,
      bar: { below: 20 },
    };
    yield {
      name: 'symbolic, slowest first time, in ms',
      ours: `${first.toFixed(0)} ms`,
      peer,
      ratio: first,
      bar: { below: 200 },
    };
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string} what it answered to one question, and when
 */
function askZ3(root, folder) {
  const child = spawnSync(
    process.execPath,
    [join(root, 'tools/bench/z3-process.mjs'), folder, String(patience)],
    { encoding: 'utf8', input: forZ3 },
  );
  if (child.status !== 0) throw new Error(`z3 ended with ${child.status}: ${child.stderr}`);
  const { answer, time } = JSON.parse(child.stdout);
  return `z3-solver ${answer} after ${time.toFixed(0)} ms`;
}
