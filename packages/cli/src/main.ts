import { version } from './version.ts';

const argv = process.argv.slice(2);

// `--version` is asked by scripts and completions: it must not pay for loading the rest.
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${version}\n`);
} else {
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(argv);
}
