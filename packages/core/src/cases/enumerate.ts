import type { Credentials } from '../credentials/credentials.ts';
import { patternsOf, trimPattern } from '../credentials/pattern.ts';
import { fileOf, type Job, type Step, type Workflow } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { isCallable } from '../workflow/token.ts';
import { availabilityOf } from './availability.ts';
import type {
  Case,
  DeadArm,
  IdleJob,
  NotOidc,
  Truncation,
  UnfollowedCall,
  UnreachedTrigger,
} from './case.ts';
import type { Settings } from './contexts.ts';
import { deadArms } from './dead-arms.ts';
import { entriesOf } from './entry.ts';
import { Memory } from './memory.ts';
import { casesOf } from './target-cases.ts';
import { Targets, type FoundTargets, type OpenCall, type Target } from './target.ts';
import { unreachedBy, why } from './unreached.ts';

/** What decides cases besides the files; from the configuration and the command line. */
export interface CaseOptions extends Settings {
  readonly credentials: Credentials;
  /** Values of dispatch inputs to prove, by name; others are then not looked at. */
  readonly inputs?: ReadonlyMap<string, readonly string[]>;
  /** Names of environments in the configuration. */
  readonly environments?: readonly string[];
}

/** Every case of a repository, and what makes none. */
export interface Enumeration {
  readonly cases: readonly Case[];
  readonly unreached: readonly UnreachedTrigger[];
  readonly idle: readonly IdleJob[];
  readonly deadArms: readonly DeadArm[];
  readonly notOidc: readonly NotOidc[];
  /** Workflows that are not in sight, called by jobs that may give them a token. */
  readonly unfollowed: readonly UnfollowedCall[];
  /** Configured environments that no job names. */
  readonly unusedEnvironments: readonly string[];
  readonly truncated: readonly Truncation[];
}

// ATTACKER: cases multiply with jobs, triggers and inputs.
const maxCases = 2000;

/**
 * Which job runs in which trigger with which role: one case for each that differs in the role, the
 * environment or whether it runs. Sound where it is vague: what only a run can tell is in the case
 * as unknown, with a name. Sources: the events, contexts and expressions pages of docs.github.com.
 */
export function enumerateCases(repository: Repository, options: CaseOptions): Enumeration {
  const targets = new Targets(repository, options.credentials);
  const found = repository.workflows.map((workflow) =>
    casesOfWorkflow(workflow, targets.of(workflow), repository, options),
  );
  const cases = found.flatMap((one) => one.cases);
  const vars = options.vars ?? new Map<string, string>();
  const secrets = options.secrets ?? new Map<string, string>();
  return {
    cases,
    unreached: found.flatMap((one) => one.unreached),
    idle: found.flatMap((one) => one.idle),
    deadArms: deadArms(cases, vars, secrets, repository),
    notOidc: found.flatMap((one) => one.notOidc),
    unfollowed: found.flatMap((one) => one.unfollowed),
    unusedEnvironments: unusedEnvironments(options.environments ?? [], repository),
    truncated: found.flatMap((one) => one.truncated),
  };
}

type OfWorkflow = Pick<
  Enumeration,
  'cases' | 'unreached' | 'idle' | 'notOidc' | 'unfollowed' | 'truncated'
>;

function casesOfWorkflow(
  workflow: Workflow,
  { targets, open, complete }: FoundTargets,
  repository: Repository,
  options: CaseOptions,
): OfWorkflow {
  const cases: Case[] = [];
  const unreached: UnreachedTrigger[] = [];
  const notOidc = new Map<string, NotOidc>();
  const ran = new Set<Target>();
  const blocked = new Map<Target, Set<Job | Step>>();
  const truncated: Truncation[] = [];
  if (!complete)
    truncated.push({
      workflow,
      reason: 'it has more ways to jobs with credentials than are followed',
    });
  const events = targets.length === 0 ? [] : workflow.triggers;
  const entries = events.flatMap((trigger) =>
    entriesOf(trigger, {
      ...(options.inputs ? { inputs: options.inputs } : {}),
      ...branchOf(repository, options),
    }),
  );
  const settings: Settings = { ...options, ...branchOf(repository, options) };
  for (const entry of entries) {
    const memory = new Memory();
    let always = false;
    for (const target of targets) {
      if (cases.length >= maxCases) break;
      const made = casesOf(target, entry, settings, repository, memory);
      cases.push(...made.cases);
      if (made.reached) ran.add(target);
      always ||= made.always;
      for (const one of made.notOidc)
        notOidc.set(`${one.reason}\n${one.at.range.start}\n${nameOfWay(target)}`, one);
      const jobs = blocked.get(target) ?? new Set<Job | Step>();
      for (const outcome of made.blocked) if (outcome.blocked) jobs.add(outcome.blocked);
      blocked.set(target, jobs);
    }
    if (!always) unreached.push(...unreachedBy(entry, targets, settings, repository, memory));
  }
  if (cases.length >= maxCases) {
    truncated.push({
      workflow,
      reason: `it has more than ${maxCases} cases; the others are not looked at`,
    });
  }
  if (targets.length > 0 && isCallable(workflow) && repository.callersOf(workflow).length === 0) {
    unreached.push(calledFromElsewhere(workflow));
  }
  const idle =
    entries.length === 0 || truncated.length > 0
      ? []
      : targets.filter((target) => !ran.has(target));
  return {
    cases: cases.slice(0, maxCases),
    unreached,
    idle: idle.map((target) => idleJob(target, [...(blocked.get(target) ?? [])])),
    notOidc: [...notOidc.values()],
    unfollowed: open.flatMap((one) => unfollowedCall(one)),
    truncated,
  };
}

function branchOf(
  repository: Repository,
  { defaultBranch }: CaseOptions,
): { defaultBranch?: string } {
  const branch = defaultBranch ?? repository.input.git?.defaultBranch;
  return branch === undefined ? {} : { defaultBranch: branch };
}

function calledFromElsewhere(workflow: Workflow): UnreachedTrigger {
  const trigger = workflow.triggers.find((one) => one.event === 'workflow_call');
  const { start, end } = trigger?.key ?? workflow.root;
  return {
    workflow,
    event: 'workflow_call',
    reason:
      'it is only called from elsewhere: no job in this repository calls it, so nobody here can tell its runs',
    at: { file: workflow.file, range: { start, end } },
    extent: 'all',
  };
}

function idleJob({ root, job, callers }: Target, blocked: readonly (Job | Step)[]): IdleJob {
  const [first] = blocked;
  const node = first?.if?.node ?? job.key;
  return {
    workflow: root,
    job,
    callers,
    reason: why(blocked),
    at: { file: fileOf(first ?? job), range: { start: node.start, end: node.end } },
  };
}

/** Only a call that a workflow's own events can cause, and that may have a token. */
function unfollowedCall({ root, callers, job }: OpenCall): UnfollowedCall[] {
  const token = availabilityOf({ callers, job });
  const started = root.triggers.some((trigger) => trigger.event !== 'workflow_call');
  if (!job.uses || token.verdict === 'missing' || !started) return [];
  const { start, end } = job.uses.node;
  return [
    {
      workflow: root,
      job,
      callers,
      token,
      reason: `job "${job.id}" calls "${job.uses.value}", which is not in this repository: what it does with the token cannot be told`,
      at: { file: job.workflow.file, range: { start, end } },
    },
  ];
}

function nameOfWay({ callers, job }: Target): string {
  return [...callers, job].map((one) => one.id).join('/');
}

/** Names that no job can have for its environment; letter case does not count. */
function unusedEnvironments(names: readonly string[], repository: Repository): string[] {
  if (names.length === 0) return [];
  const used = new Set<string>();
  const open: { readonly start: string; readonly end: string }[] = [];
  for (const workflow of repository.workflows) {
    for (const job of workflow.jobs) {
      const text = job.environment?.name;
      for (const pattern of text ? patternsOf(text, { job }, repository).map(trimPattern) : []) {
        const texts = pattern.map((part) =>
          part.kind === 'fixed' ? part.text.toLowerCase() : undefined,
        );
        if (texts.includes(undefined))
          open.push({ start: texts[0] ?? '', end: texts.at(-1) ?? '' });
        else used.add(texts.join(''));
      }
    }
  }
  return names.filter((name) => {
    const lower = name.toLowerCase();
    // What only a run tells may be any name that fits.
    return (
      !used.has(lower) &&
      !open.some(({ start, end }) => lower.startsWith(start) && lower.endsWith(end))
    );
  });
}
