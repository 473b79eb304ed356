import type { YamlMap, YamlNode, YamlPair, YamlScalar } from '../text/node.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import type { Permissions } from './permissions.ts';
import type { WorkflowProblem } from './problem.ts';
import type { Trigger, InputDeclaration } from './triggers.ts';

/**
 * GitHub's semantics of a workflow file with a source range on every node. Sources: the workflow
 * syntax page of docs.github.com and the schema of github.com/actions/languageservices
 * (`workflow-v1.0.json`). Readers write every property in the same order, undefined where the file has
 * none: engines read objects of one shape several times faster than objects of many.
 */
export interface Workflow {
  readonly kind: 'workflow';
  readonly file: SourceFile;
  readonly root: YamlMap;
  readonly name?: Text | undefined;
  readonly triggers: readonly Trigger[];
  /** The value under `on:`; undefined when the file has none. */
  readonly on?: YamlNode | undefined;
  readonly permissions?: Permissions | undefined;
  readonly env: Entries;
  readonly defaultShell?: Text | undefined;
  readonly concurrency?: YamlNode | undefined;
  readonly jobs: readonly Job[];
  readonly problems: readonly WorkflowProblem[];
}

/** A job: either `steps` on a runner, or a call of a reusable workflow (`uses`). */
export interface Job {
  readonly kind: 'job';
  readonly workflow: Workflow;
  readonly id: string;
  /** The key that names the job. */
  readonly key: YamlScalar;
  readonly node: YamlMap;
  /** The alias through which the job was reached, if it was. */
  readonly via?: Range | undefined;
  readonly name?: Text | undefined;
  readonly needs: readonly Text[];
  readonly if?: Text | undefined;
  readonly runsOn?: YamlNode | undefined;
  readonly environment?: Environment | undefined;
  readonly permissions?: Permissions | undefined;
  readonly env: Entries;
  readonly outputs: Entries;
  readonly defaultShell?: Text | undefined;
  readonly concurrency?: YamlNode | undefined;
  readonly matrix?: YamlNode | undefined;
  readonly continueOnError?: Text | undefined;
  readonly timeoutMinutes?: Text | undefined;
  readonly container?: Container | undefined;
  readonly services: readonly Container[];
  /** The reusable workflow that the job calls. */
  readonly uses?: Text | undefined;
  readonly with: Entries;
  /** `secrets:` of a calling job: `inherit`, or a map. */
  readonly secrets: Entries;
  readonly secretsInherit?: Text | undefined;
  readonly steps: readonly Step[];
}

/** A deployment environment; its name may be an expression. */
export interface Environment {
  readonly name?: Text | undefined;
  readonly url?: Text | undefined;
  readonly node: YamlNode;
}

/** A job's container or one of its services. */
export interface Container {
  readonly name: string;
  readonly image?: Text | undefined;
  readonly env: Entries;
  readonly credentials: Entries;
  readonly options?: Text | undefined;
  readonly node: YamlNode;
}

/** One step of a job or of a composite action. */
export interface Step {
  readonly kind: 'step';
  readonly owner: Job | Action;
  /** Position in the list, from 0. */
  readonly index: number;
  readonly node: YamlMap;
  readonly via?: Range | undefined;
  readonly id?: Text | undefined;
  readonly name?: Text | undefined;
  readonly if?: Text | undefined;
  readonly uses?: Text | undefined;
  readonly with: Entries;
  readonly run?: Text | undefined;
  readonly shell?: Text | undefined;
  readonly env: Entries;
  readonly workingDirectory?: Text | undefined;
  readonly continueOnError?: Text | undefined;
  readonly timeoutMinutes?: Text | undefined;
}

/** An `action.yml`: composite ones have steps, others only inputs and outputs. */
export interface Action {
  readonly kind: 'action';
  readonly file: SourceFile;
  readonly root: YamlMap;
  readonly name?: Text | undefined;
  readonly inputs: readonly InputDeclaration[];
  readonly outputs: Entries;
  readonly using?: Text | undefined;
  readonly steps: readonly Step[];
  readonly problems: readonly WorkflowProblem[];
}

/** A string that GitHub reads, and the scalar it stands in. */
export interface Text {
  readonly value: string;
  readonly node: YamlScalar;
  /** The alias through which the value was reached, if it was. */
  readonly via?: Range | undefined;
}

/** One entry of `env`, `with`, `secrets` or `outputs`. */
export interface Entry {
  readonly name: string;
  readonly key: YamlScalar;
  readonly pair: YamlPair;
  /** Undefined when the value is a map or a list. */
  readonly value?: Text | undefined;
}

/** The entries of a block in order; the block's own node; or the expression that makes the whole block. */
export interface Entries {
  readonly items: readonly Entry[];
  readonly node?: YamlNode | undefined;
  /** The key and value that hold the block. */
  readonly pair?: YamlPair | undefined;
  readonly expression?: Text | undefined;
}

/** The entry of a name, compared as GitHub compares: inputs without regard to case, env exactly. */
export function entryOf(entries: Entries, name: string, ignoreCase = false): Entry | undefined {
  if (!ignoreCase) {
    for (const item of entries.items) if (item.name === name) return item;
    return undefined;
  }
  if (entries.items.length === 0) return undefined;
  const wanted = name.toLowerCase();
  for (const item of entries.items) if (item.name.toLowerCase() === wanted) return item;
  return undefined;
}

/** The input of a step under a name (inputs do not distinguish case). */
export function inputOf(step: Step, name: string): Text | undefined {
  return entryOf(step.with, name, true)?.value;
}

/** The workflow that a step stands in, undefined for steps of composite actions. */
export function jobOf(step: Step): Job | undefined {
  return step.owner.kind === 'job' ? step.owner : undefined;
}

/** The file that a part of the model stands in. */
export function fileOf(part: Step | Job | Workflow | Action): SourceFile {
  if (part.kind === 'step') return fileOf(part.owner);
  return part.kind === 'job' ? part.workflow.file : part.file;
}
