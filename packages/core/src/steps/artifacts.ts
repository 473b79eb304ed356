import { inputOf, type Job, type Text, type Workflow } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { isCallable } from '../workflow/token.ts';
import { isTelling, overlap, patternOf } from './glob.ts';
import { allRunningSteps, type RunningStep } from './running.ts';
import { showValue, valuesOf, type Value } from './value.ts';

/** A step that uploads a workflow artifact. Source: https://github.com/actions/upload-artifact (v3 to v7). */
export interface Upload extends RunningStep {
  readonly names: readonly Value[];
  /** The lines of `path:`, exclusions left out; `*` for what only the run knows. */
  readonly paths: readonly string[];
}

/** A step that downloads artifacts. Source: https://github.com/actions/download-artifact (v3 to v8). */
export interface Download extends RunningStep {
  /** Names or glob patterns; undefined when it takes every artifact of the run. */
  readonly names?: readonly Value[];
  /** Whether it takes them from another run than its own. */
  readonly crossRun: boolean;
}

/** The artifacts of a repository: who uploads what, and which jobs get it. */
export class Artifacts {
  readonly uploads: readonly Upload[];
  readonly downloads: readonly Download[];
  readonly #repository: Repository;
  readonly #runs = new Map<Workflow, ReadonlySet<Workflow>>();

  constructor(repository: Repository) {
    this.#repository = repository;
    const steps = [...allRunningSteps(repository)];
    this.uploads = steps.flatMap((step) => uploadOf(step, repository) ?? []);
    this.downloads = steps.flatMap((step) => downloadOf(step, repository) ?? []);
  }

  /** The downloads by other jobs that get an upload: in its run, or by `workflow_run` after it. */
  downloadsOf(upload: Upload): Download[] {
    return this.downloads.filter(
      (download) =>
        download.job !== upload.job &&
        selects(download, upload) &&
        this.#reaches(upload.job, download),
    );
  }

  #reaches(from: Job, download: Download): boolean {
    const theirs = this.#runsOf(from.workflow);
    if (!download.crossRun) return intersects(theirs, this.#runsOf(download.job.workflow));
    const after = download.job.workflow.triggers.filter(
      (trigger) => trigger.event === 'workflow_run',
    );
    const named = new Set(
      after.flatMap((trigger) => (trigger.workflows ?? []).map((text) => text.value)),
    );
    return [...theirs].some((workflow) =>
      named.has(workflow.name?.value ?? this.#repository.pathInside(workflow.file)),
    );
  }

  /** The workflows whose runs a workflow's jobs can be part of: itself, or those that call it. */
  #runsOf(workflow: Workflow, seen: ReadonlySet<Workflow> = new Set()): ReadonlySet<Workflow> {
    const known = this.#runs.get(workflow);
    if (known) return known;
    const callers = seen.has(workflow) ? [] : this.#repository.callersOf(workflow);
    const runs = new Set(
      callers.flatMap((job) => [...this.#runsOf(job.workflow, new Set([...seen, workflow]))]),
    );
    const alone = workflow.triggers.some((trigger) => trigger.event !== 'workflow_call');
    if (alone || !isCallable(workflow) || runs.size === 0) runs.add(workflow);
    if (seen.size === 0) this.#runs.set(workflow, runs);
    return runs;
  }
}

const cache = new WeakMap<Repository, Artifacts>();

/** The artifacts of a repository, worked out once. */
export function artifactsOf(repository: Repository): Artifacts {
  let artifacts = cache.get(repository);
  if (!artifacts) {
    artifacts = new Artifacts(repository);
    cache.set(repository, artifacts);
  }
  return artifacts;
}

function uploadOf(running: RunningStep, repository: Repository): Upload | undefined {
  const { step, frame } = running;
  if (!/^actions\/upload-artifact(?:@|$)/i.test(step.uses?.value ?? '')) return undefined;
  const name = inputOf(step, 'name');
  const path = inputOf(step, 'path');
  const lines = (path ? valuesOf(path, frame, repository) : []).flatMap((value) =>
    patternOf(value).split('\n'),
  );
  return {
    ...running,
    // "artifact" is the default of the action's input.
    names: name ? valuesOf(name, frame, repository) : [['artifact']],
    paths: [...new Set(lines.map((line) => line.trim()))].filter(
      (line) => line !== '' && !/^[!#]/.test(line),
    ),
  };
}

function downloadOf(running: RunningStep, repository: Repository): Download | undefined {
  const { step, frame } = running;
  const uses = step.uses?.value ?? '';
  const official = /^actions\/download-artifact(?:@|$)/i.test(uses);
  if (official || /^dawidd6\/action-download-artifact(?:@|$)/i.test(uses)) {
    const given = inputOf(step, 'name') ?? inputOf(step, 'pattern');
    // Ids come from the output of an upload step: any artifact of the run can be meant.
    return {
      ...running,
      crossRun:
        !official ||
        inputOf(step, 'run-id') !== undefined ||
        inputOf(step, 'repository') !== undefined,
      ...(given ? { names: valuesOf(given, frame, repository) } : {}),
    };
  }
  return byCommandLine(running);
}

/** `gh run download RUN --name NAME`, the names only where they are plain text. */
function byCommandLine(running: RunningStep): Download | undefined {
  const script: Text | undefined = running.step.run;
  const line = /\bgh\s+run\s+download\b((?:[^\n\\;&|]|\\\n)*)/.exec(script?.value ?? '')?.[1];
  if (line === undefined) return undefined;
  const names = [
    ...line.matchAll(/(?:--name|-n|--pattern|-p)[= ]\s*["']?([\w.*?-]+)["']?(?=\s|$)/g),
  ].flatMap((match) => (match[1] === undefined ? [] : [[match[1]]]));
  // Without a name it takes everything; with one that is no plain text nothing can be said.
  if (names.length === 0 && /--name|--pattern|\s-[np]\b/.test(line))
    return { ...running, crossRun: true, names: [] };
  return { ...running, crossRun: true, ...(names.length > 0 ? { names } : {}) };
}

function selects(download: Download, upload: Upload): boolean {
  if (!download.names) return true;
  return download.names.some((wanted) => upload.names.some((name) => sameName(wanted, name)));
}

function sameName(wanted: Value, name: Value): boolean {
  if (showValue(wanted) === showValue(name)) return true;
  const [left, right] = [patternOf(wanted), patternOf(name)];
  if (!isTelling(right)) return false;
  return (isTelling(left) || fixedGlob(wanted)) && overlap(left, right);
}

/** `pattern: "*"` is written by hand and means everything; `${{ inputs.name }}` alone means nothing to us. */
function fixedGlob(value: Value): boolean {
  return value.every((piece) => typeof piece === 'string');
}

function intersects(left: ReadonlySet<Workflow>, right: ReadonlySet<Workflow>): boolean {
  return [...left].some((one) => right.has(one));
}
