// How the command line is bundled; the benchmarks bundle their own entry in the same way.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { thirdPartyLicenses } from './third-party-licenses.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
// The grammars are devDependencies of core: only their wasm ships.
const require = createRequire(join(root, 'packages/core/package.json'));
const wasm = [
  'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-bash/tree-sitter-bash.wasm',
  'tree-sitter-python/tree-sitter-python.wasm',
].map((file) => require.resolve(file));

/**
 * Chunk names carry digests: without this, chunks of earlier builds would be published too. Done
 * last before writing, so that a build that fails leaves the old folder in place.
 * @param {string} dist
 * @returns {import('rolldown').Plugin}
 */
function emptyFolder(dist) {
  return {
    name: 'empty-folder',
    generateBundle() {
      rmSync(dist, { recursive: true, force: true });
      mkdirSync(dist, { recursive: true });
    },
  };
}

/**
 * Puts the wasm files beside the chunks that read them.
 * @param {string} dist
 * @returns {import('rolldown').Plugin}
 */
function copyWasm(dist) {
  return {
    name: 'copy-wasm',
    writeBundle() {
      for (const file of wasm) copyFileSync(file, join(dist, basename(file)));
    },
  };
}

/**
 * Puts the pages that `sallyport explain` prints beside the code, all in one file.
 * @param {string} dist
 * @returns {import('rolldown').Plugin}
 */
function copyPages(dist) {
  return {
    name: 'copy-pages',
    writeBundle() {
      const pages = ['rules', 'errors'].flatMap((kind) => {
        const folder = join(root, 'docs', kind);
        const names = existsSync(folder) ? readdirSync(folder).toSorted() : [];
        return names
          .filter((name) => name.endsWith('.md'))
          .map((name) => [
            `${kind}/${basename(name, '.md')}`,
            readFileSync(join(folder, name), 'utf8'),
          ]);
      });
      writeFileSync(join(dist, 'pages.json'), JSON.stringify(Object.fromEntries(pages)));
    },
  };
}

/**
 * Bundles from the sources of all packages into one folder that needs no node_modules.
 * @param {{ name: string, entry: string, dist: string }} bundle the entry becomes `<dist>/<name>.js`
 * @returns {import('rolldown').RolldownOptions & { output: import('rolldown').OutputOptions }}
 */
export function bundleOptions({ name, entry, dist }) {
  return {
    input: { [name]: entry },
    platform: 'node',
    // web-tree-sitter's loader can evaluate JavaScript that a wasm file brings along; grammars bring none.
    checks: { eval: false },
    resolve: {
      conditionNames: ['@sallyport/source', 'import', 'node', 'default'],
      // The main file of jsonc-parser requires its parts in a way that no bundler sees.
      mainFields: ['module', 'main'],
    },
    plugins: [
      emptyFolder(dist),
      copyWasm(dist),
      copyPages(dist),
      thirdPartyLicenses({ extraFiles: wasm }),
    ],
    output: {
      dir: dist,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    },
  };
}
