import { ancestorsOf } from '../../steps/graph.ts';
import { jobRuns } from '../../steps/reach.ts';
import { wordsOf } from '../../steps/stage.ts';
import type { Range } from '../../text/range.ts';
import { conditionHolds } from '../../workflow/evaluate.ts';
import { dispatch } from '../../workflow/event.ts';
import { fileOf, type Job, type Workflow } from '../../workflow/model.ts';
import type { Repository } from '../../workflow/repository.ts';
import type { InputDeclaration, Trigger } from '../../workflow/triggers.ts';
import { defineRule, type Place, type Rule } from '../rule.ts';

/**
 * A value that the dispatch form offers and no job accepts: the run is green and does nothing. Each
 * option of a choice (and `true` of a boolean) is put into the `if:` of every job.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs
 */
export const rule: Rule = defineRule<{
  input: string;
  option: string;
  jobs: readonly string[];
  others: boolean;
  /** What a condition has to say to accept the option. */
  accepts: string;
}>({
  id: 'dispatch-option-unreachable',
  title: 'Dispatch option that no job accepts',
  severity: 'medium',
  confidence: 'high',
  check({ repository }, report) {
    for (const workflow of repository.workflows) {
      const trigger = workflow.triggers.find(({ event }) => event === 'workflow_dispatch');
      for (const input of trigger?.inputs ?? []) {
        if (!trigger) continue;
        for (const { option, refusing, others } of unreached(
          workflow,
          trigger,
          input,
          repository,
        )) {
          report({
            at: { file: workflow.file, range: option.range, label: 'no job runs for it' },
            related: refusing.flatMap(conditionPlace),
            data: {
              input: input.name,
              option: option.value,
              jobs: refusing.map((job) => job.id),
              others,
              accepts:
                input.type === 'boolean'
                  ? `inputs.${input.name}`
                  : `inputs.${input.name} == '${option.value}'`,
            },
            ...(others ? { confidence: 'medium' } : {}),
            subject: { workflow },
          });
        }
      }
    }
  },
  message: ({ input, option, others }) =>
    others
      ? `dispatching with \`${input}: ${option}\` runs none of the jobs that the other options choose between`
      : `dispatching with \`${input}: ${option}\` runs no job: the run is green and does nothing`,
  help: ({ accepts, jobs }) =>
    `let ${jobs.map((job) => `"${job}"`).join(' or ')} accept it with \`github.event_name == 'workflow_dispatch' && ${accepts}\`, or remove the option`,
});

/** A value of the form and where it stands. */
interface Option {
  readonly value: string;
  readonly range: Range;
}

/** An option that reaches nothing, and the jobs whose conditions refuse it. */
interface Unreached {
  readonly option: Option;
  readonly refusing: readonly Job[];
  /** Whether other jobs run all the same. */
  readonly others: boolean;
}

/** Options that mean to do nothing. */
const idle = /^(?:|-+|none|no|off|false|skip|nothing|noop|no-op|dry[-_ ]?run|select.*|choose.*)$/i;

function hasConditions(workflow: Workflow, repository: Repository): boolean {
  const callees = workflow.jobs.flatMap((job) => repository.calleeOf(job) ?? []);
  return [workflow, ...callees].some((one) => one.jobs.some((job) => job.if !== undefined));
}

function unreached(
  workflow: Workflow,
  trigger: Trigger,
  input: InputDeclaration,
  repository: Repository,
): Unreached[] {
  // Without a condition on a job every option runs the same jobs.
  if (!hasConditions(workflow, repository)) return [];
  const options = optionsOf(input);
  const runs = options.map(({ value }) => {
    const event = dispatch(trigger, { [input.name]: value });
    return jobRuns(event, workflow, repository);
  });
  const reached = runs.map((all) => {
    const running = all.filter((run) => run.runs !== false);
    // A job that only calls does no work itself: its callee's jobs do.
    if (running.every(({ job }) => repository.calleeOf(job))) return new Set<Job>();
    return new Set(running.filter((run) => run.callers.length === 0).map((run) => run.job));
  });
  // Jobs that run for one option and not for another: what the input is there to choose.
  const all = new Set(reached.flatMap((jobs) => [...jobs]));
  const chosen = [...all].filter((job) => reached.some((jobs) => !jobs.has(job)));
  return options.flatMap((option, index) => {
    const jobs = reached[index] ?? new Set<Job>();
    const refusing = (runs[index] ?? [])
      .filter((run) => run.runs === false && run.job.if && !isDisabled(run.job))
      .map((run) => run.job);
    const nothing = jobs.size === 0;
    const silent =
      idle.test(option.value) ||
      refusing.length === 0 ||
      (!nothing && !onlyAround(jobs, chosen, input)) ||
      (!nothing && refusing.some((job) => job.if?.value.includes(`'${option.value}'`)));
    return silent ? [] : [{ option, refusing: likeliest(refusing, option), others: !nothing }];
  });
}

/** Whether jobs only prepare or follow up those that the input chooses between, and know nothing of it. */
function onlyAround(
  jobs: ReadonlySet<Job>,
  chosen: readonly Job[],
  input: InputDeclaration,
): boolean {
  if (chosen.length === 0 || chosen.some((job) => jobs.has(job))) return false;
  return [...jobs].every(
    (job) =>
      !reads(job, input) &&
      chosen.some((one) => ancestorsOf(one).has(job) || ancestorsOf(job).has(one)),
  );
}

/** `if: false`: switched off for everybody, on purpose. */
function isDisabled(job: Job): boolean {
  return conditionHolds(job.if, { contexts: {}, status: { success: true } }) === false;
}

function optionsOf(input: InputDeclaration): Option[] {
  if (input.type === 'choice') {
    // ATTACKER: every option is evaluated against every job.
    return input.options.slice(0, 200).map((text) => ({ value: text.value, range: text.node }));
  }
  // `false` means to leave something out, so only `true` is expected to do something.
  return input.type === 'boolean' ? [{ value: 'true', range: input.key }] : [];
}

/** Whether anything in a job reads the input: its steps may then tell the options apart. */
function reads(job: Job, input: InputDeclaration): boolean {
  const text = fileOf(job).text.slice(job.node.start, job.node.end).toLowerCase();
  const name = input.name.toLowerCase();
  return text.includes(`inputs.${name}`) || text.includes(`inputs['${name}']`);
}

/** The jobs that are named after the option, if there are any, else all. */
function likeliest(jobs: readonly Job[], option: Option): readonly Job[] {
  const words = wordsOf(option.value);
  const named = jobs.filter((job) => wordsOf(job.id).some((word) => words.includes(word)));
  return named.length > 0 ? named : jobs;
}

function conditionPlace(job: Job): Place[] {
  if (!job.if) return [];
  const range = job.if.via ?? job.if.node;
  return [{ file: fileOf(job), range, label: `the condition of job "${job.id}"` }];
}
