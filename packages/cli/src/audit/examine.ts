import type { Target } from '@sallyport/adapters';
import { auditRepository, noConfig, rules } from '@sallyport/core';
import type {
  RepositoryAudit,
  RepositoryRow,
  Rule,
  SallyportError,
  ScriptEngine,
} from '@sallyport/core';

import { ConfigReader } from './config-file.ts';
import { Engine } from './engine.ts';
import type * as Fingerprint from './fingerprint.ts';
import type * as Fleet from './fleet.ts';
import { pathOf, prepare, type Prepared } from './prepare.ts';
import type { ReportNote, RepositoryReport, Sources } from './report.ts';
import { countsOf, examinedKey, invalidFile, reportedFinding } from './to-report.ts';

/** How repositories are examined; plain data, so that another thread can be told. */
export interface ExamineOptions {
  readonly cwd: string;
  /** The configuration file named on the command line. */
  readonly config?: string;
  /** Whether a broken configuration file of one repository lets the others be examined. */
  readonly several: boolean;
  /** In bytes; before what a configuration file says. */
  readonly maxFileSize?: number;
  /** Whether git may be asked. */
  readonly git: boolean;
  /** Rule ids; all when empty. */
  readonly rules: readonly string[];
  /** Whether the format shows the roll-up. */
  readonly fleet: boolean;
  readonly fingerprints: boolean;
}

/** One repository's report, what was wrong with its configuration, and the text of its files. */
export interface Examined {
  readonly report: RepositoryReport;
  readonly errors: readonly SallyportError[];
  readonly sources: Sources;
}

/** Examines targets one after the other; nothing of one is kept once the next is examined. */
export class Examiner {
  readonly #options: ExamineOptions;
  readonly #config: ConfigReader;
  readonly #engine = new Engine();

  constructor(options: ExamineOptions) {
    this.#options = options;
    this.#config = new ConfigReader(options.cwd, options.config, options.several);
  }

  /**
   * Reads, audits and reports on a target.
   * @throws SallyportError `CONFIG_UNREADABLE`, `CONFIG_INVALID`
   */
  async examine(target: Target): Promise<Examined> {
    const { cwd, git, maxFileSize } = this.#options;
    const size = maxFileSize === undefined ? {} : { maxFileSize };
    const policies = chosen(this.#options.rules).some(({ id }) => id.startsWith('trust-'));
    const prepared = await prepare(target, { cwd, git, policies, config: this.#config, ...size });
    const errors = this.#config.errors.splice(0);
    const helpers = await load(this.#options);
    const report = await this.#engine.run((engine) =>
      reportOn(prepared, engine, this.#options, helpers),
    );
    const read = [...prepared.input.files, ...(prepared.policies?.files ?? [])];
    const files = new Map(read.map((file) => [file.path, file]));
    return { report, errors, sources: (path) => files.get(path) };
  }
}

/** What only some formats need. */
interface Helpers {
  readonly fingerprint?: typeof Fingerprint;
  readonly fleet?: typeof Fleet;
}

async function load({ fingerprints, fleet }: ExamineOptions): Promise<Helpers> {
  return {
    ...(fingerprints ? { fingerprint: await import('./fingerprint.ts') } : {}),
    ...(fleet ? { fleet: await import('./fleet.ts') } : {}),
  };
}

function reportOn(
  prepared: Prepared,
  engine: ScriptEngine,
  options: ExamineOptions,
  { fingerprint, fleet }: Helpers,
): RepositoryReport {
  const { target, config, repository, policies } = prepared;
  const audit = auditRepository(repository, {
    config: config?.audit ?? noConfig,
    rules: chosen(options.rules),
    engine,
    ...(policies ? { policies } : {}),
  });
  const fingerprints =
    fingerprint && new fingerprint.Fingerprints(repository, policies?.files ?? []);
  const findings = audit.findings.map((finding) => reportedFinding(finding, audit, fingerprints));
  const row =
    fleet && target.kind === 'repository' ? rowOf(fleet, audit, target.root, options) : undefined;
  return {
    name: repository.input.name,
    path: pathOf(target),
    lone: target.kind === 'file',
    findings,
    known: [],
    suppressed: audit.suppressed.map((finding) => reportedFinding(finding, audit, fingerprints)),
    examined: audit.examined.map(examinedKey),
    invalid: audit.invalid.map(invalidFile),
    notes: notesOf(prepared, audit),
    counts: countsOf(audit),
    ...(row ? { row } : {}),
    rulesOff: rules.map(({ id }) => id).filter((id) => config?.audit.rules[id] === 'off'),
  };
}

function chosen(ids: readonly string[]): readonly Rule[] {
  return ids.length === 0 ? rules : rules.filter(({ id }) => ids.includes(id));
}

/** What rules say they left out; why git was silent only where that made a difference. */
function notesOf({ target, notes, gitProblem }: Prepared, audit: RepositoryAudit): ReportNote[] {
  const path = pathOf(target);
  const left = audit.notes.map(({ rule, ...note }) => ({ about: rule, path, ...note }));
  const reason = gitProblem();
  const git = reason !== undefined && left.length > 0 ? [{ about: 'git', path, reason }] : [];
  return [...notes, ...git, ...left];
}

/** Dates cost one run of git per file with keys, so only whole repositories are asked about. */
function rowOf(
  { fleetRow }: typeof Fleet,
  audit: RepositoryAudit,
  root: string,
  { git }: ExamineOptions,
): RepositoryRow | undefined {
  return fleetRow(audit, git && !audit.repository.input.selected ? root : undefined);
}
