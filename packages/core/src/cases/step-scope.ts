import type { Frame } from '../credentials/frame.ts';
import {
  asksForStatus,
  conditionHolds,
  evaluateText,
  known,
  lazyObject,
  traced,
  unknown,
  type Scope,
  type Truth,
  type Value,
} from '../workflow/evaluate.ts';
import { inputOf, type Entries, type Step } from '../workflow/model.ts';
import { conditionOf } from '../workflow/template.ts';
import { oneLine } from './words.ts';

/**
 * What a step's expressions see: `env` of the step, the job and the workflow, and in a composite
 * action the inputs that its user gives. What scripts write into the environment stays unknown.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability
 */
export function stepScope(frame: Frame, scope: Scope): Scope {
  const { action, caller } = frame;
  const outer = action && caller ? stepScope(caller, scope) : scope;
  const status = { success: true, failure: false, cancelled: false } as const;
  const around: Scope = {
    contexts: {
      ...scope.contexts,
      ...(action ? { inputs: actionInputs(frame, outer) } : {}),
      env: outerEnv(frame, scope, outer),
    },
    status,
  };
  return withEnv(frame.step?.env, around, around.contexts['env']);
}

/** Whether a step runs once its job does, with the uses of composite actions that lead to it. */
export function stepRuns(
  frame: Frame,
  scope: Scope,
): { readonly runs: Truth; readonly open: readonly string[]; readonly blocked?: Step } {
  let runs: Truth = true;
  const open: string[] = [];
  for (let at: Frame | undefined = frame; at; at = at.caller) {
    const condition = at.step?.if;
    if (!condition) continue;
    const own = stepScope(at, scope);
    const holds = conditionHolds(condition, own);
    if (holds === true) continue;
    const when = holds === false ? afterTrouble(at, own) : `"${oneLine(condition.value)}" holds`;
    if (when === undefined)
      return { runs: false, open: [], ...(at.step ? { blocked: at.step } : {}) };
    runs = 'unknown';
    open.push(when);
  }
  return { runs, open };
}

/** When a step runs that does not run while everything goes well; undefined when it never does. */
function afterTrouble({ step }: Frame, scope: Scope): string | undefined {
  if (!step?.if || !asksForStatus(conditionOf(step.if))) return undefined;
  const under = (status: Scope['status']): boolean =>
    conditionHolds(step.if, { ...scope, ...(status ? { status } : {}) }) !== false;
  if (step.index > 0 && under({ success: false, failure: true, cancelled: false })) {
    return 'an earlier step fails';
  }
  return under({ success: false, failure: false, cancelled: true })
    ? 'the run is cancelled'
    : undefined;
}

/** The environment that a step finds: that of its job, or of the step that uses its action. */
function outerEnv(frame: Frame, scope: Scope, outer: Scope): Value {
  if (frame.action) return outer.contexts['env'] ?? unknown('env');
  const bare: Scope = { ...scope, contexts: { ...scope.contexts, env: lazyObject([], true) } };
  const ofWorkflow = withEnv(frame.job?.workflow.env, bare, undefined);
  const ofJob = withEnv(frame.job?.env, bare, ofWorkflow.contexts['env']);
  return ofJob.contexts['env'] ?? unknown('env');
}

/** A scope with more variables; those of `before` are seen where none of the same name is set. */
function withEnv(entries: Entries | undefined, scope: Scope, before: Value | undefined): Scope {
  if (!entries || entries.items.length === 0) {
    return before ? { ...scope, contexts: { ...scope.contexts, env: before } } : scope;
  }
  const found = before?.kind === 'object' ? before.entries : [];
  const own = entries.items.map(
    ({ name, value }) =>
      [name, () => (value ? traced(evaluateText(value, scope)) : known(''))] as const,
  );
  const others = found.map((entry) => [entry.name, () => entry.value] as const);
  return {
    ...scope,
    contexts: { ...scope.contexts, env: lazyObject([...own, ...others], true) },
  };
}

function actionInputs(frame: Frame, outer: Scope): Value {
  const user = frame.caller?.step;
  return lazyObject(
    (frame.action?.inputs ?? []).map(({ name, default: fallback }) => [
      name,
      () => {
        const given = user && inputOf(user, name);
        if (given) return traced(evaluateText(given, outer));
        return fallback ? traced(evaluateText(fallback, outer)) : known('');
      },
    ]),
  );
}
