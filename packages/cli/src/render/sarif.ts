import {
  bySeverity,
  helpUri,
  rules,
  type Location,
  type Rule,
  type Severity,
} from '@sallyport/core';

import type { InvalidFile, ReportedFinding, ReportNote } from '../audit/report.ts';
import { version } from '../version.ts';
import { safeJson } from './json.ts';
import type { Renderer, RunReport } from './renderer.ts';

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) as GitHub's code scanning reads it
 * (https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 */
export function sarifRenderer(): Renderer {
  return { repository: () => '', end: (run) => `${safeJson(sarifLog(run))}\n` };
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** GitHub's bands: over 7.0 high, 4.0 to 6.9 medium, 0.1 to 3.9 low. */
const scores: Readonly<Record<Severity, string>> = {
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '1.0',
};

function sarifLog(run: RunReport): unknown {
  const shown = run.repositories.flatMap((report) => report.findings);
  const hidden = run.repositories.flatMap((report) => [
    ...report.suppressed.map((finding) => ({ finding, suppression: { kind: 'inSource' } })),
    ...report.known.map((finding) => ({
      finding,
      suppression: { kind: 'external', justification: 'known to the baseline' },
    })),
  ]);
  const used = rules.filter(({ id }) =>
    [...shown, ...hidden.map(({ finding }) => finding)].some(({ rule }) => rule === id),
  );
  const indexes = new Map(used.map(({ id }, index) => [id, index]));
  // GitHub shows the first 5,000 results: the worst must be among them.
  const results = [
    ...shown.toSorted(bySeverity).map((finding) => result(finding, indexes)),
    ...hidden
      .toSorted((a, b) => bySeverity(a.finding, b.finding))
      .map(({ finding, suppression }) => ({
        ...result(finding, indexes),
        suppressions: [suppression],
      })),
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Sallyport',
            semanticVersion: version,
            informationUri: 'https://github.com/sallyport-dev/sallyport',
            rules: used.map(reportingDescriptor),
          },
        },
        automationDetails: { id: 'sallyport/audit/' },
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(run)],
        results,
      },
    ],
  };
}

function reportingDescriptor({ id, title, severity, confidence, plane }: Rule): unknown {
  return {
    id,
    shortDescription: { text: title },
    helpUri: helpUri(id),
    help: { text: `See ${helpUri(id)} for what this means and how to cure it.` },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      'security-severity': scores[severity],
      precision: confidence,
      tags: ['security', ...(plane ? [plane] : [])],
    },
  };
}

function result(finding: ReportedFinding, indexes: ReadonlyMap<string, number>): object {
  const [primary, ...related] = finding.locations;
  return {
    ruleId: finding.rule,
    ruleIndex: indexes.get(finding.rule) ?? -1,
    level: levels[finding.severity],
    message: { text: escapeLinks(`${capital(finding.message)}. ${capital(finding.help)}.`) },
    locations: [physical(primary)],
    ...(related.length > 0
      ? {
          relatedLocations: related.map((at, id) => ({
            id,
            ...physical(at),
            message: { text: escapeLinks(at.label || 'related') },
          })),
        }
      : {}),
    ...(finding.fingerprint === undefined
      ? {}
      : { partialFingerprints: { 'sallyport/v1': finding.fingerprint } }),
    properties: {
      confidence: finding.confidence,
      severity: finding.severity,
      ...(finding.plane ? { plane: finding.plane } : {}),
    },
  };
}

function physical({ file, startLine, startColumn, endLine, endColumn }: Location): object {
  return {
    physicalLocation: {
      artifactLocation: artifact(file),
      region: { startLine, startColumn, endLine, endColumn },
    },
  };
}

/** A path as a relative URI: every part encoded, `..` and `/` kept. */
export function artifact(file: string): object {
  return {
    uri: file
      .split('/')
      .map((part) => encodeURIComponent(wellFormed(part)))
      .join('/'),
  };
}

function invocation({ repositories, notes, summary }: RunReport): object {
  const invalid = repositories.flatMap((report) => report.invalid);
  const all = [...notes, ...repositories.flatMap((report) => report.notes)];
  return {
    executionSuccessful: summary.exitCode <= 1,
    exitCode: summary.exitCode,
    toolExecutionNotifications: [...invalid.map(invalidNotification), ...all.map(noteNotification)],
  };
}

function invalidNotification({ file, code, message, line, column }: InvalidFile): object {
  const region =
    line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } };
  return {
    level: 'error',
    descriptor: { id: code },
    message: { text: escapeLinks(`${file} could not be examined in full: ${message}`) },
    locations: [{ physicalLocation: { artifactLocation: artifact(file), ...region } }],
  };
}

function noteNotification({ about, path, reason }: ReportNote): object {
  const where = path === undefined ? '' : ` (${path})`;
  return {
    level: 'note',
    descriptor: { id: about },
    message: { text: escapeLinks(`${about}${where}: ${reason}`) },
  };
}

/**
 * ATTACKER: `[text](1)` in a SARIF message is a link, and `{0}` an argument (sections 3.11.5 and
 * 3.11.6). Only these are escaped: viewers show the escapes of `${{ }}` and `[x]` as they are written.
 */
export function escapeLinks(text: string): string {
  return wellFormed(text)
    .replaceAll(/\[([^\]]*)\](?=\()/g, String.raw`\[$1\]`)
    .replaceAll(/\{(\d+)\}/g, '{{$1}}');
}

/** Lone surrogates are no text: neither a URI nor every reader of JSON takes them. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
