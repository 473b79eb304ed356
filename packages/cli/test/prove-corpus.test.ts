import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { run } from './run.ts';

const corpus = fileURLToPath(new URL('../../../corpus/prove', import.meta.url));

/** Arguments by what they show; `repository` is a folder beside them, paths are relative to its parent. */
function runsOf(name: string): readonly (readonly [string, readonly string[]])[] {
  const text = readFileSync(join(corpus, name, 'runs.json'), 'utf8');
  return Object.entries(JSON.parse(text) as Record<string, readonly string[]>);
}

const names = readdirSync(corpus).filter((name) => existsSync(join(corpus, name, 'runs.json')));

it('has every repository that it had', () => {
  expect(names.length).toBeGreaterThanOrEqual(9);
});

describe.each(names)('corpus/prove/%s', (name) => {
  const cwd = join(corpus, name);

  it.each(runsOf(name))('%s', async (title, options) => {
    const argv = ['prove', 'repository', '--no-git', ...options];
    const { code, stdout, stderr } = await run(argv, { cwd });
    const file = join(cwd, `${title.replaceAll(/[^a-z]+/g, '-')}.out`);
    await expect(`${stdout}${stderr}exit ${code}\n`).toMatchFileSnapshot(file);
  });

  it.each(runsOf(name))('%s: the formats agree', async (_title, options) => {
    const argv = ['prove', 'repository', '--no-git', ...options.slice(0, explainAt(options))];
    const text = await run(argv, { cwd });
    const json = await run([...argv, '--format', 'json'], { cwd });
    const sarif = await run([...argv, '--format', 'sarif'], { cwd });
    const markdown = await run([...argv, '--format', 'markdown'], { cwd });
    expect([json.code, sarif.code, markdown.code]).toEqual([text.code, text.code, text.code]);
    const report = JSON.parse(json.stdout) as Report;
    const refused = report.cases.filter(
      ({ authentication }) => authentication.verdict !== 'allowed',
    );
    const log = JSON.parse(sarif.stdout) as Log;
    const beyond = report.trust.flatMap(({ findings }) => findings);
    expect(
      log.runs[0]?.results.filter(({ ruleId }) => ruleId !== 'prove/unreachable'),
    ).toHaveLength(refused.length + beyond.length);
    for (const { id } of report.cases) expect(text.stdout).toContain(id);
    for (const { authentication } of refused) expect(authentication.reasons).not.toEqual([]);
    expect(markdown.stdout.match(/<details>/g) ?? []).toHaveLength(refused.length);
  });
});

/** `--explain` prints text only. */
function explainAt(options: readonly string[]): number {
  const at = options.indexOf('--explain');
  return at === -1 ? options.length : at;
}

interface Report {
  readonly cases: readonly {
    readonly id: string;
    readonly authentication: { readonly verdict: string; readonly reasons: readonly unknown[] };
  }[];
  readonly trust: readonly { readonly findings: readonly unknown[] }[];
}

interface Log {
  readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
}
