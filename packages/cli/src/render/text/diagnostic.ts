import type { Location, Severity } from '@sallyport/core';

import type { ReportedFinding, Sources } from '../../audit/report.ts';
import type { Role, Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';
import { emptyRow, gutterOf, renderSnippet, type Layout } from './snippet.ts';

/** The words of compilers for severities: people know them, and editors match on them. */
export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** One finding as rustc and ruff print theirs: headline, place, quoted lines, help. */
export function renderDiagnostic(
  finding: ReportedFinding,
  sources: Sources,
  style: Style,
  columns: number,
  verbose: boolean = false,
): string {
  const gutter = gutterOf(finding.locations);
  const layout: Layout = { style, gutter, width: Math.max(40, columns - gutter - 3) };
  const level = levels[finding.severity];
  const rule = style.link(finding.rule, finding.helpUri);
  const headline = `${style(level, `${level}[${rule}]`)}${style('strong', `: ${printable(finding.message)}`)}`;
  return [
    headline,
    ...renderPlaces(finding, sources, layout),
    ...notes(finding, layout, verbose ? tokenLines(finding) : []),
    '',
  ].join('\n');
}

/** The primary file first, then the others in the order the rule names them. */
function renderPlaces({ locations }: ReportedFinding, sources: Sources, layout: Layout): string[] {
  const [primary] = locations;
  const files = [...new Set(locations.map((place) => place.file))];
  const margin = ' '.repeat(layout.gutter);
  return files.flatMap((file) => {
    const places = locations.filter((place) => place.file === file);
    const arrow = file === primary.file ? '-->' : ':::';
    const [first] = places;
    if (!first) return [];
    const source = sources(file);
    const rows = source ? renderSnippet(source, places, layout) : [];
    const at = source ? `:${first.startLine}:${first.startColumn}` : '';
    return [
      `${margin}${layout.style('gutter', arrow)} ${printable(file)}${at}`,
      ...(rows.length > 0 ? [emptyRow(layout), ...rows] : labelOf(places, layout)),
    ];
  });
}

/** A file that could not be read has no lines to stand over a label. */
function labelOf(places: readonly Location[], layout: Layout): string[] {
  return places
    .filter((place) => place.label !== '')
    .map((place) => `${emptyRow(layout)} ${printable(place.label)}`);
}

/** The claims of the token that shows a flaw of a trust policy. */
function tokenLines({ data }: ReportedFinding): string[] {
  const { witness } = data;
  if (typeof witness !== 'object' || witness === null || Array.isArray(witness)) return [];
  const claims = Object.entries(witness);
  const width = Math.max(0, ...claims.map(([name]) => name.length));
  return claims.map(([name, value]) => `${name.padEnd(width)}  ${JSON.stringify(value)}`);
}

function notes(
  { help, helpUri, fix }: ReportedFinding,
  layout: Layout,
  token: readonly string[],
): string[] {
  const row = (role: Role, name: string, text: string): string =>
    `${' '.repeat(layout.gutter)} ${layout.style('gutter', '=')} ${layout.style(role, `${name}:`)} ${printable(text)}`;
  const kind = fix && (fix.safe ? 'safe' : `unsafe${fix.reason ? `: ${fix.reason}` : ''}`);
  return [
    emptyRow(layout),
    ...token.map((line) => row('strong', 'token', line)),
    row('strong', 'help', help),
    ...(fix ? [row('strong', 'fix', `${fix.title} (${kind})`)] : []),
    row('strong', 'note', helpUri),
  ];
}
