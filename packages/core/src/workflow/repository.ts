import type { SourceFile } from '../text/source.ts';
import type { Action, Job, Step, Workflow } from './model.ts';
import { parseAction, parseEither, parseWorkflow, type ParsedFile } from './parse.ts';

/** A file that could not be read as text at all; the adapter says why. */
export interface UnreadableFile {
  readonly path: string;
  readonly reason: 'unreadable' | 'too-large' | 'not-utf8' | 'symlink-loop' | 'not-a-file';
  readonly detail: string;
}

/** What is known of a repository from its version control; every part may be unknown. */
export interface GitFacts {
  readonly defaultBranch?: string;
  readonly currentBranch?: string;
  /** Workflow paths (relative to the repository) that exist on the default branch. */
  readonly onDefaultBranch?: ReadonlySet<string>;
  /** `path:line` (from 1) to the ISO date on which the line was last changed. */
  readonly lineDates?: ReadonlyMap<string, string>;
}

/** One repository as it is examined. Paths of files start with `prefix`. */
export interface RepositoryInput {
  /** How people name it: a folder's name, or `owner/name`. */
  readonly name: string;
  /** What stands before paths inside the repository, empty or ending in `/`. */
  readonly prefix: string;
  readonly files: readonly SourceFile[];
  readonly unreadable?: readonly UnreadableFile[];
  /** The files to report on; all when absent. The others only serve to follow calls. */
  readonly selected?: ReadonlySet<string>;
  readonly git?: GitFacts;
  /** Sizes in bytes of other files of the repository that rules ask about, by path inside it. */
  readonly sizes?: ReadonlyMap<string, number>;
}

/** A local reference that leads nowhere, or out of the repository, is left unresolved: never guessed. */
export class Repository {
  readonly input: RepositoryInput;
  readonly parsed: readonly ParsedFile[];
  readonly workflows: readonly Workflow[];
  readonly actions: readonly Action[];
  readonly #workflowsByPath = new Map<string, Workflow>();
  readonly #actionsByFolder = new Map<string, Action>();
  #callers: Map<Workflow, Job[]> | undefined;
  #users: Map<Action, Step[]> | undefined;
  #steps: readonly Step[] | undefined;

  constructor(input: RepositoryInput) {
    this.input = input;
    this.parsed = input.files.map((file) => this.#parse(file));
    this.workflows = this.parsed.flatMap((one) => one.workflow ?? []);
    this.actions = this.parsed.flatMap((one) => one.action ?? []);
    for (const workflow of this.workflows) {
      this.#workflowsByPath.set(this.pathInside(workflow.file), workflow);
    }
    for (const action of this.actions) {
      const path = this.pathInside(action.file);
      this.#actionsByFolder.set(path.slice(0, Math.max(0, path.lastIndexOf('/'))), action);
    }
  }

  /** A file's path inside the repository. */
  pathInside(file: SourceFile): string {
    return file.path.startsWith(this.input.prefix)
      ? file.path.slice(this.input.prefix.length)
      : file.path;
  }

  /** The local reusable workflow that a job calls. */
  calleeOf(job: Job): Workflow | undefined {
    const path = localPath(job.uses?.value);
    return path === undefined ? undefined : this.#workflowsByPath.get(path);
  }

  /** The local action that a step uses; `./` is the one at the root. */
  actionOf(step: Step): Action | undefined {
    const path = localPath(step.uses?.value);
    return path === undefined ? undefined : this.#actionsByFolder.get(path);
  }

  /** The jobs of this repository that call a workflow. */
  callersOf(workflow: Workflow): readonly Job[] {
    this.#callers ??= this.#indexCallers();
    return this.#callers.get(workflow) ?? [];
  }

  /** The steps of this repository, in workflows and composite actions, that use an action. */
  usersOf(action: Action): readonly Step[] {
    this.#users ??= this.#indexUsers();
    return this.#users.get(action) ?? [];
  }

  /** All steps of all jobs, then those of composite actions. */
  steps(): readonly Step[] {
    this.#steps ??= [
      ...this.workflows.flatMap((workflow) => workflow.jobs.flatMap((job) => job.steps)),
      ...this.actions.flatMap((action) => action.steps),
    ];
    return this.#steps;
  }

  #parse(file: SourceFile): ParsedFile {
    const path = this.pathInside(file);
    if (/(?:^|\/)\.github\/workflows\/[^/]+$/.test(path)) return parseWorkflow(file);
    return /(?:^|\/)action\.ya?ml$/.test(path) ? parseAction(file) : parseEither(file);
  }

  #indexCallers(): Map<Workflow, Job[]> {
    const callers = new Map<Workflow, Job[]>();
    for (const workflow of this.workflows) {
      for (const job of workflow.jobs) {
        const callee = this.calleeOf(job);
        if (callee) callers.set(callee, [...(callers.get(callee) ?? []), job]);
      }
    }
    return callers;
  }

  #indexUsers(): Map<Action, Step[]> {
    const users = new Map<Action, Step[]>();
    for (const step of this.steps()) {
      const action = this.actionOf(step);
      if (action) users.set(action, [...(users.get(action) ?? []), step]);
    }
    return users;
  }
}

/** `./a/b/` -> `a/b`; undefined for anything that is not local or leaves the repository. */
function localPath(uses: string | undefined): string | undefined {
  if (uses === undefined || !uses.startsWith('.') || !/^\.\.?(?:\/|$)/.test(uses)) return undefined;
  const parts: string[] = [];
  for (const part of uses.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
