import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { findingsOf } from './audit.ts';

const folder = fileURLToPath(new URL('../../../docs/rules', import.meta.url));

/** The first block under a heading: a workflow in YAML, or a policy in JSON. */
function blockUnder(page: string, heading: string): string | undefined {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading));
  return /```(?:ya?ml|json)\n([\s\S]*?)```/.exec(section ?? '')?.[1];
}

/** A whole workflow around an example that shows only its steps or jobs; a policy as its file. */
function whole(example: string): string | Readonly<Record<string, string>> {
  if (example.startsWith('{')) return { 'trust.json': example };
  const indented = (text: string, by: number): string =>
    text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
  if (example.startsWith('- ')) {
    return `on: push\npermissions: { id-token: write, contents: read }\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${indented(example, 6)}`;
  }
  return /^on:|^'on':/m.test(example) || !/^jobs:/m.test(example)
    ? example
    : `on: push\n${example}`;
}

const pages = readdirSync(folder).map((name) => ({
  rule: name.replace(/\.md$/, ''),
  text: readFileSync(join(folder, name), 'utf8'),
}));

describe('the examples on the pages of rules', () => {
  it.each(pages)('$rule: after is silent', ({ rule, text }) => {
    const after = blockUnder(text, 'After');
    if (after === undefined) return;
    expect(findingsOf(rule, whole(after)).map((finding) => finding.message)).toEqual([]);
  });
  it.each(pages)('$rule: before is reported', ({ rule, text }) => {
    const before = blockUnder(text, 'Before');
    expect(before).toEqual(expect.any(String));
    const facts =
      rule === 'dispatch-not-on-default-branch'
        ? { git: { defaultBranch: 'main', onDefaultBranch: new Set<string>() } }
        : {};
    expect(findingsOf(rule, whole(before ?? ''), facts).length).toBeGreaterThan(0);
  });
});
