// Packs what would be published and tries it as a stranger would: the manifest is judged by publint,
// and the command line's tarball is installed alone, offline, into an empty folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { parseSync, Visitor } from 'rolldown/utils';

const root = fileURLToPath(new URL('../..', import.meta.url));
const published = ['packages/core', 'packages/cli'];
/** Files without which the command line's tarball does not work, or may not be handed on. */
const expectedFiles = [
  'LICENSE',
  'README.md',
  'bin/sallyport.js',
  'dist/THIRD-PARTY-LICENSES.txt',
  'dist/main.js',
  'dist/pages.json',
  'dist/tree-sitter-bash.wasm',
  'dist/tree-sitter-python.wasm',
  'dist/web-tree-sitter.wasm',
];
/** A workflow with long-lived keys: `audit` must find them, from the tarball too. */
const workflow = `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          aws-region: eu-west-2
          aws-access-key-id: \${{ secrets.AWS_ACCESS_KEY_ID }}
          aws-secret-access-key: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
`;

/**
 * @param {boolean} holds
 * @param {string} what
 */
function check(holds, what) {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (!holds) process.exitCode = 1;
}

/** @param {string} folder */
async function checkManifest(folder) {
  const { messages, pkg } = await publint({ pkgDir: join(root, folder), strict: true });
  const text = messages.map((message) => formatMessage(message, pkg ?? {}));
  check(text.length === 0, [`${folder}: publint`, ...text].join('\n     '));
}

/** The bundle may import Node's own modules and its own chunks, nothing that would need installing. */
function checkBundle() {
  const dist = join(root, 'packages/cli/dist');
  /** @type {Set<string>} */
  const foreign = new Set();
  for (const name of readdirSync(dist).filter((file) => file.endsWith('.js'))) {
    const { program } = parseSync(name, readFileSync(join(dist, name), 'utf8'));
    /** @param {{ type: string, value?: unknown } | null} source */
    const add = (source) => {
      const from = source?.value;
      if (typeof from !== 'string' || from.startsWith('./') || from.startsWith('node:')) return;
      if (!builtinModules.includes(from)) foreign.add(`${name}: ${from}`);
    };
    new Visitor({
      ImportDeclaration: (node) => add(node.source),
      ExportNamedDeclaration: (node) => add(node.source),
      ExportAllDeclaration: (node) => add(node.source),
      ImportExpression: (node) => add(node.source),
    }).visit(program);
  }
  check(foreign.size === 0, ['the bundle imports only Node', ...foreign].join('\n     '));
}

/** @param {string} temporary */
function checkTarball(temporary) {
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', temporary], {
    cwd: join(root, 'packages/cli'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  /** @type {{ filename: string, size: number, files: { path: string, mode: number }[] }[]} */
  const list = JSON.parse(packed);
  const tarball = list[0];
  if (tarball === undefined) throw new Error(`npm pack named no tarball: ${packed}`);
  const paths = new Map(tarball.files.map((file) => [file.path, file.mode]));
  for (const file of expectedFiles) check(paths.has(file), `the tarball holds ${file}`);
  check(((paths.get('bin/sallyport.js') ?? 0) & 0o111) !== 0, 'the launcher is executable');
  console.log(`     ${paths.size} files, ${(tarball.size / 1e6).toFixed(2)} MB packed`);

  writeFileSync(join(temporary, 'package.json'), '{}\n');
  execFileSync(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', `./${tarball.filename}`],
    {
      cwd: temporary,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'));
  const launcher = join(temporary, 'node_modules/.bin/sallyport');
  const asked = spawnSync(launcher, ['--version'], { cwd: temporary, encoding: 'utf8' });
  check(asked.status === 0 && asked.stdout === `${version}\n`, `--version says ${version}`);

  writeFileSync(join(temporary, 'deploy.yml'), workflow);
  const audit = spawnSync(launcher, ['audit', 'deploy.yml', '--format', 'json'], {
    cwd: temporary,
    encoding: 'utf8',
  });
  check(
    audit.status === 1,
    `audit of an example ends with 1, here ${audit.status} ${audit.stderr}`,
  );
  check(audit.stdout.includes('"static-aws-credentials"'), 'and names the static keys');
}

for (const folder of published) await checkManifest(folder);
checkBundle();
const temporary = mkdtempSync(join(tmpdir(), 'sallyport-pack-'));
try {
  checkTarball(temporary);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
