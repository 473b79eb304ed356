import { redact } from '../../audit/redact.ts';
import { code, escapeMarkdown } from '../markdown-text.ts';
import { checklists, fixVerdict, placeOf, type FixReport } from './report.ts';

/** For a pull request or a job summary: what was done, what was left, the checklist. */
export function fixMarkdown(report: FixReport): string {
  const applied = report.results.flatMap((result) => result.applied);
  const skipped = report.results.flatMap((result) => result.skipped);
  return [
    `## Sallyport fix: ${fixVerdict(report)}\n\n`,
    ...applied.map((one) => `- ${code(placeOf(one))} ${escapeMarkdown(redact(one.title))}\n`),
    ...(skipped.length > 0
      ? [
          `\n<details><summary>${skipped.length} findings left</summary>\n\n`,
          ...skipped.map(
            (one) =>
              `- ${code(placeOf(one))} ${escapeMarkdown(redact(`${one.finding.rule}: ${one.reason}`))}\n`,
          ),
          '\n</details>\n',
        ]
      : []),
    ...checklists(report).flatMap(({ name, parts }) => [
      ...(name === '' ? [] : [`\n### ${escapeMarkdown(name)}\n`]),
      ...parts.flatMap(({ title, boxes }) => [
        `\n${name === '' ? '###' : '####'} ${title}\n\n`,
        ...boxes.map(
          ({ done, text }) => `- [${done ? 'x' : ' '}] ${escapeMarkdown(redact(text))}\n`,
        ),
      ]),
    ]),
  ].join('');
}
