import {
  choice,
  fromData,
  known,
  lazyObject,
  object,
  unknown,
  unknownText,
  type Scope,
  type Value,
} from '../workflow/evaluate.ts';
import { absentParts } from '../workflow/event.ts';
import type { Workflow } from '../workflow/model.ts';
import { cellsAt, nameValue, optionValue, type Observation, type Point } from './axis.ts';
import type { Entry, InputAxis } from './entry.ts';
import type { Memory } from './memory.ts';

/** What is known of a repository and its settings from outside its files. */
export interface Settings {
  readonly vars?: ReadonlyMap<string, string>;
  /** ARNs that stand in secrets. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** `owner/name`. */
  readonly repositoryName?: string;
  readonly defaultBranch?: string;
  readonly actor?: string;
}

/** A point of an entry, and who notes what it leaves open. */
export interface View {
  readonly entry: Entry;
  readonly point: Point;
  readonly observation: Observation;
  /** What was found at other points of the entry. */
  readonly memory: Memory;
}

type Lazy = readonly [name: string, make: () => Value];

/** What the expressions of a workflow see in a run that an entry starts. */
export function eventScope(workflow: Workflow, view: View, settings: Settings): Scope {
  const { vars, secrets } = settings;
  return {
    contexts: {
      github: lazyObject(githubParts(workflow, view, settings), true),
      inputs: lazyObject(inputParts(view, true)),
      vars: lazyObject(texts(vars), true),
      secrets: lazyObject(
        [
          ...texts(secrets),
          ['GITHUB_TOKEN', () => unknown('secrets.GITHUB_TOKEN', { truth: true })],
        ],
        true,
      ),
    },
    status: { success: true, failure: false, cancelled: false },
  };
}

function texts(values: ReadonlyMap<string, string> = new Map()): Lazy[] {
  return Array.from(values, ([name, value]) => [name, () => known(value)]);
}

function githubParts(workflow: Workflow, view: View, settings: Settings): Lazy[] {
  const { repositoryName, actor } = settings;
  const name = workflow.name?.value;
  return [
    ['event_name', () => known(view.entry.trigger.event)],
    ...(repositoryName === undefined ? [] : repositoryParts(repositoryName)),
    ...refParts(view),
    ...(name === undefined ? [] : texts(new Map([['workflow', name]]))),
    ...(actor === undefined ? [] : texts(new Map([['actor', actor]]))),
    ['event', () => lazyObject(payloadParts(view, settings), true)],
  ];
}

function inputParts(view: View, typed: boolean): Lazy[] {
  return Array.from(view.entry.inputs, ([, input]) => [
    input.declaration.name,
    () => inputValue(input, view, typed),
  ]);
}

function payloadParts(view: View, { repositoryName, defaultBranch }: Settings): Lazy[] {
  const { entry, point, observation } = view;
  const { trigger, action, schedule } = entry;
  const { event } = trigger;
  const parts: Lazy[] = [];
  if (event.startsWith('pull_request')) {
    parts.push(['pull_request', () => pullRequest(view, repositoryName)]);
  }
  if (event === 'workflow_dispatch') {
    parts.push(['inputs', () => lazyObject(inputParts(view, false))]);
  }
  if (event === 'release') parts.push(['release', () => release(view)]);
  if (action) parts.push(['action', () => optionValue(action, point, observation)]);
  else if (/^(?:push|workflow_dispatch|schedule)$/.test(event)) {
    parts.push(['action', () => known(null)]);
  }
  if (schedule) parts.push(['schedule', () => optionValue(schedule, point, observation)]);
  if (defaultBranch !== undefined) {
    const repository = object({ default_branch: known(defaultBranch) }, true);
    parts.push(['repository', () => repository]);
  }
  const given = new Set(parts.map(([part]) => part));
  const absent = Object.entries(absentParts(event)).filter(([part]) => !given.has(part));
  return [...parts, ...absent.map(([part, value]): Lazy => [part, () => value])];
}

function repositoryParts(name: string): Lazy[] {
  const owner = name.slice(0, Math.max(0, name.indexOf('/')));
  return [
    ['repository', () => known(name)],
    ['repository_owner', () => known(owner)],
  ];
}

function refParts(view: View): Lazy[] {
  const { entry, point, observation } = view;
  const { ref, base, head, fixedRefs } = entry;
  const isPull = fixedRefs !== undefined;
  const names: Lazy[] = [
    [
      'base_ref',
      () =>
        base && isTarget(entry)
          ? nameValue(base, point, observation, 'github.base_ref')
          : known(''),
    ],
    ['head_ref', () => (head ? nameValue(head, point, observation, 'github.head_ref') : known(''))],
  ];
  if (isPull) {
    return [
      ...names,
      ['ref', () => unknown('github.ref', { prefix: 'refs/pull/' })],
      // Numbers of pull requests are no branch that anyone names.
      ['ref_name', () => unknownText('github.ref_name', pullName)],
      ['ref_type', () => known('branch')],
    ];
  }
  return [
    ...names,
    ['ref', () => nameValue(ref, point, observation, 'github.ref', true)],
    ['ref_name', () => nameValue(ref, point, observation, 'github.ref_name')],
    ['ref_type', () => refType(view)],
  ];
}

function isTarget({ trigger }: Entry): boolean {
  return trigger.event.startsWith('pull_request');
}

function pullName({
  test,
  text,
}: {
  readonly test: string;
  readonly text: string;
}): boolean | 'unknown' {
  if (test === 'equals') return /^\d+\/merge$/.test(text) ? 'unknown' : false;
  if (test === 'starts')
    return /^\d*(?:\/(?:m(?:e(?:r(?:ge?)?)?)?)?)?$/.test(text) ? 'unknown' : false;
  if (test === 'ends')
    return '/merge'.endsWith(text) || (/^\d+\/merge$/.test(text) ? 'unknown' : false);
  return '/merge'.includes(text) || (/^\d*(?:\/m?e?r?g?e?)?$/.test(text) ? 'unknown' : false);
}

function refType({ entry, point, observation }: View): Value {
  const cells = cellsAt(entry.ref, point);
  const types = cells.map((cell) => (cell.space.prefix === 'refs/tags/' ? 'tag' : 'branch'));
  if (new Set(types).size > 1) {
    observation.note(
      entry.ref,
      cells.map((cell) => [cell]),
    );
  }
  return choice(types.map((type) => known(type)));
}

function pullRequest({ entry, point, observation }: View, name: string | undefined): Value {
  const { base, head } = entry;
  const side = (axis: typeof base, of: string, more: Readonly<Record<string, Value>>): Value =>
    lazyObject(
      [
        ...(axis ? [['ref', () => nameValue(axis, point, observation, of)] satisfies Lazy] : []),
        ['repo', () => object(more, true)],
      ],
      true,
    );
  // Only runs for branches of this repository get a token; pull_request_target is for everybody.
  const own: Record<string, Value> =
    entry.trigger.event !== 'pull_request_target'
      ? { fork: known(false), ...(name === undefined ? {} : { full_name: known(name) }) }
      : {};
  const { merged } = entry;
  return lazyObject(
    [
      ...(merged === undefined ? [] : [['merged', () => known(merged)] satisfies Lazy]),
      ['base', () => side(base, 'github.event.pull_request.base.ref', {})],
      ['head', () => side(head, 'github.event.pull_request.head.ref', own)],
    ],
    true,
  );
}

function release({ entry, point, observation }: View): Value {
  return lazyObject(
    [['tag_name', () => nameValue(entry.ref, point, observation, 'github.event.release.tag_name')]],
    true,
  );
}

/** An input of the dispatch: typed in `inputs`, the text as it was given in `github.event.inputs`. */
function inputValue({ declaration, axis }: InputAxis, view: View, typed: boolean): Value {
  const { point, observation } = view;
  if (axis.kind === 'names') {
    return nameValue(axis, point, observation, `inputs.${declaration.name}`);
  }
  const boolean = typed && declaration.type === 'boolean';
  return optionValue(axis, point, observation, (option) =>
    fromData(boolean ? option === 'true' : option),
  );
}
