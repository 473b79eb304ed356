import type { Target } from '@sallyport/adapters';
import { auditRepository, noConfig, rules } from '@sallyport/core';
import type { Repository, RepositoryAudit, RepositoryRow, Rule } from '@sallyport/core';

import type { Baseline } from './baseline.ts';
import { Engine } from './engine.ts';
import type { Fingerprints } from './fingerprint.ts';
import { hasScripts, pathOf, prepare, type Prepared, type PrepareOptions } from './prepare.ts';
import type { ReportedFinding, ReportNote, RepositoryReport, Sources } from './report.ts';
import { countsOf, examinedKey, invalidFile, reportedFinding } from './to-report.ts';

/** How repositories are examined. */
export interface ExamineOptions extends PrepareOptions {
  /** Rule ids; all when empty. */
  readonly rules: readonly string[];
  /** Whether the format shows the roll-up. */
  readonly fleet: boolean;
  readonly fingerprints: boolean;
  readonly baseline?: Baseline;
}

/** One repository's report and, as long as it is at hand, the text of its files. */
export interface Examined {
  readonly report: RepositoryReport;
  readonly sources: Sources;
}

/** Characters of source that may be waiting for the engine. */
const readAhead = 8 * 1024 * 1024;

/**
 * Examines targets one after the other; nothing of one is kept once the next is examined. While the
 * engine for scripts is still compiling on other threads, the next ones are read and parsed, as far as
 * `readAhead` allows.
 */
export async function* examine(
  targets: readonly Target[],
  options: ExamineOptions,
): AsyncGenerator<Examined> {
  const engine = new Engine();
  let waiting: Prepared[] = [];
  let size = 0;
  for (const target of targets) {
    const prepared = await prepare(target, options);
    if (hasScripts(prepared.input)) engine.start();
    waiting.push(prepared);
    size += prepared.input.files.reduce((sum, file) => sum + file.text.length, 0);
    if (size < readAhead && (await engine.isLoading())) continue;
    for (const one of waiting) yield await examineOne(one, options, engine);
    [waiting, size] = [[], 0];
  }
  for (const one of waiting) yield await examineOne(one, options, engine);
}

async function examineOne(
  prepared: Prepared,
  options: ExamineOptions,
  engine: Engine,
): Promise<Examined> {
  const { target, config, input, repository } = prepared;
  const loaded = await engine.get();
  const audit = auditRepository(repository, {
    config: config?.audit ?? noConfig,
    rules: chosen(options.rules),
    ...(loaded ? { engine: loaded } : {}),
  });
  const fingerprints = options.fingerprints ? await fingerprintsOf(repository) : undefined;
  const findings = audit.findings.map((finding) => reportedFinding(finding, audit, fingerprints));
  const row = target.kind === 'repository' ? await rowOf(audit, target.root, options) : undefined;
  const isKnown = options.baseline?.matcher(repository.input.name);
  const report: RepositoryReport = {
    name: repository.input.name,
    path: pathOf(target),
    lone: target.kind === 'file',
    ...split(findings, isKnown),
    suppressed: audit.suppressed.map((finding) => reportedFinding(finding, audit, fingerprints)),
    examined: audit.examined.map(examinedKey),
    invalid: audit.invalid.map(invalidFile),
    notes: notesOf(prepared, audit),
    counts: countsOf(audit),
    ...(row ? { row } : {}),
    rulesOff: rules.map(({ id }) => id).filter((id) => config?.audit.rules[id] === 'off'),
  };
  const files = new Map(input.files.map((file) => [file.path, file]));
  return { report, sources: (path) => files.get(path) };
}

function chosen(ids: readonly string[]): readonly Rule[] {
  return ids.length === 0 ? rules : rules.filter(({ id }) => ids.includes(id));
}

function split(
  findings: readonly ReportedFinding[],
  isKnown: ((finding: ReportedFinding) => boolean) | undefined,
): { findings: ReportedFinding[]; known: ReportedFinding[] } {
  const known = new Set(isKnown ? findings.filter(isKnown) : []);
  return { findings: findings.filter((one) => !known.has(one)), known: [...known] };
}

/** What rules say they left out; why git was silent only where that made a difference. */
function notesOf({ target, notes, gitProblem }: Prepared, audit: RepositoryAudit): ReportNote[] {
  const path = pathOf(target);
  const left = audit.notes.map(({ rule, reason }) => ({ about: rule, path, reason }));
  const reason = gitProblem();
  const git = reason !== undefined && left.length > 0 ? [{ about: 'git', path, reason }] : [];
  return [...notes, ...git, ...left];
}

/** Dates cost one run of git per file with keys, so only whole repositories are asked about. */
async function rowOf(
  audit: RepositoryAudit,
  root: string,
  { git, fleet }: ExamineOptions,
): Promise<RepositoryRow | undefined> {
  if (!fleet) return undefined;
  const { fleetRow } = await import('./fleet.ts');
  return fleetRow(audit, git && !audit.repository.input.selected ? root : undefined);
}

async function fingerprintsOf(repository: Repository): Promise<Fingerprints> {
  const { Fingerprints: Made } = await import('./fingerprint.ts');
  return new Made(repository);
}
