import { isFleet } from '../../audit/fleet.ts';
import type { ExaminedKey, RepositoryReport } from '../../audit/report.ts';
import type { Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';
import type { Renderer } from '../renderer.ts';
import { renderDiagnostic } from './diagnostic.ts';
import { renderRollup } from './rollup.ts';
import { renderSummary } from './summary.ts';

/** What the text format can be told. */
export interface TextOptions {
  readonly style: Style;
  /** Terminal columns. */
  readonly columns: number;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Findings for people: each with its lines, the summary last. */
export function textRenderer(options: TextOptions): Renderer {
  const { style, columns, quiet, verbose } = options;
  return {
    repository: (report, sources) =>
      [
        ...report.findings.map(
          (finding) => `${renderDiagnostic(finding, sources, style, columns, verbose)}\n`,
        ),
        ...(verbose ? [renderExamined(report, style)] : []),
      ].join(''),
    end: (run) => {
      if (quiet) return '';
      const { rollup } = run;
      return [
        ...(rollup && isFleet(rollup) ? [`${renderRollup(rollup, style)}\n`] : []),
        renderSummary(run, style),
      ].join('');
    },
  };
}

/** Every key-like place with its class, so that one can check what was not reported, and why. */
function renderExamined({ examined, name }: RepositoryReport, style: Style): string {
  if (examined.length === 0) return '';
  const rows = examined.map(
    ({ file, line, column, ...key }: ExaminedKey) =>
      `  ${printable(file)}:${line}:${column} ${style('strong', key.class)} ${printable(key.name)} (${key.part}): ${printable(key.reason)}\n`,
  );
  return `key-like places examined in ${printable(name)}:\n${rows.join('')}\n`;
}
