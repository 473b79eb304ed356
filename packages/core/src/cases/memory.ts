import type { Truth } from '../workflow/evaluate.ts';
import type { Job } from '../workflow/model.ts';
import { keyOfAtom, type Observation, type Point, type Split } from './axis.ts';

/**
 * Whether jobs run, remembered for the other targets of the same entry at the same point. What was
 * asked on the way is remembered too, and asked again of whoever is told the answer.
 */
export class Memory {
  readonly #known = new Map<string, Remembered>();

  /** The truths of a workflow's jobs at a point; `way` are the calls that lead to the workflow. */
  at(point: Point, way: readonly Job[], observation: Observation): Remembered {
    const atoms = Array.from(point, ([id, some]) => [id, ...some.map((atom) => keyOfAtom(atom))]);
    const key = JSON.stringify([way.map((job) => [job.workflow.file.path, job.id]), ...atoms]);
    let truths = this.#known.get(key);
    if (!truths) {
      truths = new Remembered();
      this.#known.set(key, truths);
    }
    truths.observation = observation;
    return truths;
  }
}

/** Truths by job, each with the first question that it, or what came before it, asked. */
export class Remembered extends Map<Job, Truth> {
  observation: Observation | undefined;
  readonly #splits = new Map<Job, Split>();
  readonly #vague = new Set<Job>();

  override get(job: Job): Truth | undefined {
    const split = this.#splits.get(job);
    if (split) this.observation?.note(split.axis, split.parts);
    if (this.#vague.has(job) && this.observation) this.observation.vague = true;
    return super.get(job);
  }

  override set(job: Job, truth: Truth): this {
    const { split, vague } = this.observation ?? {};
    if (split) this.#splits.set(job, split);
    if (vague) this.#vague.add(job);
    return super.set(job, truth);
  }
}
