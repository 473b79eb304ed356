import { type CaseProof, type Comparison, type Reason } from '@sallyport/core';

import { formatsText, roleText, triggerText, type ProveReport } from '../../prove/report.ts';
import type { Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';
import { displayWidth } from '../../terminal/width.ts';
import { migrationText } from './migration.ts';
import {
  beyondText,
  placeText,
  subjectOf,
  verdictRole,
  verdictText,
  witnessText,
} from './words.ts';

/** The matrix of cases, why some are refused, what the roles accept besides, and the verdict. */
export function proveText(
  report: ProveReport,
  style: Style,
  { verbose, quiet }: { readonly verbose: boolean; readonly quiet: boolean },
): string {
  const { proof, repository, formats } = report;
  const { cases } = proof;
  const shown = verbose ? cases : cases.filter((one) => one.authentication.verdict !== 'allowed');
  return [
    ...(quiet
      ? []
      : [
          `${style('strong', printable(`${repository.owner}/${repository.name}`))}: ${count(cases.length, 'case')}, subjects ${formatsText(formats)}\n\n`,
        ]),
    matrixText(cases, style),
    ...(verbose ? shown.map((one) => [one]) : alike(shown)).map(
      (group) => `\n${groupText(group, style)}`,
    ),
    ...besides(report, style),
    ...(report.migration ? [`\n${migrationText(report)}`] : []),
    `\n${summaryLine(report, style)}`,
  ].join('');
}

function matrixText(cases: readonly CaseProof[], style: Style): string {
  if (cases.length === 0) return 'no job takes a role by OIDC\n';
  const rows = cases.map((one, index) => [
    String(index + 1),
    one.id,
    triggerText(one),
    one.case.environment.kind === 'none' ? '' : environmentText(one),
    shortRole(roleText(one)),
    one.authentication.verdict,
    'not examined',
  ]);
  const head = ['#', 'case', 'trigger', 'environment', 'role', 'authentication', 'authorization'];
  const columns = head
    .map((_, index) => index)
    .filter((index) => index !== 3 || rows.some((row) => row[3] !== ''));
  const widths = columns.map((index) =>
    Math.min(
      // Names of cases are what --explain takes: they are never cut.
      index === 2 || index === 3 ? 40 : Infinity,
      Math.max(...[head, ...rows].map((row) => displayWidth(printable(row[index] ?? '')))),
    ),
  );
  const line = (row: readonly string[], paint: (text: string, index: number) => string): string =>
    `${columns
      .map((index, at) => paint(padded(row[index] ?? '', widths[at] ?? 0), index))
      .join('  ')
      .trimEnd()}\n`;
  return [
    line(head, (text) => style('dim', text)),
    ...rows.map((row, index) =>
      line(row, (text, column) =>
        column === 5
          ? style(verdictRole[cases[index]?.authentication.verdict ?? 'undecided'], text)
          : text,
      ),
    ),
  ].join('');
}

function padded(text: string, width: number): string {
  let shown = printable(text);
  if (displayWidth(shown) > width) shown = `${shown.slice(0, Math.max(0, width - 3))}...`;
  return shown + ' '.repeat(Math.max(0, width - displayWidth(shown)));
}

/** A role by account and name: ARNs make every table too wide. */
function shortRole(arn: string): string {
  const [, account, name] = /^arn:[^:]*:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  return account === undefined || name === undefined ? arn : `${account}/${name}`;
}

function environmentText({ case: { environment } }: CaseProof): string {
  if (environment.kind === 'none') return '';
  const { name } = environment;
  const text =
    name.kind === 'exact'
      ? name.value
      : name.kind === 'filter'
        ? name.patterns.join(', ')
        : name.pieces.map((one) => (typeof one === 'string' ? one : '*')).join('');
  return environment.kind === 'either' ? `${text} or none` : text;
}

/** Cases of one verdict for the same reasons, as long as these say nothing of the single token. */
function alike(cases: readonly CaseProof[]): readonly (readonly CaseProof[])[] {
  const groups = new Map<string, CaseProof[]>();
  for (const one of cases) {
    const { verdict, reasons, accepted, refused } = one.authentication;
    const single = accepted || refused || reasons.some(({ compared }) => compared);
    const texts = reasons.map(({ code, message, help }) => [code, message, help]);
    const key = single ? one.id : JSON.stringify([verdict, roleText(one), texts, one.assumptions]);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

/** More cases than this are counted, not named: `--verbose` shows each. */
const maxNamed = 8;

/** Several cases, and what holds for all of them. */
function groupText(group: readonly CaseProof[], style: Style): string {
  const [first, ...others] = group;
  if (!first) return '';
  if (others.length === 0) return caseText(first, style);
  const { verdict, reasons } = first.authentication;
  const named = group.slice(0, maxNamed).map((one) => {
    const subject = one.claims.get('sub');
    const token = subject === undefined ? '' : `  ${subject}`;
    return row(style, '-->', `${one.id}  (${placeText(one.at)})${token}`);
  });
  const left = group.length - named.length;
  return [
    `${style(verdictRole[verdict], verdict)}${style('strong', `: ${count(group.length, 'case')}`)}: ${verdictText[verdict]}\n`,
    ...named,
    ...(left > 0 ? [row(style, '', `and ${left} more: see the table, or --verbose`)] : []),
    row(style, 'role', roleText(first)),
    ...reasons.map((reason) => reasonText(reason, style)),
    ...first.assumptions.map((text) => row(style, 'assumed', text)),
  ].join('');
}

/** One case: where it is, its token, why it is not allowed, what can be done. */
function caseText(one: CaseProof, style: Style): string {
  const { authentication, assumptions, case: found } = one;
  const { verdict, accepted, refused, reasons } = authentication;
  const rows: string[] = [
    `${style(verdictRole[verdict], verdict)}${style('strong', `: ${printable(one.id)}`)}: ${verdictText[verdict]}\n`,
    row(style, '-->', placeText(one.at)),
    row(style, 'role', roleText(one)),
  ];
  if (found.run.condition !== '') rows.push(row(style, 'when', found.run.condition));
  const subject = one.claims.get('sub');
  if (subject !== undefined && verdict !== 'sometimes') rows.push(row(style, 'token', subject));
  if (verdict === 'sometimes' || verdict === 'undecided') {
    if (accepted) rows.push(row(style, 'accepted', subjectOf(accepted)));
    if (refused) rows.push(row(style, 'refused', subjectOf(refused)));
  }
  rows.push(...reasons.map((reason) => reasonText(reason, style)));
  rows.push(...assumptions.map((text) => row(style, 'assumed', text)));
  return rows.join('');
}

/** A reason; a comparison stands below it, expected above presented. */
function reasonText({ message, help, at, compared, code }: Reason, style: Style): string {
  const rows = compared
    ? [
        row(
          style,
          'why',
          `${compared.statement}: ${compared.operator}${compared.key === compared.operator ? '' : ` on ${compared.key}`}`,
        ),
        ...comparedRows(compared, style),
      ]
    : [row(style, 'why', `${message} [${code}]`)];
  if (at) rows.push(row(style, 'at', placeText(at)));
  if (help !== undefined) rows.push(row(style, 'help', help));
  return rows.join('');
}

/** Expected above presented, so that the eye finds the difference. */
export function comparedRows(
  { expected, presented, note }: Comparison,
  style: Style,
): readonly string[] {
  return [
    ...(expected.length === 0 ? ['(nothing)'] : expected).map((value, index) =>
      row(style, index === 0 ? '  expected' : '', value),
    ),
    row(style, '  presented', presented ?? '(the token has no such claim)'),
    ...(note === undefined ? [] : [row(style, '  note', note)]),
  ];
}

function row(style: Style, name: string, text: string): string {
  return `  ${style('gutter', name.padEnd(11))} ${printable(text)}\n`;
}

function wideRow(style: Style, name: string, text: string): string {
  return `  ${style('gutter', name.padEnd(widestBeyond))}  ${printable(text)}\n`;
}

const widestBeyond = Math.max(...Object.values(beyondText).map(({ length }) => length));

/** What is not about one case: roles that accept more, triggers that reach nothing, dead arms. */
function besides({ proof, notes: _notes }: ProveReport, style: Style): string[] {
  const warn = (text: string): string => `\n${style('warning', 'warning')}: ${printable(text)}\n`;
  const note = (text: string): string => `\n${style('note', 'note')}: ${printable(text)}\n`;
  const lines: string[] = [];
  for (const { role, beyond, unused, open, intended } of proof.trust) {
    if (beyond.length > 0) {
      lines.push(
        warn(
          `${role} also accepts tokens that ${intended === 'cases' ? 'no job here needs' : 'the configuration does not name'}`,
        ),
        ...beyond.map((one) =>
          wideRow(style, beyondText[one.kind], `${witnessText(one)}  (${placeText(one.at)})`),
        ),
      );
    }
    for (const { kind, reason } of open)
      lines.push(note(`whether ${role} accepts ${beyondText[kind]} is not decided: ${reason}`));
    for (const { subject, at } of unused)
      lines.push(note(`${role} trusts "${subject}", which no case presents (${placeText(at)})`));
  }
  for (const { workflow, event, reason, at, extent } of proof.unreached)
    lines.push(
      note(
        `${workflow.file.path}: ${event} ${extent === 'all' ? 'reaches no job with a role' : 'does not always reach a job with a role'}: ${reason} (${placeText(at)})`,
      ),
    );
  for (const { job, reason, at } of proof.idle)
    lines.push(note(`job "${job.id}" is unreachable: ${reason} (${placeText(at)})`));
  for (const { role, reason, at } of proof.deadArms)
    lines.push(note(`${role} is taken in no case: ${reason} (${placeText(at)})`));
  for (const { job, reason, at } of proof.notOidc)
    lines.push(note(`job "${job.id}": ${reason} (${placeText(at)})`));
  for (const { reason, at } of proof.unfollowed)
    lines.push(warn(`undecided: ${reason} (${placeText(at)})`));
  for (const { workflow, reason } of proof.truncated)
    lines.push(warn(`undecided: ${workflow.file.path}: ${reason}`));
  if (proof.unusedEnvironments.length > 0)
    lines.push(
      note(
        `no job names these environments of the configuration: ${proof.unusedEnvironments.join(', ')}`,
      ),
    );
  return lines;
}

function summaryLine({ counts, proof }: ProveReport, style: Style): string {
  const parts = (['allowed', 'denied', 'sometimes', 'undecided'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => style(verdictRole[verdict], `${counts[verdict]} ${verdict}`));
  const assumed = proof.assumptions.map((text) => `assumed: ${printable(text)}\n`).join('');
  return `${parts.length === 0 ? 'no case' : parts.join(', ')}\n${assumed}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
