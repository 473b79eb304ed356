import { bySeverity } from '@sallyport/core';

import type { InvalidFile, ReportedFinding } from '../audit/report.ts';
import { printable } from '../terminal/safe.ts';
import type { Renderer } from './renderer.ts';
import { levels } from './text/diagnostic.ts';
import { examinedLine, verdictText } from './text/summary.ts';

/**
 * Annotations of a GitHub run
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands). GitHub shows ten
 * of each kind per step, so the worst come first.
 */
export function githubRenderer(): Renderer {
  return {
    repository: () => '',
    end: ({ repositories, summary }) => {
      const findings = repositories.flatMap((report) => report.findings).toSorted(bySeverity);
      // What could not be read has a finding too, unless its rule did not run.
      const reported = new Set(findings.map((finding) => finding.locations[0].file));
      const invalid = repositories
        .flatMap((report) => report.invalid)
        .filter(({ file }) => !reported.has(file));
      return [
        ...findings.map(annotation),
        ...invalid.map(invalidAnnotation),
        `sallyport: ${verdictText(summary)}; ${examinedLine(summary)}`,
        '',
      ].join('\n');
    },
  };
}

function annotation(finding: ReportedFinding): string {
  const [{ file, startLine, endLine, startColumn, endColumn }] = finding.locations;
  const level = levels[finding.severity];
  const properties: Record<string, string | number> = {
    file,
    line: startLine,
    endLine,
    col: startColumn,
    // GitHub refuses columns for a range over several lines.
    ...(endLine === startLine ? { endColumn: Math.max(startColumn, endColumn - 1) } : {}),
    title: finding.rule,
  };
  if (endLine !== startLine) delete properties['col'];
  return command(
    level === 'note' ? 'notice' : level,
    properties,
    `${finding.message}\nhelp: ${finding.help}\n${finding.helpUri}`,
  );
}

function invalidAnnotation({ file, code, message, line }: InvalidFile): string {
  return command(
    'error',
    { file, line: line ?? 1, title: code },
    `could not be examined in full: ${message}`,
  );
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const list = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeProperty(String(value))}`,
  );
  const lines = message.split('\n').map(printable).join('\n');
  return `::${name} ${list.join(',')}::${escapeData(lines)}`;
}

/** ATTACKER: a line feed would start a command of the attacker's own (github.com/actions/toolkit, command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
