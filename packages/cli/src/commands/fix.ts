import { discover } from '@sallyport/adapters';
import { atLeast, SallyportError } from '@sallyport/core';

import { ConfigReader } from '../audit/config-file.ts';
import type { ReportNote } from '../audit/report.ts';
import { checkRules } from '../audit/rule-ids.ts';
import { exitCodeOf } from '../exit.ts';
import { planFixes, type Plan } from '../fix/plan.ts';
import { checkTrees, writePlans } from '../fix/write.ts';
import type { ReportOptions } from '../options.ts';
import { renderError } from '../render/error.ts';
import type { FixReport } from '../render/fix/report.ts';
import { noteLines } from '../render/notes.ts';
import { styleFor, wantsColor } from '../terminal/color.ts';
import { Output } from '../terminal/output.ts';
import { Progress } from '../terminal/progress.ts';
import { readStdin } from '../terminal/stdin.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What `sallyport fix` can be told. */
export interface FixCommandOptions extends ReportOptions {
  readonly rule: readonly string[];
  readonly diff: boolean;
  readonly unsafeFixes: boolean;
  readonly allowDirty: boolean;
  readonly maxFileSize?: number;
}

/** Rewrites what the paths stand for, or shows how, and gives the exit code. */
export async function runFix(
  paths: readonly string[],
  options: FixCommandOptions,
  terminal: Terminal,
): Promise<number> {
  checkRules(options.rule);
  if (paths.includes('-') && !options.diff) {
    throw new SallyportError('USAGE', {
      problem: 'a file on stdin cannot be written',
      cure: 'add --diff to see its fixes',
    });
  }
  const stdin = paths.includes('-') ? await readStdin(terminal, options.maxFileSize) : undefined;
  const discovery = discover(paths, { cwd: terminal.cwd, ...(stdin ? { stdin } : {}) });
  const config = new ConfigReader(terminal.cwd, options.config, discovery.targets.length > 1);
  const progress = new Progress(terminal, options.quiet);
  progress.start('planning', discovery.targets.length);
  const plans: Plan[] = [];
  for (const target of discovery.targets) {
    progress.step(target.name);
    plans.push(
      await planFixes(target, {
        cwd: terminal.cwd,
        config,
        unsafe: options.unsafeFixes,
        rules: options.rule,
        ...(options.maxFileSize === undefined ? {} : { maxFileSize: options.maxFileSize }),
      }),
    );
  }
  progress.end();
  const notes: ReportNote[] = discovery.notes.map((note) => ({ about: 'search', ...note }));
  if (!options.diff) {
    // INVARIANT: all trees are looked at before the first file of any of them is touched.
    if (!options.allowDirty) notes.push(...checkTrees(plans));
    writePlans(plans);
  }
  const empty = [
    ...discovery.empty.map(({ path }) => path),
    ...plans.filter(isEmpty).map(({ name }) => name),
  ];
  const errors = [
    ...config.errors,
    ...(empty.length > 0 ? [new SallyportError('NOTHING_TO_EXAMINE', { paths: empty })] : []),
  ];
  const { failOn } = options;
  const left =
    failOn !== 'never' &&
    plans.some(({ result }) =>
      result.after.findings.some(({ severity }) => atLeast(severity, failOn)),
    );
  const exitCode = exitCodeOf([...errors.map((error) => error.exitCode), left ? 1 : 0]);
  await print(
    { results: plans.map(({ result }) => result), diff: options.diff, exitCode },
    options,
    terminal,
  );
  const talk = new Output({ ...terminal, stdout: terminal.stderr });
  if (!options.quiet) for (const line of noteLines(notes)) talk.writeLine(line);
  for (const error of errors) talk.write(renderError(error, { ...options, terminal }));
  return exitCode;
}

function isEmpty({ result: { before } }: Plan): boolean {
  return before.repository.parsed.length === 0 && before.invalid.length === 0;
}

/** The result goes to stdout or the file; with `--diff` that is the diff alone, and talk goes to stderr. */
async function print(
  report: FixReport,
  options: FixCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const output = new Output(terminal, { file: options.output });
  const toFile = options.output !== undefined;
  const isTTY = !toFile && terminal.stdout.isTTY === true;
  const color = toFile
    ? options.color === 'always'
    : wantsColor(options.color, terminal.env, isTTY);
  if (options.format === 'json')
    output.write((await import('../render/fix/json.ts')).fixJson(report));
  else if (options.format === 'markdown') {
    output.write((await import('../render/fix/markdown.ts')).fixMarkdown(report));
  } else {
    const { fixDiffs, fixText } = await import('../render/fix/text.ts');
    const style = styleFor(color, isTTY);
    const forPeople = isTTY || (!toFile && terminal.env['GITHUB_ACTIONS'] === 'true');
    if (options.diff) output.write(fixDiffs(report, { style, forPeople }));
    const talk = options.diff ? new Output({ ...terminal, stdout: terminal.stderr }) : output;
    const plain = options.diff ? styleFor(false, false) : style;
    if (!options.quiet) talk.write(fixText(report, { style: plain, verbose: options.verbose }));
  }
  output.close();
}
