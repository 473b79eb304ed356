import type { CaseProof, CaseVerdict, Place } from '@sallyport/core';

import type { ProveReport } from '../../prove/report.ts';
import { version } from '../../version.ts';
import { safeJson } from '../json.ts';
import { artifact, escapeLinks } from '../sarif.ts';
import { beyondText, subjectOf, witnessText } from './words.ts';

/** The results' rules; their order is their index. */
const rules = [
  { id: 'prove/denied', text: 'A job is refused its role', level: 'error' },
  { id: 'prove/sometimes', text: 'A job is refused its role in some of its runs', level: 'error' },
  {
    id: 'prove/undecided',
    text: 'What was given does not decide whether a job gets its role',
    level: 'warning',
  },
  { id: 'prove/beyond', text: 'A role accepts tokens that it is not meant to', level: 'warning' },
  { id: 'prove/unreachable', text: 'A trigger reaches no job with a role', level: 'note' },
] as const;

type RuleId = (typeof rules)[number]['id'];

const ofVerdict: Readonly<Record<CaseVerdict, RuleId | undefined>> = {
  allowed: undefined,
  denied: 'prove/denied',
  sometimes: 'prove/sometimes',
  undecided: 'prove/undecided',
};

/** SARIF 2.1.0 with the step as the place and the policy's condition as the related one. */
export function proveSarif(report: ProveReport): string {
  const { proof, exitCode, notes } = report;
  const results = [
    ...proof.cases.flatMap((one) => caseResult(one)),
    ...proof.trust.flatMap(({ role, beyond }) =>
      beyond.map((one) =>
        result(
          'prove/beyond',
          `${role} also accepts ${beyondText[one.kind]}, for example ${witnessText(one)}`,
          one.at,
          [],
        ),
      ),
    ),
    ...proof.unreached.map(({ event, reason, at }) =>
      result('prove/unreachable', `${event}: ${reason}`, at, []),
    ),
    ...proof.idle.map(({ job, reason, at }) =>
      result('prove/unreachable', `job "${job.id}" is unreachable: ${reason}`, at, []),
    ),
  ].toSorted((a, b) => a.ruleIndex - b.ruleIndex);
  return `${safeJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Sallyport',
            semanticVersion: version,
            informationUri: 'https://github.com/sallyport-dev/sallyport',
            rules: rules.map(({ id, text, level }) => ({
              id,
              shortDescription: { text },
              defaultConfiguration: { level },
            })),
          },
        },
        automationDetails: { id: 'sallyport/prove/' },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: exitCode <= 1,
            exitCode,
            toolExecutionNotifications: notes.map(({ about, reason, path }) => ({
              level: 'note',
              descriptor: { id: about },
              message: {
                text: escapeLinks(`${about}${path === undefined ? '' : ` (${path})`}: ${reason}`),
              },
            })),
          },
        ],
        results,
      },
    ],
  })}\n`;
}

interface Result {
  readonly ruleId: RuleId;
  readonly ruleIndex: number;
}

function caseResult(one: CaseProof): Result[] {
  const { verdict, reasons, refused } = one.authentication;
  const rule = ofVerdict[verdict];
  if (rule === undefined) return [];
  const why = reasons.map(({ message }) => message).join('; ');
  const token = refused ? ` Token: ${subjectOf(refused)}.` : '';
  const related = reasons.flatMap(({ at, message }) => (at ? [{ at, text: message }] : []));
  return [result(rule, `${one.id} is ${verdict}: ${why}.${token}`, one.at, related)];
}

function result(
  id: RuleId,
  text: string,
  at: Place,
  related: readonly { readonly at: Place; readonly text: string }[],
): Result {
  const ruleIndex = rules.findIndex((one) => one.id === id);
  const made = {
    ruleId: id,
    ruleIndex,
    level: rules[ruleIndex]?.level ?? 'warning',
    message: { text: escapeLinks(text) },
    locations: [physical(at)],
    ...(related.length > 0
      ? {
          relatedLocations: related.map((one, index) => ({
            id: index,
            ...physical(one.at),
            message: { text: escapeLinks(one.text) },
          })),
        }
      : {}),
  };
  return made;
}

function physical({ file, range }: Place): object {
  const start = file.lines.position(range.start);
  const end = file.lines.position(range.end);
  return {
    physicalLocation: {
      artifactLocation: artifact(file.path),
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      },
    },
  };
}
