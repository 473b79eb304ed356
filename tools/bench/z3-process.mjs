// One question to z3: `node z3-process.mjs <its folder> <milliseconds>`, SMT-LIB on standard input.
// Prints its answer and the milliseconds that it took, without loading.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const [folder = '', timeout = '0'] = process.argv.slice(2);
const { init } = createRequire(join(folder, 'package.json'))('z3-solver');
const { Z3 } = await init();
const context = Z3.mk_context(Z3.mk_config());
const question = `(set-option :timeout ${timeout})\n${readFileSync(0, 'utf8')}`;
const start = performance.now();
const answer = await Z3.eval_smtlib2_string(context, question);
process.stdout.write(JSON.stringify({ answer: answer.trim(), time: performance.now() - start }));
// Its threads wait for ever otherwise.
process.exitCode = 0;
setImmediate(() => process.exit());
