import { bySeverity, type Location } from '@sallyport/core';

import { isFleet } from '../audit/fleet.ts';
import type { ReportedFinding, RunSummary } from '../audit/report.ts';
import { code, escapeMarkdown } from './markdown-text.ts';
import type { Renderer, RunReport } from './renderer.ts';
import { rollupTable, rollupVerdict } from './rollup.ts';
import { examinedLine, verdictText } from './text/summary.ts';

/** GitHub takes 1 MiB for a job summary; a little stays for the line that says what was cut. */
const limit = 1024 * 1024 - 4096;
/** Rows of the first table; the rest is in the folded part. */
const tableRows = 50;

/** A report for a job summary or a comment: verdict first, a table, the details folded. */
export function markdownRenderer(): Renderer {
  return { repository: () => '', end: (run) => fit(render(run)) };
}

function render(run: RunReport): string[] {
  const findings = run.repositories.flatMap((report) => report.findings).toSorted(bySeverity);
  return [
    `## Sallyport audit: ${verdict(run.summary)}\n\n${verdictText(run.summary)}; ${examinedLine(run.summary)}.\n`,
    ...switchedOff(run.summary),
    ...table(findings),
    ...fleet(run),
    ...details(findings),
    ...leftOut(run),
  ];
}

function verdict({ exitCode }: RunSummary): string {
  const words: Readonly<Record<number, string>> = {
    0: 'passed',
    1: 'failed',
    3: 'nothing to examine',
    4: 'could not decide',
  };
  return words[exitCode] ?? 'did not complete';
}

function switchedOff({ rulesOff }: RunSummary): string[] {
  return rulesOff.length > 0
    ? [`\nRules switched off by configuration: ${rulesOff.map(code).join(', ')}.\n`]
    : [];
}

function table(findings: readonly ReportedFinding[]): string[] {
  if (findings.length === 0) return [];
  const rows = findings.slice(0, tableRows).map((finding) => {
    const cells = [
      finding.severity,
      `[${finding.rule}](${finding.helpUri})`,
      code(place(finding.locations[0])),
      escapeMarkdown(finding.message),
    ];
    return `| ${cells.join(' | ')} |\n`;
  });
  const more = findings.length - rows.length;
  return [
    '\n| severity | rule | place | finding |\n| --- | --- | --- | --- |\n',
    ...rows,
    ...(more > 0 ? [`\n${more} more are in the details below.\n`] : []),
  ];
}

function fleet({ rollup }: RunReport): string[] {
  if (!rollup || !isFleet(rollup)) return [];
  const { head, rows, numbers, rest } = rollupTable(rollup);
  const rule = head.map((_name, column) => (numbers.includes(column) ? '--:' : '---'));
  return [
    `\n### How workflows get into AWS\n\n${escapeMarkdown(rollupVerdict(rollup))}\n`,
    ...(rows.length > 0
      ? [`\n${line(head)}${line(rule)}`, ...rows.map((row) => line(row.map(escapeMarkdown)))]
      : []),
    ...(rest === '' ? [] : [`\n${rest}.\n`]),
  ];
}

function details(findings: readonly ReportedFinding[]): string[] {
  if (findings.length === 0) return [];
  return [
    `\n<details><summary>Details of ${findings.length} findings</summary>\n`,
    ...findings.map(detail),
    '\n</details>\n',
  ];
}

function detail({
  rule,
  severity,
  locations,
  message,
  help,
  fix,
  helpUri,
}: ReportedFinding): string {
  const kind = fix?.safe ? 'safe' : `unsafe${fix?.reason ? `: ${escapeMarkdown(fix.reason)}` : ''}`;
  return [
    `\n**${severity}** [${rule}](${helpUri}): ${escapeMarkdown(message)}\n`,
    ...locations.map((at) => `- ${code(place(at))} ${escapeMarkdown(at.label)}\n`),
    `- help: ${escapeMarkdown(help)}\n`,
    ...(fix ? [`- fix: ${escapeMarkdown(fix.title)} (${kind})\n`] : []),
  ].join('');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function leftOut({ repositories: reports, notes }: RunReport): string[] {
  const invalid = reports.flatMap((report) => report.invalid);
  const all = [...notes, ...reports.flatMap((report) => report.notes)];
  const rows = [
    ...invalid.map(
      ({ file, line: at, message }) =>
        `- ${code(at === undefined ? file : `${file}:${at}`)} could not be examined in full: ${escapeMarkdown(message)}\n`,
    ),
    ...all.map(
      ({ about, path, reason }) =>
        `- ${escapeMarkdown(about)}${path === undefined ? '' : ` ${code(path)}`}: ${escapeMarkdown(reason)}\n`,
    ),
  ];
  return rows.length === 0
    ? []
    : ['\n<details><summary>What was not examined</summary>\n\n', ...rows, '\n</details>\n'];
}

/** Cuts whole parts off the end, closes what is open, and says so. */
function fit(parts: readonly string[]): string {
  let length = 0;
  const kept: string[] = [];
  for (const part of parts) {
    length += Buffer.byteLength(part);
    if (length > limit) break;
    kept.push(part);
  }
  if (kept.length === parts.length) return kept.join('');
  const text = kept.join('');
  const open = text.split('<details>').length > text.split('</details>').length;
  const rest = parts.length - kept.length;
  return `${text}${open ? '\n</details>\n' : ''}\n${rest} more entries are cut: GitHub shows 1 MiB; the JSON format has all.\n`;
}

function place({ file, startLine }: Location): string {
  return `${file}:${startLine}`;
}
