import { redact } from '../../audit/redact.ts';
import type { Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';
import { unifiedDiff, type DiffOptions } from '../diff.ts';
import { count } from '../text/summary.ts';
import { appliedText, checklists, fixVerdict, skippedText, type FixReport } from './report.ts';

/** How much is said. */
export interface FixTalkOptions {
  readonly style: Style;
  readonly verbose: boolean;
}

/** The diffs of all files, and nothing else: `git apply` reads them. */
export function fixDiffs({ results }: FixReport, options: DiffOptions): string {
  return results
    .flatMap(({ files }) => files)
    .map(({ path, before, after }) => unifiedDiff({ path, before: before.text, after }, options))
    .join('');
}

/** What was done, what was left and why, what must still be done, and the verdict last. */
export function fixText(report: FixReport, { style, verbose }: FixTalkOptions): string {
  const applied = report.results.flatMap((result) => result.applied);
  const skipped = report.results.flatMap((result) => result.skipped);
  return [
    ...(report.diff
      ? []
      : applied.map((one) => `${style('added', 'fixed')} ${printable(appliedText(one))}\n`)),
    ...(verbose
      ? skipped.map((one) => `${style('warning', 'left')}  ${printable(skippedText(one))}\n`)
      : []),
    ...(report.diff && !verbose ? [] : boxes(report, style)),
    ...masked(report),
    ...left(report),
    `${fixVerdict(report)}\n`,
  ].join('');
}

function boxes(report: FixReport, style: Style): string[] {
  return checklists(report).flatMap(({ name, parts }) => [
    `\nstill to be done outside the files${name === '' ? '' : ` of ${printable(name)}`}:\n`,
    ...parts.flatMap((part) => [
      `${style('strong', part.title)}\n`,
      ...part.boxes.map(({ done, text }) => `  [${done ? 'x' : ' '}] ${printable(redact(text))}\n`),
    ]),
    '\n',
  ]);
}

/** A masked line is not the one in the file, so that no tool could take it out. */
function masked({ results, diff }: FixReport): string[] {
  const hidden = results
    .flatMap(({ files }) => files)
    .filter(({ before }) => redact(before.text) !== before.text).length;
  if (!diff || hidden === 0) return [];
  return [
    `keys in ${count(hidden, 'file')} are masked in the diff: run without --diff instead of applying it\n`,
  ];
}

function left({ results }: FixReport): string[] {
  const skipped = results.flatMap((result) => result.skipped);
  const unsafe = skipped.filter(({ why }) => why === 'unsafe').length;
  const refused = skipped.length - unsafe;
  return [
    ...(refused > 0
      ? [`${count(refused, 'finding')} cannot be fixed mechanically; --verbose says why\n`]
      : []),
    ...(unsafe > 0
      ? [
          `${count(unsafe, 'fix')} would change what the workflow does: read them with --verbose, then add --unsafe-fixes\n`,
        ]
      : []),
  ];
}
