import type { Text } from '../workflow/model.ts';
import type { InputDeclaration, Trigger } from '../workflow/triggers.ts';
import type { Axis, NameAxis, OptionAxis } from './axis.ts';
import type { NameSet } from './case.ts';
import { literalOf, quotePattern } from './filter-pattern.ts';
import { cellOf, type NameCell, type NameSpace } from './name-cell.ts';

/** One thing that starts a workflow: an event, and an entry of its filters where it has some. */
export interface Entry {
  readonly trigger: Trigger;
  /** The entry of the filter; undefined when nothing restricts the event. */
  readonly filter?: Text;
  /** The refs of the runs. */
  readonly ref: NameAxis;
  /** Refs that no name makes, such as those of pull requests. */
  readonly fixedRefs?: readonly NameSet[];
  /** Base and head branch of a pull request. */
  readonly base?: NameAxis;
  readonly head?: NameAxis;
  readonly action?: OptionAxis;
  readonly schedule?: OptionAxis;
  readonly inputs: ReadonlyMap<string, InputAxis>;
  /** Whether a pull request was merged, where that is known. */
  readonly merged?: boolean;
  /** Which of the event's runs are meant, in words, where the filter does not say it. */
  readonly words?: string;
  readonly assumptions: readonly string[];
}

/** An input of a dispatch and what can be typed there. */
export interface InputAxis {
  readonly declaration: InputDeclaration;
  readonly axis: Axis;
}

/** What the configuration and version control say of triggers. */
export interface EntryOptions {
  readonly inputs?: ReadonlyMap<string, readonly string[]>;
  readonly defaultBranch?: string;
}

/**
 * The things that start a workflow, `workflow_call` left out. The refs follow the list of events.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function entriesOf(trigger: Trigger, options: EntryOptions): Entry[] {
  const make = new Maker(trigger, options);
  switch (trigger.event) {
    case 'workflow_call':
      return [];
    case 'push':
      return make.pushes();
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return make.pullRequests();
    case 'pull_request_target':
      return make.pullRequestTargets();
    case 'merge_group':
      return make.mergeGroups();
    case 'release':
      return [make.entry([tags('**')])];
    case 'workflow_dispatch':
    case 'create':
      return [make.entry([heads('**'), tags('**')])];
    case 'registry_package':
    case 'deployment':
    case 'deployment_status':
      return [make.deployment()];
    default:
      return [make.onDefaultBranch()];
  }
}

const heads = (...patterns: string[]): NameSpace => space('refs/heads/', patterns);
const tags = (...patterns: string[]): NameSpace => space('refs/tags/', patterns);

function space(prefix: string, patterns: readonly string[]): NameSpace {
  return { prefix, patterns, empty: false };
}

const anyName: NameSpace = space('', ['**']);

class Maker {
  readonly #trigger: Trigger;
  readonly #options: EntryOptions;

  constructor(trigger: Trigger, options: EntryOptions) {
    this.#trigger = trigger;
    this.#options = options;
  }

  entry(refs: readonly (NameSpace | NameCell)[], more: Partial<Entry> = {}): Entry {
    const { event, types, crons } = this.#trigger;
    const kinds = types?.map((type) => type.value) ?? defaultTypes.get(event) ?? [];
    const cells = refs.map((one) => ('space' in one ? one : cellOf(one)));
    const onlyTags = cells.every((cell) => cell.space.prefix === 'refs/tags/');
    return {
      trigger: this.#trigger,
      ref: { kind: 'names', id: 'ref', cells, noun: onlyTags ? 'the tag' : 'the branch' },
      inputs: this.#inputs(),
      assumptions: [],
      ...(kinds.length > 0 ? { action: optionAxis('action', 'the activity', kinds) } : {}),
      ...(crons.length > 0
        ? {
            schedule: optionAxis(
              'schedule',
              'the schedule',
              crons.map((cron) => cron.value),
            ),
          }
        : {}),
      ...more,
    };
  }

  pushes(): Entry[] {
    const { branches, branchesIgnore, tags: named, tagsIgnore } = this.#trigger;
    const found = [
      ...this.#filtered(branches, 'refs/heads/'),
      ...this.#filtered(named, 'refs/tags/'),
    ];
    // Filters of one kind only shut the other kind out; no filter at all lets both in.
    const open = !branches && !branchesIgnore && !named && !tagsIgnore;
    const rest: NameSpace[] = [];
    if (branchesIgnore || open) rest.push(heads('**', ...ignored(branchesIgnore)));
    if (tagsIgnore || open) rest.push(tags('**', ...ignored(tagsIgnore)));
    return rest.length > 0 ? [...found, this.entry(rest)] : found;
  }

  pullRequests(): Entry[] {
    const { event, types } = this.#trigger;
    const kinds = types?.map((type) => type.value);
    const closed = event === 'pull_request' && kinds?.includes('closed') === true;
    // Later activities, such as labels, happen to merged pull requests too.
    const early = kinds?.every((kind) => beforeMerge.has(kind)) ?? true;
    const unmerged = event === 'pull_request' && early ? { merged: false } : {};
    return this.#bases().flatMap(({ cells, filter }) => {
      const head = headAxis();
      const assumptions = [
        'the head branch is in this repository: runs for pull requests from forks get no token',
        ...(event === 'pull_request' ? [] : [`GitHub does not document the subject of ${event}`]),
      ];
      const open = this.entry([anyName], {
        base: baseAxis(cells),
        head,
        fixedRefs: [{ kind: 'template', pieces: ['refs/pull/', { open: 'the number' }, '/merge'] }],
        assumptions,
        ...unmerged,
        ...filter,
        ...(closed ? { words: 'the pull request is not closed by a merge' } : {}),
      });
      if (!closed) return [open];
      // A run for a merge has the base branch as its ref.
      const base = baseAxis(
        cells.map((cell) => ({ ...cell, space: { ...cell.space, prefix: 'refs/heads/' } })),
      );
      const merge = this.entry([], {
        ref: base,
        base,
        head,
        assumptions,
        merged: true,
        action: optionAxis('action', 'the activity', ['closed']),
        ...filter,
        words: 'the pull request is merged',
      });
      return [open, merge];
    });
  }

  pullRequestTargets(): Entry[] {
    return this.#bases().map(({ cells, filter }) => ({
      ...this.onDefaultBranch(),
      base: baseAxis(cells),
      head: headAxis(),
      assumptions: [
        'the ref is the default branch (before GitHub Enterprise Server 3.20: the base branch)',
        'pull requests from forks set it off too, with a token',
      ],
      ...filter,
    }));
  }

  mergeGroups(): Entry[] {
    return this.#bases().map(({ cells, filter }) => {
      const refs = cells.map((cell) => {
        const [filter = '**', ...without] = cell.space.patterns;
        const base = cell.exact === undefined ? filter : quotePattern(cell.exact);
        const ignored = cell.exact === undefined ? without : [];
        return heads(queueOf(base), ...ignored.map((one) => `!${queueOf(one.slice(1))}`));
      });
      return this.entry(refs, {
        base: baseAxis(cells),
        assumptions: ['the refs of merge queues are named gh-readonly-queue/BASE/...'],
        ...filter,
      });
    });
  }

  deployment(): Entry {
    return this.entry([heads('**'), tags('**'), cellOf(anyName, '')], {
      assumptions: ['the ref is empty when it was made for a commit instead of a branch or tag'],
    });
  }

  onDefaultBranch(): Entry {
    const { defaultBranch } = this.#options;
    if (defaultBranch !== undefined) return this.entry([cellOf(heads('**'), defaultBranch)]);
    return this.entry([{ ...heads('**'), open: 'the default branch' }], {
      assumptions: ['the default branch is not known'],
    });
  }

  #bases(): { cells: readonly NameCell[]; filter: Partial<Entry> }[] {
    const { branches, branchesIgnore } = this.#trigger;
    if (!branches)
      return [{ cells: [cellOf(space('', ['**', ...ignored(branchesIgnore)]))], filter: {} }];
    return entriesIn(branches, '').map(({ cell, filter }) => ({
      cells: [cell],
      filter: { filter },
    }));
  }

  #filtered(filters: readonly Text[] | undefined, prefix: string): Entry[] {
    return entriesIn(filters ?? [], prefix).map(({ cell, filter }) =>
      this.entry([cell], { filter }),
    );
  }

  #inputs(): Map<string, InputAxis> {
    const axes = new Map<string, InputAxis>();
    if (this.#trigger.event !== 'workflow_dispatch') return axes;
    for (const declaration of this.#trigger.inputs) {
      const key = declaration.name.toLowerCase();
      const values = this.#values(key);
      axes.set(key, { declaration, axis: inputAxis(declaration, values) });
    }
    return axes;
  }

  /** Names of inputs are compared without regard to case. */
  #values(key: string): readonly string[] | undefined {
    for (const [name, values] of this.#options.inputs ?? []) {
      if (name.toLowerCase() === key) return values;
    }
    return undefined;
  }
}

/** The entries of a filter, each without what later ones shut out and without names that stand alone. */
function entriesIn(filters: readonly Text[], prefix: string): { cell: NameCell; filter: Text }[] {
  const literals = filters.flatMap(({ value }) =>
    value === '' || value.startsWith('!') || literalOf(value) === undefined ? [] : `!${value}`,
  );
  return filters.flatMap((filter, index) => {
    if (filter.value === '' || filter.value.startsWith('!')) return [];
    const exact = literalOf(filter.value);
    if (exact !== undefined) return [{ cell: cellOf(space(prefix, ['**']), exact), filter }];
    const later = filters.slice(index + 1).filter((one) => one.value.startsWith('!'));
    const without = [...later.map((one) => one.value), ...literals];
    return [{ cell: cellOf(space(prefix, [filter.value, ...new Set(without)])), filter }];
  });
}

/** The branches on which GitHub tries what is to be merged into a base. */
function queueOf(base: string): string {
  return `gh-readonly-queue/${base}${base === '**' ? '' : '/**'}`;
}

function ignored(filters: readonly Text[] | undefined): string[] {
  return filters?.map((text) => `!${text.value}`) ?? [];
}

function baseAxis(cells: readonly NameCell[]): NameAxis {
  return { kind: 'names', id: 'base', cells, noun: 'the base branch' };
}

function headAxis(): NameAxis {
  return { kind: 'names', id: 'head', cells: [cellOf(anyName)], noun: 'the head branch' };
}

/** Activities of pull requests that are open. */
const beforeMerge = new Set(['opened', 'synchronize', 'reopened', 'closed']);

function inputAxis(declared: InputDeclaration, values: readonly string[] | undefined): Axis {
  const id = `input ${declared.name.toLowerCase()}`;
  const noun = `input "${declared.name}"`;
  const options = declared.options.map((option) => option.value);
  if (declared.type === 'boolean') return optionAxis(id, noun, ['true', 'false']);
  if (options.length > 0) return optionAxis(id, noun, options);
  if (values && values.length > 0) return optionAxis(id, noun, values);
  // A required input cannot be left empty; one with a default is that, if nobody types another.
  const open: NameSpace = { prefix: '', patterns: ['**'], empty: !declared.required };
  const given = declared.default?.value ?? '';
  if (given === '') return { kind: 'names', id, noun, cells: [cellOf(open)] };
  const others: NameCell = {
    space: open,
    facts: [{ question: { test: 'equals', text: given }, holds: false }],
  };
  return { kind: 'names', id, noun, cells: [cellOf(open, given), others] };
}

/** An axis of a few values. */
function optionAxis(id: string, noun: string, options: readonly string[]): OptionAxis {
  return {
    kind: 'options',
    id,
    options: [...new Set(options)],
    words: (chosen) => `${noun} is ${chosen.map((one) => `"${one}"`).join(' or ')}`,
  };
}

/** What `types:` is when it is left out, where a condition may ask. */
const defaultTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['pull_request', ['opened', 'synchronize', 'reopened']],
  ['pull_request_target', ['opened', 'synchronize', 'reopened']],
  [
    'release',
    ['published', 'unpublished', 'created', 'edited', 'deleted', 'prereleased', 'released'],
  ],
  ['merge_group', ['checks_requested']],
]);
