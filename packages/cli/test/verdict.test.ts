import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { folderWith, quiet, run, withKey } from './run.ts';

// Processes and whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const flow = '.github/workflows/a.yml';
const only = ['--rule', 'static-aws-credentials'];

describe('the exit code', () => {
  it.each([
    ['no finding', quiet, [], 0],
    ['a finding', withKey, [], 1],
    ['a finding, but nothing shall fail', withKey, ['--fail-on', 'never'], 0],
    ['a finding of exactly the severity', withKey, ['--fail-on', 'high'], 1],
  ])('says %s', async (_what, text, options, code) => {
    const around = { cwd: folderWith({ [flow]: text }) };
    expect((await run(['audit', ...only, ...options], around)).code).toBe(code);
  });

  it('says that nothing was examined, also beside something', async () => {
    const cwd = folderWith({
      [`a/${flow}`]: withKey,
      'b/deploy.yml': withKey,
      'c/.github/workflows/README.md': '',
    });
    const both = await run(['audit', 'a', 'b', ...only], { cwd });
    expect(both.code).toBe(3);
    expect(both.stdout).toContain('error[static-aws-credentials]');
    expect(both.stderr).toContain(
      'note: search (b): it holds deploy.yml, but outside .github/workflows',
    );
    expect(both.stderr).toContain('error[NOTHING_TO_EXAMINE]: nothing to examine in b');
    expect((await run(['audit', 'c', ...only], { cwd })).code).toBe(3);
    expect((await run(['audit', ...only], { cwd })).code).toBe(3);
    expect((await run(['audit', 'c', ...only], { cwd })).stdout).toContain('nothing was examined');
  });

  it('says what could not be decided when the rule for it did not run', async () => {
    const cwd = folderWith({ [flow]: quiet, '.github/workflows/b.yml': 'on: [' });
    expect((await run(['audit', ...only], { cwd })).code).toBe(4);
    expect((await run(['audit', '--rule', 'invalid-workflow'], { cwd })).code).toBe(1);
    writeFileSync(
      join(cwd, '.github/sallyport.yml'),
      'version: 1\naudit: { rules: { invalid-workflow: off } }\n',
    );
    expect((await run(['audit'], { cwd })).code).toBe(4);
  });

  it('says what a trust policy in full leaves open', async () => {
    const github = 'token.actions.githubusercontent.com';
    const policy = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${github}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${github}:aud`]: 'sts.amazonaws.com',
            [`${github}:sub`]: 'repo:acme/shop:ref:refs/heads/main',
          },
          IpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
        },
      },
    };
    const cwd = folderWith({ 'trust.json': JSON.stringify(policy), [flow]: quiet });
    const whole = await run(['audit'], { cwd });
    expect(whole.code).toBe(4);
    expect(whole.stdout).toContain('no findings; 1 question undecided');
    expect(whole.stderr).toContain('undecided: policies: trust.json:1: trust.json: ');
    expect((await run(['audit', '--fail-on', 'never'], { cwd })).code).toBe(0);
    expect((await run(['audit', ...only], { cwd })).code).toBe(0);
  });

  it.each([
    ['a path that is not there', ['audit', 'nope']],
    ['an unknown option', ['audit', '--formt', 'json']],
    ['an unknown command', ['audti']],
    ['an unknown rule', ['audit', '--rule', 'static-aws-credential']],
    ['no command', []],
    ['a configuration that is not there', ['audit', '--config', 'nope.yml']],
    ['a baseline that is not there', ['audit', '--baseline', 'nope.json']],
    ['a size that is none', ['audit', '--max-file-size', 'big']],
    ['a name for a stdin that is not read', ['audit', '--stdin-filename', 'a.yml']],
  ])('is 2 for %s', async (_what, argv) => {
    const { code, stdout, stderr } = await run(argv, { cwd: folderWith({ [flow]: quiet }) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      argv.length === 0 ? /^The door/ : /^error\[[A-Z_]+\]: .+\n(?: {2}why: .+\n)? {2}help: .+\n$/,
    );
  });

  it('names the nearest word', async () => {
    const cwd = folderWith({ [flow]: quiet });
    const nearest = async (...argv: string[]): Promise<string> =>
      (await run(argv, { cwd })).stderr.split('\n').at(-2) ?? '';
    expect(await nearest('audti')).toBe('  help: did you mean audit?');
    expect(await nearest('audit', '--formt')).toBe('  help: did you mean --format?');
    expect(await nearest('audit', '--format', 'jsn')).toBe('  help: did you mean json?');
    expect(await nearest('audit', '--rule', 'static-aws-credential')).toBe(
      '  help: did you mean "static-aws-credentials"?',
    );
    expect(await nearest('explain', 'CONFIG_INVLID')).toBe(
      '  help: did you mean "CONFIG_INVALID"?',
    );
  });
});

describe('the configuration', () => {
  it('changes severities and switches rules off, visibly', async () => {
    const cwd = folderWith({
      [flow]: withKey,
      '.github/sallyport.yml': 'version: 1\naudit: { rules: { static-aws-credentials: low } }\n',
    });
    const low = await run(['audit', ...only], { cwd });
    expect(low.code).toBe(0);
    expect(low.stdout).toContain('note[static-aws-credentials]');
    writeFileSync(
      join(cwd, '.github/sallyport.yml'),
      'version: 1\naudit: { rules: { static-aws-credentials: off } }\n',
    );
    const off = await run(['audit', ...only], { cwd });
    expect(off.stdout).toContain('rules switched off by configuration: static-aws-credentials\n');
  });

  it('ends the run when it is wrong, with its place', async () => {
    const cwd = folderWith({ [flow]: quiet, '.github/sallyport.yml': 'version: 1\naudti: {}\n' });
    const { code, stderr } = await run(['audit'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'the configuration .github/sallyport.yml:2:1 is not valid\n  why: unknown key "audti"\n  help: did you mean "audit"?',
    );
  });

  it('of one of several repositories does not stop the others, and loosens nothing', async () => {
    const cwd = folderWith({
      [`a/${flow}`]: withKey,
      'a/.github/sallyport.yml':
        'version: 1\naudit: { rules: { static-aws-credentials: off, x: low } }\n',
      [`b/${flow}`]: withKey,
    });
    const { code, stdout, stderr } = await run(['audit', '.', ...only], { cwd });
    expect(code).toBe(2);
    expect(stdout.match(/error\[static-aws-credentials\]/g)).toHaveLength(2);
    expect(stderr).toContain('the configuration a/.github/sallyport.yml:2:48 is not valid');
  });

  it('limits sizes, and the option wins', async () => {
    const cwd = folderWith({
      [flow]: quiet,
      '.github/sallyport.yml': 'version: 1\naudit: { max-file-size: 50 }\n',
    });
    expect((await run(['audit'], { cwd })).stdout).toContain('more than the limit of 50');
    expect((await run(['audit', '--max-file-size', '1k'], { cwd })).code).toBe(0);
  });
});

describe('the baseline', () => {
  it('hides what is known, counts it, and lets nothing new through', async () => {
    const cwd = folderWith({ [flow]: withKey });
    const written = await run(['audit', '--write-baseline', 'known.json', ...only], { cwd });
    expect(written.code).toBe(0);
    const again = await run(['audit', '--baseline', 'known.json', ...only], { cwd });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('no findings; 1 hidden by the baseline');
    // Lines above move the finding; its name stays.
    writeFileSync(join(cwd, flow), `# a comment\n# and one more\n${withKey}`);
    expect((await run(['audit', '--baseline', 'known.json', ...only], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, '.github/workflows/b.yml'), withKey);
    const more = await run(['audit', '--baseline', 'known.json', ...only], { cwd });
    expect(more.code).toBe(1);
    expect(more.stdout).toContain('1 finding: 1 high; 1 hidden by the baseline');
    writeFileSync(join(cwd, flow), quiet);
    expect((await run(['audit', '--baseline', 'known.json', ...only], { cwd })).stderr).toContain(
      '1 of its 1 findings no longer occur',
    );
    expect(readFileSync(join(cwd, 'known.json'), 'utf8')).toContain('"schemaVersion": 1');
  });
});

describe('stdin', () => {
  it('is one file', async () => {
    const { code, stdout } = await run(['audit', '-', ...only], {
      stdin: withKey,
      cwd: folderWith({}),
    });
    expect(code).toBe(1);
    expect(stdout).toContain('--> <stdin>:8:');
  });

  it('is the file it is named after', async () => {
    const cwd = folderWith({ [flow]: quiet });
    const { code, stdout } = await run(['audit', '-', '--stdin-filename', flow, ...only], {
      stdin: withKey,
      cwd,
    });
    expect(code).toBe(1);
    expect(stdout).toContain(`--> ${flow}:8:`);
  });

  it('has the size limit too', async () => {
    const { stdout } = await run(['audit', '-', '--max-file-size', '100'], {
      stdin: withKey,
      cwd: folderWith({}),
    });
    expect(stdout).toContain('more than the limit of 100');
  });
});

describe('several repositories', () => {
  it('are rolled up', async () => {
    const cwd = folderWith({
      'api/.github/workflows/production-deploy.yml': withKey,
      'api/.github/workflows/staging-deploy.yml': withKey,
      'web/.github/workflows/build.yml': quiet,
    });
    const { stdout } = await run(['audit', '.', ...only], { cwd });
    expect(stdout).toContain('2 of 2 workflows that touch AWS hold long-lived keys; 0 use OIDC.');
    expect(stdout).toMatch(/^api +production +1 +1 /m);
    const json = JSON.parse(
      (await run(['audit', '.', '-f', 'json', ...only], { cwd })).stdout,
    ) as unknown;
    expect(json).toMatchObject({
      repositories: [{ name: 'api', mode: 'static' }, { name: 'web' }],
      rollup: { verdict: 'migrate' },
    });
    expect((await run(['audit', '.', '-f', 'markdown', ...only], { cwd })).stdout).toContain(
      '### How workflows get into AWS',
    );
  });
});

describe('explain', () => {
  it('prints pages and lists them', async () => {
    expect((await run(['explain', 'config_invalid'])).stdout).toMatch(/^# CONFIG_INVALID/);
    expect((await run(['explain'])).stdout).toContain('static-aws-credentials');
    expect(await run(['explain', 'static-aws-credentials'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('help', () => {
  it.each([[], ['audit'], ['fix'], ['explain']])(
    'of %j fits a screen and leads with examples',
    async (...words) => {
      const { code, stdout } = await run([...words, '--help']);
      expect(code).toBe(0);
      expect(stdout.split('\n').length).toBeLessThan(40);
      expect(stdout.split('\n').every((line) => line.length <= 82)).toBe(true);
      expect(stdout.indexOf('Examples:')).toBeLessThan(stdout.indexOf('Usage:'));
    },
  );
});

describe('git', () => {
  it('tells since when keys stand there, unless it shall not be asked', async () => {
    const cwd = folderWith({ [flow]: withKey, '.github/workflows/b.yml': quiet });
    const env = {
      PATH: process.env['PATH'],
      HOME: cwd,
      GIT_AUTHOR_DATE: '2021-03-04T10:00:00Z',
      GIT_COMMITTER_DATE: '2024-01-01T10:00:00Z',
    };
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false'];
    for (const args of [
      ['init', '--quiet'],
      ['add', '--all'],
      ['commit', '--quiet', '--message=first'],
    ]) {
      execFileSync('git', [...identity, ...args], { cwd, env, stdio: 'ignore' });
    }
    const rollup = async (...options: string[]): Promise<unknown> =>
      Reflect.get(
        Object(
          JSON.parse((await run(['audit', '-f', 'json', ...only, ...options], { cwd })).stdout),
        ),
        'rollup',
      );
    expect(await rollup()).toMatchObject({ keysSince: '2021-03-04' });
    expect(await rollup('--no-git')).not.toHaveProperty('keysSince');
  });
});
