import type { CaseProof } from '@sallyport/core';

import { formatsText, roleText, triggerText, type ProveReport } from '../../prove/report.ts';
import { code, escapeMarkdown } from '../markdown-text.ts';
import { migrationText } from './migration.ts';
import { beyondText, placeText, subjectOf, verdictText, witnessText } from './words.ts';

/** GitHub takes 65,536 characters for a comment; what is cut is counted. */
const limit = 60_000;
const tableRows = 100;

/** A table for a pull request, what is refused and why, and what the roles accept besides. */
export function proveMarkdown(report: ProveReport): string {
  const { proof, counts, repository, formats } = report;
  const words = Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([verdict, number]) => `${number} ${verdict}`);
  const parts = [
    `## Sallyport prove: ${words.join(', ') || 'no case'}\n\n${escapeMarkdown(`${repository.owner}/${repository.name}`)}, subjects ${formatsText(formats)}.\n`,
    ...table(proof.cases),
    ...proof.cases
      .filter(({ authentication }) => authentication.verdict !== 'allowed')
      .map((one) => details(one)),
    ...trust(report),
    ...others(report),
    ...(report.migration
      ? [`\n### Immutable subjects\n\n\`\`\`text\n${migrationText(report)}\`\`\`\n`]
      : []),
  ];
  let text = '';
  for (const [index, part] of parts.entries()) {
    if (text.length + part.length > limit)
      return `${text}\n${parts.length - index} more parts do not fit here.\n`;
    text += part;
  }
  return text;
}

function table(cases: readonly CaseProof[]): string[] {
  if (cases.length === 0) return ['\nNo job takes a role by OIDC.\n'];
  const rows = cases
    .slice(0, tableRows)
    .map((one) =>
      line([
        code(one.id),
        escapeMarkdown(triggerText(one)),
        code(roleText(one)),
        one.authentication.verdict,
        'not examined',
      ]),
    );
  const more = cases.length - rows.length;
  return [
    `\n${line(['case', 'trigger', 'role', 'authentication', 'authorization'])}${line(['---', '---', '---', '---', '---'])}`,
    ...rows,
    ...(more > 0 ? [`\n${more} more cases are not shown.\n`] : []),
  ];
}

function details(one: CaseProof): string {
  const { verdict, reasons, accepted, refused } = one.authentication;
  const tokens =
    verdict === 'sometimes'
      ? [
          ...(accepted ? [`- accepted: ${code(subjectOf(accepted))}\n`] : []),
          ...(refused ? [`- refused: ${code(subjectOf(refused))}\n`] : []),
        ]
      : [];
  return [
    `\n<details><summary>${verdict}: ${code(one.id)}: ${verdictText[verdict]}</summary>\n\n`,
    ...tokens,
    ...reasons.map(({ message, help, compared, at }) =>
      [
        `- ${escapeMarkdown(message)}${at ? ` (${code(placeText(at))})` : ''}\n`,
        ...(compared
          ? [
              `  - expected ${compared.expected.map((text) => code(text)).join(' or ') || 'nothing'}\n`,
              `  - presented ${compared.presented === undefined ? 'nothing' : code(compared.presented)}\n`,
            ]
          : []),
        ...(help === undefined ? [] : [`  - ${escapeMarkdown(help)}\n`]),
      ].join(''),
    ),
    '\n</details>\n',
  ].join('');
}

function trust({ proof }: ProveReport): string[] {
  const rows = proof.trust.flatMap(({ role, beyond }) =>
    beyond.map((one) =>
      line([code(role), beyondText[one.kind], code(witnessText(one)), code(placeText(one.at))]),
    ),
  );
  return rows.length === 0
    ? []
    : [
        '\n### Roles that accept more than is meant\n\n',
        line(['role', 'also accepts', 'for example', 'because of']),
        line(['---', '---', '---', '---']),
        ...rows,
      ];
}

function others({ proof }: ProveReport): string[] {
  const lines = [
    ...proof.unreached.map(
      ({ workflow, event, reason }) => `${workflow.file.path}: ${event}: ${reason}`,
    ),
    ...proof.idle.map(({ job, reason }) => `job ${job.id} is unreachable: ${reason}`),
    ...proof.deadArms.map(({ role, reason }) => `${role} is taken in no case: ${reason}`),
    ...proof.unfollowed.map(({ reason }) => `undecided: ${reason}`),
    ...proof.truncated.map(({ reason }) => `undecided: ${reason}`),
  ];
  return lines.length === 0
    ? []
    : ['\n### Besides\n\n', ...lines.map((text) => `- ${escapeMarkdown(text)}\n`)];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
