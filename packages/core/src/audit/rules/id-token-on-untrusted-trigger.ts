import { showText } from '../../credentials/pattern.ts';
import type { Severity } from '../../finding/severity.ts';
import { conditionHolds, type Scope } from '../../workflow/evaluate.ts';
import { eventCodeOf, type EventCode } from '../../workflow/event-code.ts';
import { eventsOf } from '../../workflow/event.ts';
import { asksWho, withNeeds } from '../../workflow/guard.ts';
import { mayRun } from '../../workflow/may-run.ts';
import { fileOf, type Job, type Step, type Workflow } from '../../workflow/model.ts';
import { outsiderTriggers, type OutsiderTrigger } from '../../workflow/outsiders.ts';
import { tokenGrants } from '../../workflow/token.ts';
import { placeOfNode, placeOfPart, placeOfStep } from '../places.ts';
import { defineRule, type Reported, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  job: string;
  events: string[];
  /** `perhaps` when a workflow that is not in sight decides who can cause the event. */
  who: 'anyone' | 'perhaps';
  role: string | null;
  /** The subject that AWS sees, without the repository. */
  subject: string;
  /** What brings the outsider's code or text into the job, and how; null when none is in sight. */
  runs: string | null;
  how: EventCode['kind'] | null;
  /** What may keep some people out: a condition, the activity types, an environment. */
  guard: string | null;
};

/**
 * Outsiders can start a job that takes an AWS role. The run is one of the default branch: its token
 * has the same subject as a push to it, so a trust policy cannot tell the two apart.
 * Sources: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * and https://docs.github.com/actions/reference/security/oidc#filtering-for-a-specific-branch
 */
export const rule: Rule = defineRule<Data>({
  id: 'id-token-on-untrusted-trigger',
  title: 'A job that outsiders can start takes a role',
  severity: 'medium',
  confidence: 'high',
  plane: 'authentication',
  check(context, report) {
    const { repository } = context;
    for (const workflow of repository.workflows) {
      const triggers = outsiderTriggers(workflow, repository);
      for (const job of triggers.length > 0 ? workflow.jobs : []) {
        const found = triggers.map((one) => ({ ...one, taken: takenAfter(one, job, context) }));
        const open = found.filter((one) => one.taken);
        const taken = open[0]?.taken;
        if (taken) report(describe(job, taken, open));
      }
    }
  },
  message: ({ job, events, who, role, subject, runs, how, guard }) => {
    const start = `${who === 'anyone' ? 'anyone' : 'perhaps anyone'} can start job "${job}" through "${events.join('", "')}"`;
    const taking = role === null ? 'takes a role' : `takes role "${role}"`;
    const danger = how === null ? '' : `, and ${doings[how]} ("${runs}")`;
    const kept = guard === null ? '' : `; only "${guard}" stands before it`;
    return `${start}, and it ${taking} by OIDC as "${subject}"${danger}${kept}`;
  },
  help: ({ how, subject }) => {
    const split = 'take the role in a job that only push, schedule or workflow_dispatch start';
    const first = how === null ? split : `${cures[how]}, and ${split}`;
    return subject.startsWith('environment:')
      ? `${first}; else see that the environment has required reviewers`
      : `${first}; else put the job behind an environment with required reviewers and trust only that`;
  },
});

const doings: Readonly<Record<EventCode['kind'], string>> = {
  checkout: 'checks out what came with the event',
  script: 'runs text that outsiders write',
  artifact: 'takes files from the run that outsiders caused',
};

const cures: Readonly<Record<EventCode['kind'], string>> = {
  checkout: 'run the code of others in a workflow on pull_request without a role',
  script: 'hand the text over in an environment variable',
  artifact: 'treat the files as data only',
};

function describe(job: Job, taken: Taken, open: readonly OutsiderTrigger[]): Reported<Data> {
  const code = codeOf(taken.job);
  const guard = guardOf(job, taken, open);
  const who = open.some((one) => one.certainty === 'anyone') ? 'anyone' : 'perhaps';
  const events = open.map(({ trigger }) =>
    placeOfNode(job.workflow.file, trigger.key, 'outsiders cause this event'),
  );
  return {
    at: placeOfStep(taken.step, 'takes a role by OIDC'),
    related: [
      ...events,
      ...(code ? [placeOfPart(fileOf(taken.job), code.text, code.part, doings[code.kind])] : []),
    ],
    data: {
      job: job.id,
      events: open.map(({ trigger }) => trigger.event),
      who,
      role: taken.role ?? null,
      subject: subjectOf(taken.job),
      runs: code?.source ?? null,
      how: code?.kind ?? null,
      guard: guard ?? null,
    },
    severity: severityOf(code?.kind, guard !== undefined, open),
    confidence: who === 'anyone' && !taken.job.environment ? 'high' : 'medium',
    subject: { workflow: job.workflow, job, step: taken.step },
  };
}

interface Taken {
  readonly job: Job;
  readonly step: Step;
  readonly role?: string;
}

/** Where a job takes a role when a trigger from outside started it. */
function takenAfter(
  { trigger }: OutsiderTrigger,
  job: Job,
  context: RuleContext,
): Taken | undefined {
  const events = eventsOf(job.workflow).filter((event) => event.trigger === trigger);
  return events.map(({ scope }) => takenIn(job, scope, context)).find(Boolean);
}

/** The first step of a job, or of the workflow that it calls, that takes a role in a scope. */
function takenIn(
  job: Job,
  scope: Scope,
  context: RuleContext,
  seen: ReadonlySet<Workflow> = new Set(),
): Taken | undefined {
  const { credentials, repository } = context;
  if (!mayRun(job, scope)) return undefined;
  const callee = repository.calleeOf(job);
  if (callee) {
    if (seen.has(callee)) return undefined;
    // The callee's inputs are what the caller gives; the event is the caller's.
    const { inputs: _, ...contexts } = scope.contexts;
    const inside = { ...scope, contexts };
    const known = new Set([...seen, callee]);
    return callee.jobs.map((one) => takenIn(one, inside, context, known)).find(Boolean);
  }
  if (!tokenGrants(job, repository).some((grant) => grant.verdict !== 'missing')) return undefined;
  for (const found of credentials.of(job)) {
    const step = found.jobStep;
    if (found.method !== 'oidc' || !step || conditionHolds(step.if, scope) === false) continue;
    const role = found.input('role-to-assume');
    return { job, step, ...(role ? { role: showText(role, repository) } : {}) };
  }
  return undefined;
}

/** The default branch's subject, unless the job is of an environment. */
function subjectOf(job: Job): string {
  if (!job.environment) return 'ref:refs/heads/<default branch>';
  return `environment:${job.environment.name?.value ?? '*'}`;
}

/** What brings the event's content in, the worst first. */
function codeOf(job: Job): EventCode | undefined {
  const found = job.steps.flatMap((step) => eventCodeOf(step) ?? []);
  return found.find((code) => code.kind !== 'artifact') ?? found[0];
}

/** What may keep some people out, the surest first. */
function guardOf(job: Job, taken: Taken, open: readonly OutsiderTrigger[]): string | undefined {
  const jobs = [...withNeeds(taken.job), ...withNeeds(job)];
  const conditions = [taken.step.if, ...jobs.map((one) => one.if)];
  const guard = conditions.find(asksWho);
  if (guard) return guard.value.trim().replaceAll(/\s+/g, ' ');
  const types = open.every((one) => one.privilegedTypes) ? open[0]?.trigger.types : undefined;
  if (types) return `types: ${types.map((one) => one.value).join(', ')}`;
  const environment = jobs.find((one) => one.environment)?.environment;
  return environment && `environment: ${environment.name?.value ?? '*'}`;
}

/**
 * Running what outsiders wrote is the worst. A `workflow_run` that runs nothing of theirs is how
 * GitHub says to split such workflows, but the role is still taken whenever they like.
 */
function severityOf(
  code: EventCode['kind'] | undefined,
  guarded: boolean,
  open: readonly OutsiderTrigger[],
): Severity {
  if (code === 'checkout' || code === 'script') return guarded ? 'medium' : 'high';
  if (guarded) return 'low';
  const follows = open.every(({ trigger }) => trigger.event === 'workflow_run');
  return code === undefined && follows ? 'low' : 'medium';
}
