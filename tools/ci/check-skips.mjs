// A vitest reporter. A test that needs a tool which is not there calls
// `context.skip('<tool>: why')`. Each such test is printed, so that nobody takes it for a pass;
// under CI only the tools of allowed-skips.json may be missing.
import { readFileSync } from 'node:fs';

/** @type {Record<string, string>} */
const allowed = JSON.parse(readFileSync(new URL('allowed-skips.json', import.meta.url), 'utf8'));

/**
 * The tool that a skip names, and why.
 * @param {string | undefined} note
 * @returns {{ tool: string, why: string }}
 */
export function readSkip(note) {
  const match = /^(?<tool>[\w.-]+): (?<why>.+)$/.exec(note ?? '');
  return {
    tool: match?.groups?.['tool'] ?? 'unnamed',
    why: match?.groups?.['why'] ?? "call context.skip('<tool>: why')",
  };
}

/** Prints the skips and, under CI, fails the run for those that are not allowed. */
export default class SkipReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const { tool, why } = readSkip(result.state === 'skipped' ? result.note : undefined);
        console.log(`SKIP ${tool}: ${why} (${test.fullName})`);
        // `npm test -- -t name` skips the rest without a note: CI never filters, so it stays strict.
        if (process.env['CI'] === 'true' && !Object.hasOwn(allowed, tool)) {
          console.error(`error: under CI no test may be skipped for "${tool}"`);
          process.exitCode = 1;
        }
      }
    }
  }
}
