import { propose } from '@sallyport/core';
import type {
  AuditFinding,
  ExaminedPlace,
  FixOffer,
  InvalidInput,
  Location,
  RepositoryAudit,
} from '@sallyport/core';

import type { Fingerprints } from './fingerprint.ts';
import { redact, redactData } from './redact.ts';
import type { Counts, ExaminedKey, InvalidFile, ReportedFinding } from './report.ts';

/** Takes a finding out of the model, so that the model can be forgotten, and masks secrets in it. */
export function reportedFinding(
  finding: AuditFinding,
  audit: RepositoryAudit,
  fingerprints?: Fingerprints,
): ReportedFinding {
  const { subject: _model, locations, ...rest } = finding;
  const [primary, ...related] = locations;
  const fingerprint = fingerprints?.of(finding);
  const fix = offerOf(finding, audit);
  return {
    ...rest,
    message: redact(finding.message),
    help: redact(finding.help),
    locations: [redactLabel(primary), ...related.map(redactLabel)],
    data: redactData(finding.data),
    ...(fix ? { fix } : {}),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

function redactLabel(place: Location): Location {
  return { ...place, label: redact(place.label) };
}

/** What `sallyport fix` would do about a finding. */
function offerOf(
  finding: AuditFinding,
  { context, findings }: RepositoryAudit,
): FixOffer | undefined {
  const proposal = finding.fix ?? propose(finding, { ...context, findings });
  if (!proposal) return undefined;
  const { title, safe, reason } = proposal;
  return {
    title: redact(title),
    safe,
    ...(reason === undefined ? {} : { reason: redact(reason) }),
  };
}

/** A key-like place as lines and columns. */
export function examinedKey(place: ExaminedPlace): ExaminedKey {
  const { line, column } = place.file.lines.position(place.range.start);
  const { name, part, reason } = place;
  return {
    file: place.file.path,
    line,
    column,
    name: redact(name),
    part,
    class: place.class,
    reason: redact(reason),
  };
}

/** What could not be examined, as lines and columns. */
export function invalidFile({
  path,
  code,
  message,
  fatal,
  file,
  range,
}: InvalidInput): InvalidFile {
  const at = file && range ? file.lines.position(range.start) : undefined;
  return { file: path, code, message: redact(message), fatal, ...at };
}

/** Counts what was asked for, not what was only read to follow calls. */
export function countsOf({ repository, context }: RepositoryAudit): Counts {
  const selected = repository.input.selected;
  const counted = (file: { readonly path: string }): boolean => selected?.has(file.path) ?? true;
  const workflows = repository.workflows.filter(({ file }) => counted(file));
  const actions = repository.actions.filter(({ file }) => counted(file));
  const jobs = workflows.flatMap((workflow) => workflow.jobs);
  const steps = [...jobs, ...actions].reduce((sum, owner) => sum + owner.steps.length, 0);
  return {
    workflows: workflows.length,
    actions: actions.length,
    jobs: jobs.length,
    steps,
    policies: context.policies.files.filter(counted).length,
    roles: context.policies.roles.filter(({ file }) => counted(file)).length,
  };
}
