import { severities } from '@sallyport/core';

import type { RunSummary } from '../../audit/report.ts';
import type { Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';
import type { RunReport } from '../renderer.ts';
import { levels } from './diagnostic.ts';

/** The last lines: what was switched off, how much was examined, the verdict, what to do next. */
export function renderSummary(run: RunReport, style: Style): string {
  const { summary } = run;
  const off =
    summary.rulesOff.length > 0
      ? [`rules switched off by configuration: ${summary.rulesOff.join(', ')}`]
      : [];
  const next = nextCommand(run);
  return [
    ...off,
    examinedLine(summary),
    verdictLine(summary, style),
    ...(next ? [`next: ${next}`] : []),
    '',
  ].join('\n');
}

/** How much was looked at, so that silence can be judged. */
export function examinedLine({ counts, repositories }: RunSummary): string {
  const { workflows, actions, jobs, steps, policies, roles } = counts;
  const where = repositories > 1 ? ` in ${repositories} repositories` : '';
  const what = [
    ...(workflows > 0 || policies === 0 ? [count(workflows, 'workflow')] : []),
    ...(actions > 0 ? [count(actions, 'action')] : []),
    ...(jobs + steps > 0 || policies === 0 ? [count(jobs, 'job'), count(steps, 'step')] : []),
    ...(policies > 0
      ? [
          `${count(roles, 'role')} that trust${roles === 1 ? 's' : ''} GitHub in ${count(policies, 'file')} of policies`,
        ]
      : []),
  ];
  return `examined ${what.join(', ')}${where}`;
}

/** What was found in one line, without colours. */
export function verdictText(summary: RunSummary): string {
  const parts = severities
    .filter((severity) => summary.findings[severity] > 0)
    .map((severity) => `${summary.findings[severity]} ${severity}`);
  const total = severities.reduce((sum, severity) => sum + summary.findings[severity], 0);
  const { workflows, actions, policies } = summary.counts;
  const silent =
    workflows + actions + policies + summary.invalid === 0 ? 'nothing was examined' : 'no findings';
  const found = total === 0 ? silent : `${count(total, 'finding')}: ${parts.join(', ')}`;
  return [found, ...asides(summary)].join('; ');
}

function verdictLine(summary: RunSummary, style: Style): string {
  const worst = severities.find((severity) => summary.findings[severity] > 0);
  const [found = '', ...rest] = verdictText(summary).split('; ');
  const quiet = found === 'no findings' ? 'added' : 'warning';
  return [style(worst ? levels[worst] : quiet, found), ...rest].join('; ');
}

function asides({ suppressed, known, invalid, undecided }: RunSummary): string[] {
  return [
    ...(undecided > 0 ? [`${count(undecided, 'question')} undecided`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(known > 0 ? [`${known} hidden by the baseline`] : []),
    ...(invalid > 0 ? [`${count(invalid, 'file')} could not be examined in full`] : []),
  ];
}

function nextCommand({ repositories, paths }: RunReport): string | undefined {
  const findings = repositories.flatMap((repository) => repository.findings);
  const [worst] = severities.flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  if (!worst) return undefined;
  const shown = paths.map(quotePath).join(' ');
  return findings.some((finding) => finding.fix)
    ? `sallyport fix --diff${shown === '' || shown.length > 120 ? '' : ` ${shown}`}`
    : `sallyport explain ${worst.rule}`;
}

function quotePath(path: string): string {
  if (/^[\w./@+-]+$/.test(path)) return path;
  return printable(`'${path.replaceAll("'", String.raw`'\''`)}'`);
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  const plural = noun.endsWith('y')
    ? `${noun.slice(0, -1)}ies`
    : `${noun}${noun.endsWith('x') ? 'es' : 's'}`;
  return `${number} ${number === 1 ? noun : plural}`;
}
