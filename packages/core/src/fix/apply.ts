import {
  auditRepository,
  type AuditFinding,
  type AuditOptions,
  type RepositoryAudit,
} from '../audit/run.ts';
import type { Severity } from '../finding/severity.ts';
import { applyEdits, findConflict, type TextEdit } from '../text/edit.ts';
import { sourceFile, type SourceFile } from '../text/source.ts';
import { pipelinesOf } from '../workflow/pipeline.ts';
import { Repository, type RepositoryInput } from '../workflow/repository.ts';
import { fixers } from './fixers.ts';
import { EditHistory } from './history.ts';
import { isRefusal, type FixContext, type FixProposal } from './proposal.ts';
import { todoKey, type Todo } from './todo.ts';

/** A fix that was made. */
export interface AppliedFix {
  /** Its places are those of the text before any fix. */
  readonly finding: AuditFinding;
  /** What the finding is told by from round to round, when its line moves. */
  readonly key: string;
  readonly title: string;
  readonly safe: boolean;
  readonly reason?: string;
}

/** A finding that stays, and why its fix was not made. */
export interface SkippedFix {
  readonly finding: AuditFinding;
  readonly why: 'unsafe' | 'refused' | 'no-improvement' | 'conflict';
  readonly reason: string;
}

/** What `fix` would write, and what is left. */
export interface FixResult {
  readonly files: readonly {
    readonly path: string;
    readonly before: SourceFile;
    readonly after: string;
  }[];
  readonly applied: readonly AppliedFix[];
  readonly skipped: readonly SkippedFix[];
  readonly todos: readonly Todo[];
  readonly before: RepositoryAudit;
  readonly after: RepositoryAudit;
}

/** Options of a run of fixes. */
export interface FixOptions extends AuditOptions {
  /** Also make fixes that change what the workflow does. */
  readonly unsafe?: boolean;
  /** Only findings of these rules. */
  readonly only?: readonly string[];
}

/** Rounds after which fixing stops: each one makes at least one fix, so only a bug gets here. */
const maxRounds = 400;

/**
 * Makes every fix that can be made, one round at a time: audit, propose, apply what does not
 * conflict, audit again. A fix that does not take its finding away, or brings a new one, is undone
 * and reported. Invalid files are never edited. Pure: nothing is written.
 */
export function fixRepository(input: RepositoryInput, options: FixOptions = {}): FixResult {
  const excluded = new Map<string, SkippedFix>();
  for (;;) {
    const result = attempt(input, options, excluded);
    const half = halfMigrated(result);
    if (half.length === 0) return result;
    for (const [key, skip] of half) excluded.set(key, skip);
  }
}

/**
 * Fixes that leave a pipeline with keys and OIDC side by side: on the way that is unavoidable, at
 * the end it would be a new finding, so the pipeline is left as it was.
 */
function halfMigrated({ before, after, applied }: FixResult): [string, SkippedFix][] {
  const known = countByKind(before.findings);
  const files = new Set<string>();
  for (const [kind, findings] of countByKind(after.findings)) {
    const [first] = findings;
    if (first?.rule === tolerated && findings.length > (known.get(kind)?.length ?? 0))
      files.add(first.locations[0].file);
  }
  if (files.size === 0) return [];
  const pipelines = pipelinesOf(before.repository).filter((one) =>
    one.workflows.some((workflow) => files.has(workflow.file.path)),
  );
  const touched = new Set(
    pipelines.flatMap((one) => one.workflows.map((workflow) => workflow.file.path)),
  );
  const reason =
    'another key of the same pipeline cannot be replaced, and a pipeline with both would be left';
  return applied
    .filter(
      ({ finding }) =>
        finding.rule === 'static-aws-credentials' && touched.has(finding.locations[0].file),
    )
    .map(({ key, finding }) => [key, { finding, why: 'no-improvement', reason }]);
}

/**
 * Forgets fixes that were no improvement when others had not been made yet, so that a second run of
 * `fix` finds nothing that this one could have done. Gives false when nothing has changed since.
 */
function reconsider(
  given: Map<string, SkippedFix>,
  excluded: ReadonlyMap<string, SkippedFix>,
  triedAt: Map<string, number>,
  made: number,
): boolean {
  let again = false;
  for (const [key, { why }] of given) {
    if (why !== 'no-improvement' || excluded.has(key) || triedAt.get(key) === made) continue;
    triedAt.set(key, made);
    given.delete(key);
    again = true;
  }
  return again;
}

/** The one rule that may report more between two rounds. */
const tolerated = 'mixed-authentication';

function attempt(
  input: RepositoryInput,
  options: FixOptions,
  excluded: ReadonlyMap<string, SkippedFix>,
): FixResult {
  const before = auditRepository(new Repository(input), options);
  const applied: AppliedFix[] = [];
  const todos = new Map<string, Todo>();
  const given = new Map<string, SkippedFix>(excluded);
  const history = new EditHistory(input.files);
  const triedAt = new Map<string, number>();
  let audit = before;
  const placed = (finding: AuditFinding): AuditFinding => {
    const present = audit.repository.input.files.find(
      (file) => file.path === finding.locations[0].file,
    );
    const [primary, ...rest] = finding.locations;
    return {
      ...finding,
      locations: [
        history.original(primary, present),
        ...rest.map((one) => history.original(one, present)),
      ],
    };
  };
  for (let round = 0; round < maxRounds; round += 1) {
    const batch = chooseBatch(audit, options, given);
    if (batch.length === 0) {
      if (!reconsider(given, excluded, triedAt, applied.length)) break;
      continue;
    }
    const next = applyBatch(audit, batch, options, given);
    if (!next) continue;
    for (const { finding, proposal } of next.made) {
      applied.push({
        finding: placed(finding),
        key: keyOf(finding),
        title: proposal.title,
        safe: proposal.safe,
        ...(proposal.reason ? { reason: proposal.reason } : {}),
      });
      for (const todo of proposal.todos ?? []) todos.set(todoKey(todo), todo);
    }
    for (const [path, edits] of editsOf(next.made)) history.record(path, edits);
    audit = next.audit;
  }
  const original = new Map(input.files.map((file) => [file.path, file]));
  const files = audit.repository.input.files.flatMap((file) => {
    const old = original.get(file.path);
    return old && old.text !== file.text
      ? [{ path: file.path, before: old, after: file.text }]
      : [];
  });
  const remaining = new Map(audit.findings.map((finding) => [keyOf(finding), finding]));
  const skipped = [...given].flatMap(([key, skip]): SkippedFix[] => {
    const still = remaining.get(key);
    return still ? [{ ...skip, finding: placed(still) }] : [];
  });
  return { files, applied, skipped, todos: [...todos.values()], before, after: audit };
}

interface Chosen {
  readonly finding: AuditFinding;
  readonly proposal: FixProposal;
}

/** The proposals of one round: no two that touch, and one per job, because a later one sees the earlier. */
function chooseBatch(
  audit: RepositoryAudit,
  options: FixOptions,
  given: Map<string, SkippedFix>,
): Chosen[] {
  const context: FixContext = { ...audit.context, findings: audit.findings };
  const broken = new Set(audit.invalid.map((one) => one.path));
  const taken = new Map<string, TextEdit[]>();
  const owners = new Set<unknown>();
  const stepwise = new Set<unknown>();
  const locked = new Set<string>();
  const chosen: Chosen[] = [];
  for (const finding of audit.findings) {
    if (options.only && !options.only.includes(finding.rule)) continue;
    const key = keyOf(finding);
    const fixer = fixers[finding.rule];
    if (!fixer || given.has(key)) continue;
    const result = fixer(finding, context);
    const skip = (why: SkippedFix['why'], reason: string): void =>
      void given.set(key, { finding, why, reason });
    if (isRefusal(result)) skip('refused', result.refused);
    else if (!result.safe && !options.unsafe)
      skip('unsafe', result.reason ?? 'it changes what the workflow does');
    else if ([...result.edits.keys()].some((file) => broken.has(file.path)))
      skip('refused', 'the file is not valid; correct it first');
    else {
      const { whole, step } = ownersOf(finding);
      // Inside a job either one fix of the whole job is made in a round, or fixes of single steps.
      if (owners.has(whole) || (step ? owners.has(step) : stepwise.has(whole))) continue;
      if (collides(result, taken)) continue;
      const calls = step ? [] : callGroup(result, audit.repository);
      if (calls.some((path) => locked.has(path) || taken.has(path))) continue;
      if ([...result.edits.keys()].some((file) => locked.has(file.path))) continue;
      for (const path of calls) locked.add(path);
      for (const [file, edits] of result.edits)
        taken.set(file.path, [...(taken.get(file.path) ?? []), ...edits]);
      owners.add(step ?? whole);
      if (step) stepwise.add(whole);
      chosen.push({ finding, proposal: result });
    }
  }
  return chosen;
}

/** Fixes that stay inside one step; two of them in different steps of a job do not see each other. */
const insideStep = new Set([
  'chained-session-too-long',
  'malformed-role-arn',
  'missing-session-name',
  'role-arn-in-secret',
  'secret-in-arguments',
  'unpinned-credential-action',
]);

/** What a fix has to itself for a round: all of its job, or one step of it. */
function ownersOf({ rule, subject, locations }: AuditFinding): { whole: unknown; step?: unknown } {
  const whole = subject.job ?? subject.workflow ?? subject.action ?? locations[0].file;
  return insideStep.has(rule) && subject.step ? { whole, step: subject.step } : { whole };
}

/**
 * The files that a proposal's files call or are called by. What a callee declares and what its
 * callers hand over must change together, so nothing else of the group changes in the same round.
 */
function callGroup(proposal: FixProposal, repository: Repository): string[] {
  const paths = new Set<string>();
  for (const workflow of repository.workflows) {
    if (!proposal.edits.has(workflow.file)) continue;
    const callees = workflow.jobs.flatMap((job) => repository.calleeOf(job)?.file.path ?? []);
    const callers = repository.callersOf(workflow).map((job) => job.workflow.file.path);
    for (const path of [...callees, ...callers]) paths.add(path).add(workflow.file.path);
  }
  return [...paths];
}

/** Whether a proposal cannot be made together with those already taken, or not even alone. */
function collides(proposal: FixProposal, taken: ReadonlyMap<string, readonly TextEdit[]>): boolean {
  return [...proposal.edits].some(
    ([file, edits]) => findConflict([...(taken.get(file.path) ?? []), ...edits]) !== undefined,
  );
}

/** Applies a batch; when the result is no improvement, its fixes are tried alone. */
function applyBatch(
  audit: RepositoryAudit,
  batch: readonly Chosen[],
  options: FixOptions,
  given: Map<string, SkippedFix>,
): { audit: RepositoryAudit; made: readonly Chosen[] } | undefined {
  const after = auditRepository(edited(audit, batch), options);
  const worse = regression(audit, after, batch);
  if (worse === undefined) return { audit: after, made: batch };
  const [only, ...others] = batch;
  if (only && others.length === 0) {
    given.set(keyOf(only.finding), { finding: only.finding, why: 'no-improvement', reason: worse });
    return undefined;
  }
  const half = Math.ceil(batch.length / 2);
  const first = applyBatch(audit, batch.slice(0, half), options, given);
  // The other half's edits were made for the old text; the next round proposes them anew.
  return first ?? applyBatch(audit, batch.slice(half), options, given);
}

function edited(audit: RepositoryAudit, batch: readonly Chosen[]): Repository {
  const { input } = audit.repository;
  const edits = editsOf(batch);
  const files = input.files.map((file) => {
    const list = edits.get(file.path);
    return list ? { ...sourceFile(file.path, applyEdits(file.text, list)), bom: file.bom } : file;
  });
  return new Repository({ ...input, files });
}

function editsOf(batch: readonly Chosen[]): Map<string, TextEdit[]> {
  const edits = new Map<string, TextEdit[]>();
  for (const { proposal } of batch) {
    for (const [file, list] of proposal.edits)
      edits.set(file.path, [...(edits.get(file.path) ?? []), ...list]);
  }
  return edits;
}

/** Why a round made things worse; undefined when it did not. */
function regression(
  before: RepositoryAudit,
  after: RepositoryAudit,
  batch: readonly Chosen[],
): string | undefined {
  const problem = after.invalid.find(
    (one) =>
      !before.invalid.some(
        (old) => old.path === one.path && old.code === one.code && old.message === one.message,
      ),
  );
  if (problem) return `the result would not be valid: ${problem.message}`;
  const known = countByKind(before.findings);
  const left = countByKind(after.findings);
  for (const [kind, findings] of left) {
    const [first] = findings;
    const old = known.get(kind) ?? [];
    const worse = findings.length > old.length || weightOf(findings) > weightOf(old);
    if (first && first.rule !== tolerated && worse)
      return `it would bring a new finding: ${first.rule}`;
  }
  for (const [kind, fixed] of countByKind(batch.map((one) => one.finding))) {
    const old = known.get(kind) ?? [];
    const now = left.get(kind) ?? [];
    // A milder finding of the same rule in the place of a worse one is what some fixes are for.
    if (now.length > old.length - fixed.length && weightOf(now) >= weightOf(old)) {
      return 'the finding would still be there';
    }
  }
  return undefined;
}

const weights: Readonly<Record<Severity, number>> = { high: 1000, medium: 100, low: 10, info: 1 };

function weightOf(findings: readonly AuditFinding[]): number {
  return findings.reduce((sum, finding) => sum + weights[finding.severity], 0);
}

/** Lines move, so findings are counted by rule and file. */
function countByKind(findings: readonly AuditFinding[]): Map<string, AuditFinding[]> {
  const counts = new Map<string, AuditFinding[]>();
  for (const finding of findings) {
    const kind = `${finding.rule}\n${finding.locations[0].file}`;
    counts.set(kind, [...(counts.get(kind) ?? []), finding]);
  }
  return counts;
}

function keyOf(finding: AuditFinding): string {
  const [primary] = finding.locations;
  const { lines, text } = finding.subject.job?.workflow.file ??
    finding.subject.workflow?.file ??
    finding.subject.action?.file ?? { lines: undefined, text: '' };
  const range = lines?.range(primary.startLine);
  const line = range ? text.slice(range.start, range.end).trim() : String(primary.startLine);
  return [finding.rule, primary.file, finding.subject.job?.id ?? '', line, finding.message].join(
    '\n',
  );
}
