import { fromData, known, object, unknown, type Scope, type Value } from './evaluate.ts';
import type { Workflow } from './model.ts';
import type { InputDeclaration, Trigger } from './triggers.ts';

/**
 * One thing that starts a workflow, as far as its file tells: the event, a ref that its filters let
 * through, and the contexts that a run then has.
 */
export interface WorkflowEvent {
  readonly trigger: Trigger;
  /** The full ref of the run; undefined when nobody can say. */
  readonly ref?: string;
  /** The filter that the ref was made from, as written; undefined when no filter restricts it. */
  readonly filter?: string;
  readonly scope: Scope;
}

/** A branch and a tag that no filter and no condition names. */
const anyBranch = 'any-other-branch';
const anyTag = 'any-other-tag';

/**
 * The events that start a workflow, one per ref that a filter names; a pattern stands for one ref
 * that it matches. `workflow_call` is none: see the events of the callers.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function eventsOf(workflow: Workflow): readonly WorkflowEvent[] {
  let events = eventsBefore.get(workflow);
  if (!events) {
    // ATTACKER: every event is evaluated against every job.
    events = workflow.triggers.flatMap((trigger) => ofTrigger(trigger)).slice(0, maxEvents);
    eventsBefore.set(workflow, events);
  }
  return events;
}

const eventsBefore = new WeakMap<Workflow, readonly WorkflowEvent[]>();

const maxEvents = 200;

export { fromEvent as absentParts };

function ofTrigger(trigger: Trigger): WorkflowEvent[] {
  switch (trigger.event) {
    case 'workflow_call':
      return [];
    case 'push':
      return pushes(trigger);
    case 'pull_request':
      return pullRequests(trigger);
    case 'workflow_dispatch':
      return [dispatch(trigger, {}, anyBranch)];
    case 'release':
      return [
        event(trigger, `refs/tags/${anyTag}`, undefined, {
          release: unknown('github.event.release', { truth: true }),
        }),
      ];
    default:
      return [event(trigger, undefined, undefined, {})];
  }
}

/** A dispatch of a workflow with some inputs fixed; from any ref unless a branch is given. */
export function dispatch(
  trigger: Trigger,
  fixed: Readonly<Record<string, string>> = {},
  branch?: string,
): WorkflowEvent {
  const inputs: Record<string, Value> = {};
  const raw: Record<string, Value> = {};
  for (const declared of trigger.inputs) {
    // ATTACKER: an input can be called `constructor`.
    const value = Object.hasOwn(fixed, declared.name) ? fixed[declared.name] : undefined;
    inputs[declared.name] = inputValue(declared, value);
    // `github.event.inputs` holds the strings that were typed, `inputs` the typed values.
    raw[declared.name] =
      value === undefined ? unknown(`github.event.inputs.${declared.name}`) : known(value);
  }
  const ref = branch === undefined ? undefined : `refs/heads/${branch}`;
  const made = event(trigger, ref, undefined, { inputs: object(raw) });
  return {
    ...made,
    scope: { ...made.scope, contexts: { ...made.scope.contexts, inputs: object(inputs) } },
  };
}

function inputValue(declared: InputDeclaration, value: string | undefined): Value {
  if (value === undefined) return unknown(`inputs.${declared.name}`);
  return known(declared.type === 'boolean' ? value === 'true' : value);
}

function pushes(trigger: Trigger): WorkflowEvent[] {
  const { branches, branchesIgnore, tags, tagsIgnore } = trigger;
  const found: WorkflowEvent[] = [];
  for (const text of (branches ?? []).filter((one) => !one.value.startsWith('!'))) {
    found.push(event(trigger, `refs/heads/${witness(text.value)}`, text.value));
  }
  for (const text of (tags ?? []).filter((one) => !one.value.startsWith('!'))) {
    found.push(event(trigger, `refs/tags/${witness(text.value)}`, text.value));
  }
  // Filters of one kind only shut the other kind out; no filter at all lets both in.
  const unfiltered = !branches && !branchesIgnore && !tags && !tagsIgnore;
  if (branchesIgnore || unfiltered) found.push(event(trigger, `refs/heads/${anyBranch}`));
  if (tagsIgnore || unfiltered) found.push(event(trigger, `refs/tags/${anyTag}`));
  return found;
}

function pullRequests(trigger: Trigger): WorkflowEvent[] {
  const bases = (trigger.branches ?? []).filter((one) => !one.value.startsWith('!'));
  const made = (base: string, filter?: string): WorkflowEvent =>
    event(
      trigger,
      'refs/pull/1/merge',
      filter,
      { pull_request: unknown('github.event.pull_request', { truth: true }) },
      { base_ref: known(base), head_ref: known(anyBranch) },
    );
  if (trigger.branches) return bases.map((base) => made(witness(base.value), base.value));
  return [made(anyBranch)];
}

function event(
  trigger: Trigger,
  ref: string | undefined,
  filter?: string,
  payload: Readonly<Record<string, Value>> = {},
  more: Readonly<Record<string, Value>> = {},
): WorkflowEvent {
  const github: Record<string, Value> = { event_name: known(trigger.event), ...more };
  if (ref !== undefined) {
    const [, kind = '', name = ''] = /^refs\/(heads|tags|pull)\/(.*)$/s.exec(ref) ?? [];
    github['ref'] = known(ref);
    github['ref_name'] = known(name);
    github['ref_type'] = known(kind === 'tags' ? 'tag' : 'branch');
  }
  if (!Object.hasOwn(more, 'base_ref') && trigger.event !== 'pull_request_target') {
    github['base_ref'] = known('');
    github['head_ref'] = known('');
  }
  const [only, ...others] = trigger.types ?? [];
  const action = only && others.length === 0 ? known(only.value) : unknown('github.event.action');
  github['event'] = object(
    {
      ...fromEvent(trigger.event),
      action: /^(?:push|workflow_dispatch|schedule)$/.test(trigger.event) ? known(null) : action,
      ...payload,
    },
    true,
  );
  return {
    trigger,
    ...(ref === undefined ? {} : { ref }),
    ...(filter === undefined ? {} : { filter }),
    scope: {
      contexts: { github: object(github, true), inputs: object({}) },
      status: { success: true, failure: false, cancelled: false },
    },
  };
}

/** The parts of a payload that only some events have; elsewhere they are null. */
function fromEvent(name: string): Readonly<Record<string, Value>> {
  let absent = absentIn.get(name);
  if (!absent) {
    const missing = Object.entries(eventParts).filter(([, events]) => !events.includes(name));
    absent = Object.fromEntries(missing.map(([part]) => [part, fromData(null)]));
    // ATTACKER: anything can stand under `on:`.
    if (absentIn.size < 100) absentIn.set(name, absent);
  }
  return absent;
}

const absentIn = new Map<string, Readonly<Record<string, Value>>>();

const eventParts: Readonly<Record<string, readonly string[]>> = {
  inputs: ['workflow_dispatch'],
  release: ['release'],
  pull_request: [
    'pull_request',
    'pull_request_target',
    'pull_request_review',
    'pull_request_review_comment',
  ],
  issue: ['issues', 'issue_comment'],
  comment: ['issue_comment', 'commit_comment', 'discussion_comment', 'pull_request_review_comment'],
  workflow_run: ['workflow_run'],
  client_payload: ['repository_dispatch'],
  head_commit: ['push'],
  merge_group: ['merge_group'],
};

/**
 * One name that a filter pattern matches.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function witness(pattern: string): string {
  if (/^\*\*?$/.test(pattern)) return anyBranch;
  const parts = pattern.matchAll(/\\(.)|\[(.)[^\]]*\]|\*+|./gs);
  let made = '';
  for (const [part, escaped, first] of parts) {
    // `?` and `+` speak of the character before them, which is there already.
    if (part === '?' || part === '+') continue;
    made += part.startsWith('*') ? 'any' : (escaped ?? first ?? part);
  }
  return made;
}
