import type { ConditionTrace, ElementTrace, StatementTrace, StoreAnswer } from '@sallyport/core';

import type { EvaluateReport } from '../../evaluate/report.ts';
import type { Role, Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';

/** The verdict, then statement by statement what was expected and what was presented. */
export function evaluateText(report: EvaluateReport, style: Style, quiet: boolean): string {
  const { decision, message, unmapped, token, stored, problems } = report;
  const head = `${style(verdictRole[decision.verdict], decision.verdict)}: ${printable(decision.reason)}\n`;
  if (quiet) return head;
  return [
    head,
    ...(message === undefined ? [] : [`  AWS says: ${printable(message)}\n`]),
    ...(token ? [`  signature: ${token.signature}\n`] : []),
    ...decision.assumptions.map((one) => `  assumed: ${printable(one)}\n`),
    ...problems.map(
      ({ file, line, column, code, message: text, fatal }) =>
        `  ${style(fatal ? 'error' : 'warning', fatal ? 'problem' : 'note')}[${code}] ${printable(file)}:${line}:${column}: ${printable(text)}\n`,
    ),
    ...decision.trace.map((one) => statementText(one, style)),
    ...(unmapped && unmapped.length > 0
      ? [`\nclaims that are no condition keys of AWS: ${printable(unmapped.join(', '))}\n`]
      : []),
    ...storedText(stored, style),
  ].join('');
}

/** Would IAM store it? Left out where no policy was one that stands in IAM. */
function storedText({ verdict, reasons, sizes }: StoreAnswer, style: Style): string[] {
  if (sizes.length === 0) return [];
  const shown = style(storeRole[verdict], storeWords[verdict]);
  return [
    `\n${style('strong', 'would IAM store it?')} ${shown}\n`,
    ...reasons.map(
      ({ code, policy, message }) =>
        `  ${code}${policy === undefined ? '' : ` ${printable(policy)}`}: ${printable(message)}\n`,
    ),
  ];
}

const storeWords = { accepted: 'yes', rejected: 'no', undecided: 'not known' } as const;
const storeRole = { accepted: 'added', rejected: 'error', undecided: 'warning' } as const;

const verdictRole: Readonly<Record<EvaluateReport['decision']['verdict'], Role>> = {
  allowed: 'added',
  denied: 'error',
  undecided: 'warning',
};

function statementText(trace: StatementTrace, style: Style): string {
  const sid = trace.sid === undefined || trace.sid === '' ? '' : ` "${trace.sid}"`;
  const title = `statement ${trace.statement + 1}${sid} of ${trace.policy} (${trace.layer})`;
  return [
    `\n${style('strong', printable(title))}: ${trace.effect}, ${matchedText(trace.matched)}\n`,
    ...trace.elements.map((one) => compared(one, one.element, [one.presented], style)),
    ...trace.conditions.map((one) =>
      compared(one, `${one.operator} ${one.key}`, one.presented ?? one.state, style),
    ),
  ].join('');
}

function compared(
  { result, expected, note }: ElementTrace | ConditionTrace,
  name: string,
  presented: readonly string[] | string,
  style: Style,
): string {
  const mark =
    result === true
      ? style('added', 'yes')
      : result === false
        ? style('error', 'no ')
        : style('warning', '?  ');
  const lists = typeof presented === 'string' ? `(${presented})` : listText(presented);
  return [
    `  ${mark} ${style('label', printable(name))}\n`,
    `        expected  ${listText(expected)}\n`,
    `        presented ${lists}\n`,
    ...(note === undefined ? [] : [`        note      ${printable(note)}\n`]),
  ].join('');
}

function matchedText(matched: StatementTrace['matched']): string {
  return matched === 'undecided' ? 'may match' : matched ? 'matches' : 'does not match';
}

function listText(values: readonly string[]): string {
  return values.length === 0 ? '(nothing)' : values.map((one) => printable(one)).join(' | ');
}
