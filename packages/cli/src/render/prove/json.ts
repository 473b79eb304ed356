import type { CaseProof, Comparison, NameSet, Place, Reason, TokenExample } from '@sallyport/core';

import { redact } from '../../audit/redact.ts';
import { formatsText, type ProveReport } from '../../prove/report.ts';
import { version } from '../../version.ts';
import { safeJson, schemaVersion } from '../json.ts';
import { claimRows } from './words.ts';

/** DESIGN section 5: `prove`. */
export function proveJson(report: ProveReport): string {
  const { proof, repository, counts, formats, notes, invalid, exitCode } = report;
  return `${safeJson({
    schemaVersion,
    tool: { name: 'sallyport', version },
    command: 'prove',
    summary: { ...counts, cases: proof.cases.length, subjects: formatsText(formats), exitCode },
    repository: {
      name: `${repository.owner}/${repository.name}`,
      ...(repository.ownerId === undefined ? {} : { ownerId: repository.ownerId }),
      ...(repository.id === undefined ? {} : { id: repository.id }),
    },
    cases: proof.cases.map((one) => caseJson(one)),
    trust: proof.trust.map(({ role, at, intended, beyond, open, unused }) => ({
      role,
      location: placeJson(at),
      intended,
      findings: beyond.map(({ kind, witness, at: place }) => ({
        class: kind,
        witness: tokenJson(witness),
        condition: placeJson(place),
      })),
      undecided: open.map(({ kind, reason }) => ({ class: kind, reason })),
      unused: unused.map(({ subject, at: place }) => ({ subject, location: placeJson(place) })),
    })),
    unreachable: [
      ...proof.unreached.map(({ workflow, event, reason, at, extent }) => ({
        workflow: workflow.file.path,
        trigger: event,
        reason,
        extent,
        location: placeJson(at),
      })),
      ...proof.idle.map(({ workflow, job, reason, at }) => ({
        workflow: workflow.file.path,
        job: job.id,
        reason,
        location: placeJson(at),
      })),
    ],
    deadArms: proof.deadArms.map(({ workflow, job, role, reason, at }) => ({
      workflow: workflow.file.path,
      job: job.id,
      role,
      reason,
      location: placeJson(at),
    })),
    notOidc: proof.notOidc.map(({ workflow, job, reason, at }) => ({
      workflow: workflow.file.path,
      job: job.id,
      reason,
      location: placeJson(at),
    })),
    undecided: [
      ...proof.unfollowed.map(({ workflow, reason, at }) => ({
        workflow: workflow.file.path,
        reason,
        location: placeJson(at),
      })),
      ...proof.truncated.map(({ workflow, reason }) => ({ workflow: workflow.file.path, reason })),
    ],
    unusedEnvironments: proof.unusedEnvironments,
    assumptions: proof.assumptions,
    inputs: { invalid },
    notes,
  })}\n`;
}

function caseJson(one: CaseProof): object {
  const { case: found, id, authentication, claims, assumptions, at } = one;
  const { verdict, reasons, accepted, refused, formats } = authentication;
  const { run, environment, role, callers, job } = found;
  return {
    id,
    workflow: found.workflow.file.path,
    job: [...callers, job].map((part) => part.id).join('/'),
    location: placeJson(at),
    trigger: {
      event: run.event,
      ...(run.refs.length === 0 ? {} : { ref: run.refs.map(nameText).join(' ') }),
      inputs: Object.fromEntries(run.inputs),
      condition: run.condition,
    },
    ...(environment.kind === 'none'
      ? {}
      : {
          environment: nameText(environment.name),
          environmentMayBeEmpty: environment.kind === 'either',
        }),
    claims: Object.fromEntries(claimRows(claims)),
    role:
      role.kind === 'known'
        ? { arn: role.arn, account: role.account, via: role.via }
        : { unknown: role.kind === 'unknown' ? role.decidedBy : 'none', reason: role.reason },
    authentication: {
      verdict,
      reasons: reasons.map((reason) => reasonJson(reason)),
      ...(accepted ? { accepted: tokenJson(accepted) } : {}),
      ...(refused ? { refused: tokenJson(refused) } : {}),
      ...(formats.length > 1
        ? { formats: Object.fromEntries(formats.map((of) => [of.format.kind, of.verdict])) }
        : {}),
    },
    authorization: { verdict: 'not-examined', needs: [], missing: [], unknown: [] },
    assumptions,
  };
}

function reasonJson({ code, message, help, at, compared }: Reason): object {
  return {
    code,
    message: redact(message),
    ...(help === undefined ? {} : { help }),
    ...(at ? { location: placeJson(at) } : {}),
    ...(compared ? { condition: comparisonJson(compared) } : {}),
  };
}

function comparisonJson({ operator, key, expected, presented, result, note }: Comparison): object {
  return {
    operator,
    key,
    expected,
    presented: presented ?? null,
    result,
    ...(note === undefined ? {} : { note }),
  };
}

function tokenJson({ claims, documented, notes, format }: TokenExample): object {
  return { claims: Object.fromEntries(claimRows(claims)), format: format.kind, documented, notes };
}

function nameText(set: NameSet): string {
  if (set.kind === 'exact') return set.value;
  if (set.kind === 'filter') return set.prefix + set.patterns.join(',');
  return set.pieces.map((one) => (typeof one === 'string' ? one : '*')).join('');
}

function placeJson({ file, range }: Place): object {
  const start = file.lines.position(range.start);
  const end = file.lines.position(range.end);
  return {
    file: file.path,
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
