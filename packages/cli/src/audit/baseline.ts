import { readTextFile } from '@sallyport/adapters';
import { SallyportError } from '@sallyport/core';

import type { ReportedFinding, ReportNote, RepositoryReport } from './report.ts';

/** The file that `--write-baseline` writes; only `repository`, `rule` and `fingerprint` decide. */
interface BaselineFile {
  readonly schemaVersion: 1;
  readonly findings: readonly BaselineEntry[];
}

interface BaselineEntry {
  readonly repository: string;
  readonly rule: string;
  readonly fingerprint: string;
  /** For people who review the file. */
  readonly file: string;
  readonly message: string;
}

/** Findings that are known and accepted for now; each hides one finding. */
export class Baseline {
  readonly #path: string;
  readonly #entries: readonly BaselineEntry[];
  readonly #used = new Set<BaselineEntry>();

  constructor(path: string, entries: readonly BaselineEntry[]) {
    this.#path = path;
    this.#entries = entries;
  }

  /**
   * Reads a baseline file.
   * @throws SallyportError `BASELINE_INVALID`
   */
  static read(cwd: string, path: string): Baseline {
    const file = readTextFile(cwd, path, { followAnywhere: true, maxSize: 64 * 1024 * 1024 });
    if (file.kind === 'text') return new Baseline(path, parse(path, file.text));
    const problem = file.kind === 'absent' ? 'no such file' : file.problem;
    throw new SallyportError('BASELINE_INVALID', { path, problem });
  }

  /** Says of the findings of one repository whether they are known. */
  matcher(repository: string): (finding: ReportedFinding) => boolean {
    // A baseline of one repository holds wherever that repository is checked out.
    const names = new Set(this.#entries.map((entry) => entry.repository));
    const own = this.#entries.filter(
      (entry) => names.size === 1 || entry.repository === repository,
    );
    const left = new Map<string, BaselineEntry[]>();
    for (const entry of own) left.set(keyOf(entry), [...(left.get(keyOf(entry)) ?? []), entry]);
    return (finding) => {
      const entry = left.get(keyOf(finding))?.pop();
      if (entry) this.#used.add(entry);
      return entry !== undefined;
    };
  }

  /** What to say about entries that hid nothing. */
  notes(): ReportNote[] {
    const stale = this.#entries.length - this.#used.size;
    if (stale === 0) return [];
    return [
      {
        about: 'baseline',
        path: this.#path,
        reason: `${stale} of its ${this.#entries.length} findings no longer occur; write it anew`,
      },
    ];
  }
}

/** The text of a baseline that hides everything that was found. */
export function baselineText(reports: readonly RepositoryReport[]): string {
  const findings = reports.flatMap((report) =>
    [...report.findings, ...report.known].map((finding) => ({
      repository: report.name,
      rule: finding.rule,
      fingerprint: finding.fingerprint ?? '',
      file: finding.locations[0].file,
      message: finding.message,
    })),
  );
  const file: BaselineFile = { schemaVersion: 1, findings };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function keyOf({ rule, fingerprint }: { rule: string; fingerprint?: string }): string {
  return `${rule}\n${fingerprint ?? ''}`;
}

function parse(path: string, text: string): BaselineEntry[] {
  const invalid = (problem: string): SallyportError =>
    new SallyportError('BASELINE_INVALID', { path, problem });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'schemaVersion') !== 1) {
    throw invalid('its schemaVersion is not 1');
  }
  const findings: unknown = Reflect.get(value, 'findings');
  if (!Array.isArray(findings)) throw invalid('it has no list of findings');
  return findings.map((entry: unknown, index) => {
    if (isEntry(entry)) return entry;
    throw invalid(`its finding ${index + 1} lacks repository, rule or fingerprint`);
  });
}

function isEntry(value: unknown): value is BaselineEntry {
  if (typeof value !== 'object' || value === null) return false;
  return ['repository', 'rule', 'fingerprint'].every((name) => {
    const text: unknown = Reflect.get(value, name);
    return typeof text === 'string' && text !== '';
  });
}
