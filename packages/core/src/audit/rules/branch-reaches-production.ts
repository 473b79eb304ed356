import { actsOf, type Act } from '../../steps/acts.ts';
import { ancestorsOf } from '../../steps/graph.ts';
import { jobStage, type JobStage } from '../../steps/job-stage.ts';
import { jobRuns, type JobRun } from '../../steps/reach.ts';
import { stageOf, wordsOf } from '../../steps/stage.ts';
import { and, conditionHolds, type Truth } from '../../workflow/evaluate.ts';
import { eventsOf, type WorkflowEvent } from '../../workflow/event.ts';
import type { Job, Text, Workflow } from '../../workflow/model.ts';
import { referencesOf } from '../../workflow/references.ts';
import type { Scripts } from '../../workflow/scripts.ts';
import { conditionOf, expressionsOf } from '../../workflow/template.ts';
import { defineRule, type Place, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  event: string;
  /** The branch as the filter writes it; null for any branch. */
  branch: string | null;
  job: string;
  /** What says that the job is production, e.g. `prod`. */
  production: string;
  by: JobStage['by'];
  environment: boolean;
  /** The branch that should reach it. */
  main: string;
};

/**
 * A trigger starts a production job from a branch that is not production's: the workflow runs for
 * `main` and `dev`, and no `if:` on the way to the job tells them apart.
 * Source: https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-01-Insufficient-Flow-Control-Mechanisms
 */
export const rule: Rule = defineRule<Data>({
  id: 'branch-reaches-production',
  title: 'Branch that reaches a production job',
  severity: 'medium',
  confidence: 'medium',
  plane: 'authorization',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      const reported = new Set<string>();
      for (const event of eventsOf(workflow)) {
        const { trigger, filter } = event;
        if (!isForeign(event, context)) continue;
        for (const { run, stage } of productionRuns(event, workflow, context)) {
          const { job } = run;
          const environment = job.environment !== undefined;
          const dispatched = trigger.event === 'workflow_dispatch';
          // Whoever dispatches chose the branch; an environment is the control for that.
          if (dispatched && (environment || stage.by === 'name')) continue;
          const key = `${trigger.event} ${filter ?? ''} ${job.id}`;
          if (reported.has(key)) continue;
          reported.add(key);
          const text = trigger.branches?.find((one) => one.value === filter);
          report({
            at: {
              file: workflow.file,
              range: text?.via ?? text?.node ?? trigger.key,
              label: startLabel(event),
            },
            related: [
              {
                file: job.workflow.file,
                range: job.key,
                label: 'the production job, which no condition keeps back',
              },
              evidencePlace(stage),
            ],
            data: {
              event: trigger.event,
              branch: filter ?? null,
              job: job.id,
              production: stage.words,
              by: stage.by,
              environment,
              main: context.repository.input.git?.defaultBranch ?? 'main',
            },
            severity: environment || dispatched ? 'low' : 'medium',
            ...(stage.by === 'environment' || stage.by === 'role' ? { confidence: 'high' } : {}),
            subject: { workflow, job },
          });
        }
      }
    }
  },
  message: ({ event, branch, job, production, by, environment }) => {
    const from = branch === null ? 'any branch' : `"${branch}"`;
    const start =
      event === 'pull_request'
        ? 'a pull request'
        : `a ${event} ${event === 'push' ? 'to' : 'from'} ${from}`;
    const hint = environment ? ', unless its environment restricts branches' : '';
    return `${start} reaches the production job "${job}" (${by} \`${production}\`)${hint}`;
  },
  help: ({ job, environment, main }) =>
    `add \`if: github.ref == 'refs/heads/${main}'\` to "${job}", and ${
      environment
        ? 'restrict the deployment branches of its environment'
        : 'an `environment:` whose deployment branches are restricted'
    }`,
});

/** Branches on which production code stands. */
const released = /^(?:main|master|trunk|default|releases?|hotfix(?:es)?|support|stable|lts|v?\d+)$/;
/** Branches on which work is done. */
const working =
  /^(?:features?|feat|fix|bugfix|wip|topic|experiment(?:al)?|next|canary|any|integration)$/;

/** Whether an event's ref is one that should not reach production. */
function isForeign({ trigger, ref, filter }: WorkflowEvent, { repository }: RuleContext): boolean {
  if (trigger.event === 'workflow_dispatch') return true;
  if (trigger.event === 'pull_request') {
    // A closed pull request was merged: the condition then asks for that.
    return !trigger.types?.every((type) => type.value === 'closed');
  }
  if (trigger.event !== 'push' || !ref?.startsWith('refs/heads/')) return false;
  if (filter === undefined) return true;
  const { defaultBranch } = repository.input.git ?? {};
  if (filter === defaultBranch) return false;
  const words = wordsOf(filter);
  const stage = stageOf(filter);
  if (stage === 'production' || words.some((word) => released.test(word))) return false;
  return stage !== undefined || words.length === 0 || words.some((word) => working.test(word));
}

interface ProductionRun {
  readonly run: JobRun;
  readonly stage: JobStage;
}

function productionRuns(
  event: WorkflowEvent,
  workflow: Workflow,
  context: RuleContext,
): ProductionRun[] {
  // Most workflows have no job that could be one, and then nobody need know which of them run.
  if (!worksAnywhere(event, workflow, context)) return [];
  return jobRuns(event, workflow, context.repository).flatMap((run) => {
    if (run.runs === false || !speaksOfProduction(run, workflow, context)) return [];
    const acts = actsOf(run.job, context).filter((act) => isWork(act, event));
    const reaches = acts.some((act) => isReached(run, act));
    const stage = reaches ? jobStage(run.job, context, run.scope) : undefined;
    return stage?.stage === 'production' ? [{ run, stage }] : [];
  });
}

/** Whether any job of a workflow, or of those that it calls, does what a production job is there for. */
function worksAnywhere(event: WorkflowEvent, workflow: Workflow, context: RuleContext): boolean {
  const before = worked.get(workflow);
  let work = before?.scripts === context.scripts ? before.work : undefined;
  if (!work) {
    work = workOf(workflow, context);
    worked.set(workflow, { scripts: context.scripts, work });
  }
  return work.changes || (work.logsIn && event.trigger.event !== 'pull_request');
}

/** What the jobs of a workflow do between them, which all its events ask for. */
interface Work {
  readonly changes: boolean;
  readonly logsIn: boolean;
}

const worked = new WeakMap<Workflow, { readonly scripts: Scripts; readonly work: Work }>();

function workOf(workflow: Workflow, context: RuleContext): Work {
  const called = new Set([workflow]);
  const acts: Act[] = [];
  // A set that grows is walked to its end.
  for (const { jobs } of called) {
    for (const job of jobs) {
      acts.push(...actsOf(job, context));
      const callee = context.repository.calleeOf(job);
      if (callee) called.add(callee);
    }
  }
  return { changes: acts.some(changes), logsIn: acts.some(logsIn) };
}

/** Whether any text that the stage could be read from has the word: the rest is much more work. */
function speaksOfProduction(run: JobRun, workflow: Workflow, { repository }: RuleContext): boolean {
  const files = [
    workflow,
    run.job.workflow,
    ...run.callers.map((job) => job.workflow),
    ...repository.actions,
  ];
  return files.some(({ file }) => {
    let speaks = spoken.get(file);
    if (speaks === undefined)
      spoken.set(file, (speaks = /prod|prd|live/i.test(file.path + file.text)));
    return speaks;
  });
}

const spoken = new WeakMap<object, boolean>();

/** Whether an act touches what the job is there for; a plan for a pull request may log in. */
function isWork(act: Act, { trigger }: WorkflowEvent): boolean {
  return changes(act) || (logsIn(act) && trigger.event !== 'pull_request');
}

function changes({ kind, byName }: Act): boolean {
  return kind === 'deploy' || (kind === 'publish' && byName !== true);
}

function logsIn({ kind, tool }: Act): boolean {
  return kind === 'credential' && !/^docker\b/.test(tool);
}

/** Whether an act runs in an event for all that depends on the ref. */
function isReached(run: JobRun, act: Act): boolean {
  const { step, jobStep } = act.running;
  const steps = [...new Set([jobStep, step])].map((one) => one.if);
  const status = { success: true, failure: false, cancelled: false };
  const held = steps.map((text) => conditionHolds(text, { ...run.scope, status }));
  const truth = held.reduce<Truth>(and, run.runs);
  if (truth === true) return true;
  if (truth === false) return false;
  const jobs = [run.job, ...run.callers].flatMap((job) => [job, ...ancestorsOf(job)]);
  return [...jobs.map((job: Job) => job.if), ...steps].every((text) => !hidesRef(text));
}

/** Whether a condition rests on something that may itself depend on the ref: an output, a variable of the run. */
function hidesRef(text: Text | undefined): boolean {
  if (!text) return false;
  const sole = conditionOf(text);
  const references = (sole ? [sole] : expressionsOf(text)).flatMap(referencesOf);
  return references.some(
    ({ context, path }) =>
      /^(?:steps|env|job|jobs|matrix|strategy)$/.test(context) ||
      (context === 'needs' && path[1] !== 'result') ||
      context === 'inputs' ||
      (context === 'github' && path[0] === 'event'),
  );
}

function startLabel({ trigger, filter }: WorkflowEvent): string {
  if (trigger.event === 'workflow_dispatch') return 'whoever may dispatch chooses the branch';
  if (trigger.event === 'pull_request') return 'runs on unmerged code';
  return filter === undefined
    ? 'every branch starts the workflow'
    : 'this branch starts the workflow';
}

function evidencePlace({ file, range, by }: JobStage): Place {
  const labels = {
    environment: 'its environment',
    role: 'its role',
    stack: 'what it deploys',
    name: 'its name',
  };
  return { file, range, label: labels[by] };
}
