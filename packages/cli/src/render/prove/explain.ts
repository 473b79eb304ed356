import type { CaseProof } from '@sallyport/core';

import { roleText, triggerText } from '../../prove/report.ts';
import type { Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';
import { comparedRows } from './text.ts';
import { claimRows, placeText, verdictRole, verdictText } from './words.ts';

/** Everything of one case: the token, the policy, and condition by condition what meets what. */
export function explainText(one: CaseProof, style: Style): string {
  const { authentication, comparisons, assumptions, role } = one;
  const { verdict, accepted, refused, reasons, formats } = authentication;
  const claims = claimRows(one.claims).filter(([, value]) => value !== '');
  const width = Math.max(0, ...claims.map(([name]) => name.length));
  const title = (text: string): string => `\n${style('strong', text)}\n`;
  const tokens = [
    ...(accepted ? [['a token that is accepted', accepted] as const] : []),
    ...(refused ? [['a token that is refused', refused] as const] : []),
  ];
  return [
    `${style(verdictRole[verdict], verdict)}${style('strong', `: ${printable(one.id)}`)}: ${verdictText[verdict]}\n`,
    `  ${printable(placeText(one.at))}\n`,
    `  ${printable(triggerText(one))}${one.case.run.condition === '' ? '' : `: ${printable(one.case.run.condition)}`}\n`,
    `  ${printable(roleText(one))}${role ? ` (${printable(placeText(role))})` : ''}\n`,
    title('claims of its token ({name}: only a run tells)'),
    ...claims.map(([name, value]) => `  ${printable(name.padEnd(width))}  ${printable(value)}\n`),
    ...(formats.length > 1
      ? [
          title('by the format of subjects'),
          ...formats.map(({ format, verdict: of }) => `  ${format.kind.padEnd(10)} ${of}\n`),
        ]
      : []),
    ...tokens.flatMap(([name, token]) => [
      title(name),
      `  ${printable(token.claims.get('sub') ?? '')}\n`,
      ...token.notes.map((note) => `  note: ${printable(note)}\n`),
    ]),
    ...(comparisons.length > 0
      ? [
          title('the trust policy, part by part'),
          ...comparisons.flatMap((compared) => [
            `  ${mark(compared.result, style)} ${printable(`${compared.statement}: ${compared.operator}${compared.key === compared.operator ? '' : ` ${compared.key}`}`)}\n`,
            ...comparedRows(compared, style),
          ]),
        ]
      : []),
    ...(reasons.length > 0
      ? [
          title('why'),
          ...reasons.flatMap(({ message, help, at, code }) => [
            `  ${printable(message)} [${code}]${at ? ` (${printable(placeText(at))})` : ''}\n`,
            ...(help === undefined ? [] : [`    help: ${printable(help)}\n`]),
          ]),
        ]
      : []),
    ...(assumptions.length > 0
      ? [title('taken for granted'), ...assumptions.map((text) => `  ${printable(text)}\n`)]
      : []),
  ].join('');
}

function mark(result: 'true' | 'false' | 'undecided', style: Style): string {
  if (result === 'true') return style('added', 'yes');
  return result === 'false' ? style('error', 'no ') : style('warning', '?  ');
}
