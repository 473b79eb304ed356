import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { folderWith, quiet, run, withKey } from './run.ts';
import { sarifLog } from './sarif-schema.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const only = ['--rule', 'static-aws-credentials', '--rule', 'invalid-workflow'];
/** One repository with a finding, a suppressed one and a file that is no YAML. */
const shop = {
  '.github/workflows/deploy.yml': withKey,
  '.github/workflows/known.yml': withKey.replace(
    '      - uses',
    '      # sallyport: ignore[static-aws-credentials] moved next week\n      - uses',
  ),
  '.github/workflows/quiet.yml': quiet,
  '.github/workflows/broken.yml': 'on: push\njobs:\n  a: [\n',
};

/** The output with the parts that change from release to release taken out. */
function stable(text: string): string {
  return text.replaceAll(/"version": "\d+\.\d+\.\d+"/g, '"version": "X.Y.Z"');
}

describe('text', () => {
  it('shows findings with their lines, the summary last', async () => {
    const { code, stdout, stderr } = await run(['audit', ...only], { cwd: folderWith(shop) });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  it('has colours and links on a terminal', async () => {
    const around = { cwd: folderWith({ '.github/workflows/deploy.yml': withKey }), tty: true };
    expect((await run(['audit', ...only], around)).stdout).toMatchSnapshot();
    expect((await run(['audit', ...only, '--color', 'never'], around)).stdout).not.toContain(
      '\u001b',
    );
  });

  it('lists every key-like place when asked', async () => {
    const cwd = folderWith(shop);
    const { stdout } = await run(['audit', '--verbose', ...only], { cwd });
    expect(stdout).toContain('key-like places examined in');
    expect(stdout).toMatch(/deploy\.yml:8:\d+ static aws-access-key-id \(id\): /);
  });

  it('prints findings only when it shall be quiet', async () => {
    const around = { cwd: folderWith({ '.github/workflows/a.yml': quiet }) };
    expect(await run(['audit', '--quiet', ...only], around)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect((await run(['audit', ...only], around)).stdout).toBe(
      'examined 1 workflow, 1 job, 1 step\nno findings\n',
    );
  });

  it('does not let names and lines speak to the terminal or to the runner', async () => {
    const evil = withKey
      .replace('deploy:', 'deploy:\n    name: "##[add-mask]a \u202e"')
      .replace('on: push', 'on: push # \u001b]0;title\u0007');
    const cwd = folderWith({ '.github/workflows/::stop-commands::\u001b[2J.yml': evil });
    const { stdout } = await run(['audit', '--verbose', '--color', 'never', ...only], {
      cwd,
      env: { GITHUB_ACTIONS: 'true' },
    });
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]|##\[/u);
    expect(stdout).not.toMatch(/^\s*::/m);
  });
});

describe('json', () => {
  it('has the shape of the contract', async () => {
    const { code, stdout } = await run(['audit', '--format', 'json', ...only], {
      cwd: folderWith({ ...shop }),
    });
    expect(code).toBe(1);
    const json: unknown = JSON.parse(stdout);
    // The folder has another name each time.
    expect(stable(stdout).replaceAll(/sallyport-cli-\w+/g, 'shop')).toMatchSnapshot();
    expect(Object.keys(Object(json))).toEqual([
      'schemaVersion',
      'tool',
      'command',
      'summary',
      'findings',
      'suppressed',
      'suppressedFindings',
      'inputs',
      'examined',
      'notes',
      'repositories',
      'rollup',
    ]);
  });

  it('is the same, whatever the order of the paths', async () => {
    const cwd = folderWith({
      'a/.github/workflows/x.yml': withKey,
      'b/.github/workflows/x.yml': withKey,
    });
    const one = await run(['audit', '-f', 'json', 'a', 'b', ...only], { cwd });
    const two = await run(['audit', '-f', 'json', 'b', './a', ...only], { cwd });
    expect(two.stdout).toBe(one.stdout);
  });

  it('can stand in a log', async () => {
    const cwd = folderWith({ '.github/workflows/##[error]\u009b.yml': withKey });
    const { stdout } = await run(['audit', '-f', 'json', ...only], { cwd });
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}|##\[/u);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ locations: [{ file: '.github/workflows/##[error]\u009b.yml' }, {}] }],
    });
  });

  it('goes to a file that is complete, and nothing to stdout', async () => {
    const cwd = folderWith(shop);
    const { code, stdout } = await run(['audit', '-f', 'json', '-o', 'report.json', ...only], {
      cwd,
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({
      schemaVersion: 1,
    });
    const failed = await run(['audit', '-o', 'no/such/folder.txt', ...only], { cwd });
    expect(failed.code).toBe(4);
    expect(failed.stderr).toContain('error[OUTPUT_NOT_WRITTEN]');
  });
});

describe('sarif', () => {
  it('is valid, worst first, suppressed last', async () => {
    const cwd = folderWith({ ...shop, '.github/workflows/a b#é.yml': withKey });
    const { stdout } = await run(['audit', '--format', 'sarif'], { cwd });
    const [{ results } = { results: [] }] = sarifLog.parse(JSON.parse(stdout)).runs;
    const shown = results.filter((result) => !result.suppressions);
    const order = shown.map(({ level }) => ['error', 'warning', 'note', 'none'].indexOf(level));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(results.indexOf(results.find((result) => result.suppressions)!)).toBe(shown.length);
    expect(stdout).toContain('a%20b%23%C3%A9.yml');
    expect(stdout).toMatch(/"toolExecutionNotifications": \[\s*\{\s*"level": "error"/);
  });

  it('marks what the baseline knows', async () => {
    const cwd = folderWith(shop);
    await run(['audit', '--write-baseline', 'b.json', ...only], { cwd });
    const { stdout } = await run(['audit', '-f', 'sarif', '--baseline', 'b.json', ...only], {
      cwd,
    });
    const [{ results } = { results: [] }] = sarifLog.parse(JSON.parse(stdout)).runs;
    expect(new Set(results.map((result) => result.suppressions?.[0]?.kind))).toEqual(
      new Set(['external', 'inSource']),
    );
  });
});

describe('github', () => {
  it('prints annotations that keep to their line', async () => {
    const evil =
      'on: push\njobs:\n  "a\\n::error::x%0A,:":\n    runs-on: x\n    env: { AWS_SECRET_ACCESS_KEY: "${{ secrets.AWS_SECRET_ACCESS_KEY }}" }\n    steps: [{ run: "aws s3 ls" }]\n';
    const cwd = folderWith({ ...shop, '.github/workflows/e,v:i%l.yml': evil });
    const { stdout } = await run(['audit', '--format', 'github', ...only], { cwd });
    expect(stdout).toMatchSnapshot();
    for (const line of stdout.trimEnd().split('\n').slice(0, -1))
      expect(line).toMatch(/^::(?:error|warning|notice) file=/);
  });
});

describe('markdown', () => {
  it('says the verdict first and folds the details', async () => {
    const { stdout } = await run(['audit', '--format', 'markdown', ...only], {
      cwd: folderWith(shop),
    });
    expect(stdout).toMatchSnapshot();
  });
});
