import { actsOf, isOpaque, type Act, type Knowledge } from '../../steps/acts.ts';
import { jobsBefore, waysTo, type Way } from '../../steps/graph.ts';
import { jobStage } from '../../steps/job-stage.ts';
import { runningSteps } from '../../steps/running.ts';
import { wordsOf } from '../../steps/stage.ts';
import type { Job } from '../../workflow/model.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

/**
 * Something is published, or deployed to production, and no test, scan, verification or approval
 * comes before it: not in its own job, not in the jobs it needs, not in those of its callers.
 * Source: https://slsa.dev/spec/v1.0/threats#build-threats and
 * https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-01-Insufficient-Flow-Control-Mechanisms
 */
export const rule: Rule = defineRule<{
  tool: string;
  /** The first job, and the others of its workflow with the same fault. */
  jobs: readonly string[];
  production: boolean;
}>({
  id: 'publish-without-gate',
  title: 'Release that no test, scan or approval precedes',
  severity: 'low',
  confidence: 'medium',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      const open = workflow.jobs.flatMap((job) => ungated(job, context) ?? []);
      // One finding for each kind: a pipeline without gates has one fault, not one per job.
      for (const kind of ['deploy', 'publish'] as const) {
        const [first, ...others] = open.filter(({ act }) => act.kind === kind);
        if (!first) continue;
        const { act, way } = first;
        report({
          at: { file: act.file, range: act.range, label: 'nothing was checked before' },
          related: [
            ...way.callers.slice(-1).map((caller) => ({
              file: caller.workflow.file,
              range: caller.key,
              label: 'called from here, with no gate before it either',
            })),
            ...others.slice(0, maxRelated).map((other) => ({
              file: other.act.file,
              range: other.act.range,
              label: 'nor before this',
            })),
          ],
          data: {
            tool: act.tool,
            jobs: [first, ...others].map((one) => one.way.job.id),
            production: kind === 'deploy',
          },
          severity: kind === 'deploy' ? 'medium' : 'low',
          ...(act.byName ? { confidence: 'low' } : {}),
          subject: { workflow, job: way.job, step: act.running.step },
        });
      }
    }
  },
  message: ({ tool, jobs, production }) => {
    const [job = '', ...others] = jobs;
    const more = others.length === 0 ? '' : ` (and in ${others.length} more)`;
    return `\`${tool}\` in job "${job}"${more} ${production ? 'changes production' : 'publishes'} without a test, scan or approval before it`;
  },
  help: ({ jobs: [job = ''] }) =>
    `run the checks in a job that "${job}" needs, or give "${job}" an \`environment:\` with required reviewers`,
});

const maxRelated = 5;

interface Ungated {
  readonly act: Act;
  readonly way: Way;
}

/** The first release of a job, and a way to it on which nothing is checked. */
function ungated(job: Job, context: RuleContext): Ungated | undefined {
  // An environment may hold reviewers and a wait timer, which no file shows.
  if (job.environment) return undefined;
  const production = jobStage(job, context, { contexts: {} })?.stage === 'production';
  const act = actsOf(job, context).find((one) => isRelease(one, production));
  if (!act) return undefined;
  const ways = waysTo(job, context.repository).filter((way) => starts(way));
  const way = ways.find((one) => !isGated(one, act, context));
  return way && { act, way };
}

const gates = /^(?:scan|test|verify|approval)$/;
/** Names that say that something is checked, even where what runs does not show it. */
const gateNames =
  /^(?:tests?|testing|lint|scan|security|audit|integrity|approve|approval|e2e|qa|quality|smoke)$/;
/** Words that do so for a whole job; a step called "validate" may check an input only. */
const gateJobs =
  /^(?:checks?|verify|verification|validate|validation|ci|gate|gates|integration|preflight)$/;

function isRelease(act: Act, production: boolean): boolean {
  if (act.kind === 'deploy') return production;
  // A script that is only called so may publish a site or a preview.
  if (act.kind !== 'publish' || act.byName) return false;
  if (!act.tool.startsWith('aws s3')) return true;
  return wordsOf(act.call?.words.join(' ') ?? '').some((word) =>
    /^(?:artifacts?|releases?|packages?)$/.test(word),
  );
}

/** Whether a run can start this way by something that is no check itself. */
function starts({ root }: Way): boolean {
  return root.triggers.some(
    ({ event }) => !/^(?:workflow_run|workflow_call|pull_request|merge_group)$/.test(event),
  );
}

function isGated(way: Way, act: Act, knowledge: Knowledge): boolean {
  const own = actsOf(way.job, knowledge);
  const steps = runningSteps(way.job, knowledge.repository);
  const before = steps.slice(0, steps.indexOf(act.running));
  return (
    own.slice(0, own.indexOf(act)).some((one) => gates.test(one.kind)) ||
    before.some((one) => isOpaque(one, knowledge) || namesGate(one.step.name?.value ?? '')) ||
    jobsBefore(way, knowledge.repository).some((job) => isGate(job, knowledge))
  );
}

function isGate(job: Job, knowledge: Knowledge): boolean {
  const name = `${job.id} ${job.name?.value ?? ''}`;
  if (job.environment || namesGate(name) || wordsOf(name).some((word) => gateJobs.test(word))) {
    return true;
  }
  // What a workflow of another repository checks, nobody can say from here.
  if (job.uses) return !knowledge.repository.calleeOf(job);
  return (
    actsOf(job, knowledge).some((act) => gates.test(act.kind)) ||
    runningSteps(job, knowledge.repository).some((step) => isOpaque(step, knowledge))
  );
}

function namesGate(name: string): boolean {
  return wordsOf(name).some((word) => gateNames.test(word));
}
