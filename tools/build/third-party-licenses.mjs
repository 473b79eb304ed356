// A rolldown plugin: MIT, ISC and BSD let us bundle a package if its licence text goes along.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What may be bundled; anything else needs a decision first. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
];

/**
 * The top folder of the installed package that a file belongs to.
 * @param {string} file
 * @returns {string | undefined}
 */
function packageFolder(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(file)?.[0];
}

/**
 * Name, version, licence and licence text of an installed package.
 * @param {string} folder
 * @returns {string}
 */
function describePackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!allowed.includes(license)) throw new Error(`${name} has the licence "${license}"`);
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license})\n${text}`;
}

/**
 * Writes the licences of all packages that went into the bundle.
 * @param {{ extraFiles: readonly string[] }} options files of packages that are copied, not imported
 * @returns {import('rolldown').Plugin}
 */
export function thirdPartyLicenses({ extraFiles }) {
  return {
    name: 'third-party-licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) =>
        chunk.type === 'chunk' ? chunk.moduleIds : [],
      );
      // Modules of our own and virtual ones have no installed package.
      const folders = [...modules, ...extraFiles]
        .map((file) => packageFolder(file) ?? '')
        .filter((folder) => existsSync(join(folder, 'package.json')) && folder !== '');
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-LICENSES.txt',
        source: [...new Set(folders)]
          .toSorted()
          .map((folder) => describePackage(folder))
          .join(`\n${'-'.repeat(80)}\n\n`),
      });
    },
  };
}
