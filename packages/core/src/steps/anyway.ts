import { conditionHolds, object, known, type Scope, type Truth } from '../workflow/evaluate.ts';
import { asksForStatus } from '../workflow/evaluate.ts';
import { eventsOf } from '../workflow/event.ts';
import type { Job, Step, Text } from '../workflow/model.ts';
import { expressionsOf, conditionOf } from '../workflow/template.ts';
import { actsOf, type Act, type Knowledge } from './acts.ts';
import { ancestorsOf, withCallee } from './graph.ts';
import { runsAfterFailure } from './reach.ts';

/** Acts that run although a gate before them failed, because of an `if:`. */
export interface Anyway {
  readonly gate: Act;
  /** The condition that lets them run, of the job or the step. */
  readonly condition: Text;
  readonly owner: Job | Step;
  /** The first of the acts. */
  readonly act: Act;
  /** Whether nothing but the status decides; else something that only the run knows. */
  readonly sure: boolean;
}

/** What in a job, itself or its steps, runs although a gate failed. */
export function runsAnyway(
  job: Job,
  isGate: (act: Act) => boolean,
  isGuarded: (act: Act) => boolean,
  knowledge: Knowledge,
): Anyway[] {
  const whole = byJob(job, isGate, isGuarded, knowledge);
  return whole ? [whole] : bySteps(job, isGate, isGuarded, knowledge);
}

function byJob(
  job: Job,
  isGate: (act: Act) => boolean,
  isGuarded: (act: Act) => boolean,
  knowledge: Knowledge,
): Anyway | undefined {
  if (!job.if || !asks(job.if)) return undefined;
  const all = (of: Job): readonly Act[] =>
    withCallee(of, knowledge.repository).flatMap((one) => actsOf(one, knowledge));
  const act = all(job).find(isGuarded);
  if (!act) return undefined;
  for (const before of ancestorsOf(job)) {
    const gate = all(before).find(isGate);
    if (!gate) continue;
    const verdicts = scopesOf(job).map((scope) => ({
      failed: runsAfterFailure(job, before, scope),
      // A job that runs only after a failure repairs or rolls back.
      well: runsAfterFailure(job, undefined, scope),
    }));
    const sure = verdicts.some(({ failed, well }) => failed === true && well === true);
    const maybe = verdicts.some(({ failed, well }) => failed === 'unknown' && well === 'unknown');
    if (sure || (maybe && !/\.result\b/.test(job.if.value))) {
      return { gate, condition: job.if, owner: job, act, sure };
    }
  }
  return undefined;
}

function bySteps(
  job: Job,
  isGate: (act: Act) => boolean,
  isGuarded: (act: Act) => boolean,
  knowledge: Knowledge,
): Anyway[] {
  const acts = actsOf(job, knowledge);
  const found = new Map<Step, Anyway>();
  for (const [index, act] of acts.entries()) {
    const step = act.running.jobStep;
    if (!isGuarded(act) || !step.if || !asks(step.if) || found.has(step)) continue;
    const gates = acts.slice(0, index).filter((one) => isGate(one) && one.running.jobStep !== step);
    const gate = gates.find((one) => stepRuns(step, one.running.jobStep) === true);
    if (!gate || stepRuns(step, undefined) === false) continue;
    found.set(step, { gate, condition: step.if, owner: step, act, sure: true });
  }
  return [...found.values()];
}

/** Whether a step runs when another one of its job failed, or when none did. */
function stepRuns(step: Step, failed: Step | undefined): Truth {
  const id = failed?.id?.value;
  const ended = object({ outcome: known('failure'), conclusion: known('failure') }, true);
  return conditionHolds(step.if, {
    contexts: { steps: object(id === undefined ? {} : { [id]: ended }, true) },
    status: { success: failed === undefined, failure: failed !== undefined, cancelled: false },
  });
}

/** The events of a workflow; one of which nothing is known when it is only called. */
function scopesOf(job: Job): readonly Scope[] {
  const events = eventsOf(job.workflow).map((event) => event.scope);
  return events.length > 0 ? events : [{ contexts: {}, status: { success: true } }];
}

function asks(condition: Text): boolean {
  const expression = conditionOf(condition);
  return expression ? asksForStatus(expression) : expressionsOf(condition).some(asksForStatus);
}
