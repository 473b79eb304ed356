import type { RepositoryAudit } from '../audit/run.ts';
import { isReal, secretsOf } from '../credentials/credentials.ts';
import type { KeyGroup } from '../credentials/place.ts';
import { roleVariable } from '../fix/role-name.ts';
import type { Job, Workflow } from '../workflow/model.ts';
import { tokenGrants } from '../workflow/token.ts';
import type {
  AuthenticationMode,
  FamilyRow,
  RepositoryRow,
  Rollup,
  RollupVerdict,
  WorkflowRow,
} from './row.ts';

/** A line that refers to a long-lived key, for whoever can tell since when it stands there. */
export interface KeyLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** ISO dates by `path:line`. */
export type LineDates = ReadonlyMap<string, string>;

/** The lines with long-lived keys of a repository, sorted and without repetition. */
export function keyLines(audit: RepositoryAudit): KeyLine[] {
  const lines = new Map<string, KeyLine>();
  for (const group of audit.context.credentials.groups.filter(isReal)) {
    for (const place of group.places) {
      const { line } = place.file.lines.position(place.range.start);
      lines.set(`${place.file.path}:${line}`, { path: place.file.path, line });
    }
  }
  return [...lines.values()];
}

/** Rolls audits up: per repository, per family of workflows, per workflow. */
export function rollUp(audits: readonly RepositoryAudit[], dates: LineDates = new Map()): Rollup {
  const repositories = audits.map((audit) => repositoryRow(audit, dates));
  const workflows = repositories.flatMap((one) => one.workflows);
  const modes = countModes(workflows);
  return {
    repositories,
    modes,
    awsWorkflows: workflows.length - modes.none,
    ...since(workflows),
    verdict: verdictOf(modes),
  };
}

function verdictOf(modes: Readonly<Record<AuthenticationMode, number>>): RollupVerdict {
  if (modes.static + modes.mixed === 0) return modes.oidc + modes.other === 0 ? 'nothing' : 'clean';
  return modes.oidc + modes.mixed > 0 ? 'finish' : 'migrate';
}

function repositoryRow(audit: RepositoryAudit, dates: LineDates): RepositoryRow {
  const { repository, findings } = audit;
  const workflows = repository.workflows
    .filter((workflow) => repository.input.selected?.has(workflow.file.path) ?? true)
    .map((workflow) => workflowRow(workflow, audit, dates));
  const families = [...new Set(workflows.map((row) => row.family))].toSorted();
  const count = (severity: string): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    name: repository.input.name,
    mode: combined(workflows.map((row) => row.mode)),
    families: families.map((family) =>
      familyRow(
        family,
        workflows.filter((row) => row.family === family),
      ),
    ),
    workflows,
    findings: {
      high: count('high'),
      medium: count('medium'),
      low: count('low'),
      info: count('info'),
    },
  };
}

function workflowRow(workflow: Workflow, audit: RepositoryAudit, dates: LineDates): WorkflowRow {
  const { repository, context } = audit;
  const groups = keysOf(workflow, audit);
  const steps = workflow.jobs.flatMap((job) => context.credentials.of(job));
  const oidc = steps.filter((step) => step.method === 'oidc');
  const keyJobs = new Set(
    groups.flatMap((group) => group.places.flatMap((place) => place.job ?? [])),
  );
  const hasKeys = groups.length > 0;
  const other = steps.length > oidc.length;
  const mode = hasKeys
    ? oidc.length > 0
      ? 'mixed'
      : 'static'
    : oidc.length > 0
      ? 'oidc'
      : other
        ? 'other'
        : 'none';
  return {
    file: workflow.file.path,
    family: familyName(workflow, audit),
    mode,
    secrets: unique(groups.flatMap(secretsOf)),
    permissionGaps: workflow.jobs.filter(
      (job) =>
        context.credentials.of(job).some((step) => step.method === 'oidc') &&
        lacksToken(job, audit),
    ).length,
    permissionsToAdd: [...keyJobs].filter((job) => lacksToken(job, audit)).length,
    suggestedRoles: unique(
      groups.flatMap((group) =>
        roleVariable(group.places[0].job, secretsOf(group)[0], repository).all.map(
          (one) => one.name,
        ),
      ),
    ),
    ...earliest(groups, dates),
  };
}

/** The long-lived keys that stand in a workflow's own file. */
function keysOf(workflow: Workflow, { context }: RepositoryAudit): KeyGroup[] {
  return context.credentials.groups.filter(
    (group) => isReal(group) && group.places[0].file === workflow.file,
  );
}

function lacksToken(job: Job, { repository }: RepositoryAudit): boolean {
  return tokenGrants(job, repository).some((grant) => grant.verdict === 'missing');
}

/** The part of the file name before the first `-`, even when it is the only one of its family. */
function familyName(workflow: Workflow, { repository }: RepositoryAudit): string {
  const file = repository.pathInside(workflow.file).split('/').at(-1) ?? '';
  return (
    file
      .replace(/\.ya?ml$/, '')
      .split('-')[0]
      ?.toLowerCase() ?? ''
  );
}

function familyRow(family: string, rows: readonly WorkflowRow[]): FamilyRow {
  const sum = (pick: (row: WorkflowRow) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    family,
    workflows: rows.length,
    modes: countModes(rows),
    secrets: unique(rows.flatMap((row) => row.secrets)),
    permissionGaps: sum((row) => row.permissionGaps),
    permissionsToAdd: sum((row) => row.permissionsToAdd),
    suggestedRoles: unique(rows.flatMap((row) => row.suggestedRoles)),
    ...since(rows),
  };
}

function combined(modes: readonly AuthenticationMode[]): AuthenticationMode {
  const has = (mode: AuthenticationMode): boolean => modes.includes(mode);
  if (has('mixed') || (has('static') && has('oidc'))) return 'mixed';
  return (['static', 'oidc', 'other'] as const).find((mode) => has(mode)) ?? 'none';
}

function countModes(
  rows: readonly { readonly mode: AuthenticationMode }[],
): Record<AuthenticationMode, number> {
  const counts: Record<AuthenticationMode, number> = {
    static: 0,
    mixed: 0,
    oidc: 0,
    other: 0,
    none: 0,
  };
  for (const { mode } of rows) counts[mode] += 1;
  return counts;
}

function earliest(groups: readonly KeyGroup[], dates: LineDates): { keysSince?: string } {
  const found = groups.flatMap((group) =>
    group.places.flatMap(
      (place) =>
        dates.get(`${place.file.path}:${place.file.lines.position(place.range.start).line}`) ?? [],
    ),
  );
  const [first] = found.toSorted();
  return first === undefined ? {} : { keysSince: first };
}

function since(rows: readonly { readonly keysSince?: string }[]): { keysSince?: string } {
  const [first] = rows.flatMap((row) => row.keysSince ?? []).toSorted();
  return first === undefined ? {} : { keysSince: first };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}
