import { discover, type Discovery } from '@sallyport/adapters';
import { SallyportError } from '@sallyport/core';
import type { RepositoryRow, Rollup } from '@sallyport/core';

import type { Baseline } from '../audit/baseline.ts';
import type { ReportNote, RepositoryReport } from '../audit/report.ts';
import { checkRules } from '../audit/rule-ids.ts';
import { summarise } from '../audit/summarise.ts';
import { examine } from '../audit/threads.ts';
import type { ReportOptions } from '../options.ts';
import { createRenderer } from '../render/create.ts';
import { renderError } from '../render/error.ts';
import { noteLines } from '../render/notes.ts';
import type { RunReport } from '../render/renderer.ts';
import { Output } from '../terminal/output.ts';
import { Progress } from '../terminal/progress.ts';
import { readStdin } from '../terminal/stdin.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What `sallyport audit` can be told. */
export interface AuditCommandOptions extends ReportOptions {
  readonly rule: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly maxFileSize?: number;
  readonly stdinFilename?: string;
  readonly git: boolean;
}

/** Audits what the paths stand for and gives the exit code. */
export async function runAudit(
  paths: readonly string[],
  options: AuditCommandOptions,
  terminal: Terminal,
): Promise<number> {
  checkRules(options.rule);
  const discovery = await find(paths, options, terminal);
  const repositories = discovery.targets.filter((target) => target.kind === 'repository').length;
  const baseline = await readBaseline(options, terminal);
  const renderer = await createRenderer(
    { ...options, toFile: options.output !== undefined },
    terminal,
  );
  const output = new Output(terminal, {
    file: options.output,
    commands: options.format === 'github',
  });
  const progress = new Progress(terminal, options.quiet);
  const reports: RepositoryReport[] = [];
  progress.start('examining', discovery.targets.length);
  const examined = examine(discovery.targets, {
    cwd: terminal.cwd,
    several: repositories > 1,
    rules: options.rule,
    git: options.git,
    fleet: ['text', 'json', 'markdown'].includes(options.format),
    fingerprints: needsFingerprints(options),
    ...(options.config === undefined ? {} : { config: options.config }),
    ...(options.maxFileSize === undefined ? {} : { maxFileSize: options.maxFileSize }),
  });
  const broken: SallyportError[] = [];
  for await (const { report: whole, errors: found, sources } of examined) {
    broken.push(...found);
    const report = baseline ? withoutKnown(whole, baseline) : whole;
    progress.step(report.path);
    const text = renderer.repository(report, sources);
    // The bar stands on the line where the report goes on.
    if (text !== '') progress.end();
    output.write(text);
    reports.push(report);
  }
  progress.end();
  const written = await writeBaseline(reports, options, terminal);
  const errors = [...broken, ...nothingFound(discovery, reports)];
  const notes = runNotes(discovery, baseline);
  const summary = summarise(reports, {
    failOn: options.failOn,
    rules: options.rule,
    codes: errors.map((error) => error.exitCode),
    baselineWritten: written,
  });
  const rows = reports.flatMap((report) => report.row ?? []);
  const run: RunReport = {
    repositories: reports,
    summary,
    notes,
    paths,
    ...(rows.length > 0 ? { rollup: await rollupOf(rows) } : {}),
  };
  output.write(renderer.end(run));
  output.close();
  say(run, errors, options, terminal);
  return summary.exitCode;
}

async function find(
  paths: readonly string[],
  { stdinFilename, maxFileSize }: AuditCommandOptions,
  terminal: Terminal,
): Promise<Discovery> {
  if (stdinFilename !== undefined && !paths.includes('-')) {
    throw new SallyportError('USAGE', {
      problem: '--stdin-filename is given, but no path is "-"',
      cure: 'add - to the paths, or leave the option out',
    });
  }
  const stdin = paths.includes('-') ? await readStdin(terminal, maxFileSize) : undefined;
  return discover(paths, {
    cwd: terminal.cwd,
    ...(stdin ? { stdin } : {}),
    ...(stdinFilename === undefined ? {} : { stdinFilename }),
  });
}

/** Takes out what the baseline knows; each of its entries hides one finding, so the order counts. */
function withoutKnown(report: RepositoryReport, baseline: Baseline): RepositoryReport {
  const known = new Set(report.findings.filter(baseline.matcher(report.name)));
  const findings = report.findings.filter((one) => !known.has(one));
  return { ...report, findings, known: [...known] };
}

function needsFingerprints({
  format,
  baseline,
  writeBaseline: target,
}: AuditCommandOptions): boolean {
  return format === 'json' || format === 'sarif' || baseline !== undefined || target !== undefined;
}

async function readBaseline(
  options: AuditCommandOptions,
  { cwd }: Terminal,
): Promise<Baseline | undefined> {
  if (options.baseline === undefined) return undefined;
  const { Baseline: Made } = await import('../audit/baseline.ts');
  return Made.read(cwd, options.baseline);
}

async function rollupOf(rows: readonly RepositoryRow[]): Promise<Rollup> {
  const { fleetOf } = await import('../audit/fleet.ts');
  return fleetOf(rows);
}

async function writeBaseline(
  reports: readonly RepositoryReport[],
  options: AuditCommandOptions,
  terminal: Terminal,
): Promise<boolean> {
  if (options.writeBaseline === undefined) return false;
  const { baselineText } = await import('../audit/baseline.ts');
  const output = new Output(terminal, { file: options.writeBaseline });
  output.write(baselineText(reports));
  output.close();
  return true;
}

/** Paths with nothing to examine fail the run, also beside others: a typo must not look like a clean bill. */
function nothingFound(
  { empty }: Discovery,
  reports: readonly RepositoryReport[],
): SallyportError[] {
  const silent = reports.filter(
    ({ counts, invalid }) =>
      counts.workflows + counts.actions + counts.policies === 0 && invalid.length === 0,
  );
  const paths = [...empty.map(({ path }) => path), ...silent.map(({ path }) => path)];
  return paths.length === 0 ? [] : [new SallyportError('NOTHING_TO_EXAMINE', { paths })];
}

function runNotes(discovery: Discovery, baseline: Baseline | undefined): ReportNote[] {
  const loose = discovery.empty.filter(({ looseFiles }) => looseFiles.length > 0);
  return [
    ...discovery.notes.map((note) => ({ about: 'search', ...note })),
    ...loose.map(({ path, looseFiles }) => ({
      about: 'search',
      path,
      reason: `it holds ${looseFiles.join(', ')}, but outside .github/workflows; name files to examine them`,
    })),
    ...(baseline?.notes() ?? []),
  ];
}

function say(
  run: RunReport,
  errors: readonly SallyportError[],
  options: AuditCommandOptions,
  terminal: Terminal,
): void {
  const notes = [...run.notes, ...run.repositories.flatMap((report) => report.notes)];
  const output = new Output({ ...terminal, stdout: terminal.stderr });
  if (!options.quiet) for (const line of noteLines(notes)) output.writeLine(line);
  for (const error of errors) output.write(renderError(error, { ...options, terminal }));
}
