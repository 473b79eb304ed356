import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';

import { countWorkflows, type Target } from '@sallyport/adapters';

import { Examiner, type Examined, type ExamineOptions } from './examine.ts';
import { received, type Message, type Outcome, type WorkerData } from './message.ts';

/** Fewer workflows than this are examined before a second thread has loaded its code. */
const worthAThread = 100;

/** The build puts the worker's code beside this; run from sources there is none, and one thread. */
const builtWorker = new URL('worker.js', import.meta.url);

/** How the work is shared out; by default by how much there is. */
export interface Sharing {
  /** The code of the second thread; undefined for one thread. */
  readonly worker: URL | undefined;
}

/**
 * Examines targets and gives what is found in their order, whatever the number of threads. An error
 * ends it where it would have ended one thread.
 */
export async function* examine(
  targets: readonly Target[],
  options: ExamineOptions,
  sharing: Sharing = { worker: isWorthAThread(targets) ? builtWorker : undefined },
): AsyncGenerator<Examined> {
  if (!sharing.worker) {
    const examiner = new Examiner(options);
    for (const target of targets) yield await examiner.examine(target);
    return;
  }
  const shared = new SharedWork(targets, options);
  const worker = await shared.start(sharing.worker);
  try {
    for (const outcome of shared.outcomes) yield take(await outcome);
    shared.check();
  } finally {
    shared.stop();
    await worker.terminate();
  }
}

function isWorthAThread(targets: readonly Target[]): boolean {
  if (targets.length < 2 || availableParallelism() < 2 || !existsSync(fileURLToPath(builtWorker))) {
    return false;
  }
  let count = 0;
  return targets.some((target) => (count += countWorkflows(target)) >= worthAThread);
}

function take(outcome: Outcome): Examined {
  if ('error' in outcome) throw outcome.error;
  return outcome.examined;
}

/** Targets that two threads take from one counter, so that neither waits for the other's big ones. */
class SharedWork {
  readonly outcomes: readonly Promise<Outcome>[];
  readonly #targets: readonly Target[];
  readonly #options: ExamineOptions;
  readonly #next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  /** What this thread took. */
  readonly #own = new Set<number>();
  #failure: Error | undefined;
  readonly #settle: ((outcome: Outcome) => void)[] = [];

  constructor(targets: readonly Target[], options: ExamineOptions) {
    this.#targets = targets;
    this.#options = options;
    this.outcomes = targets.map(
      () => new Promise<Outcome>((resolve) => void this.#settle.push(resolve)),
    );
  }

  /** Starts both threads. */
  async start(code: URL): Promise<Worker> {
    const { Worker: Thread } = await import('node:worker_threads');
    const workerData: WorkerData = {
      targets: this.#targets,
      options: this.#options,
      next: this.#next,
    };
    const worker = new Thread(code, { workerData });
    worker.on('message', (message: Message) => this.#settle[message.index]?.(received(message)));
    worker.on('error', (error) => (this.#failure = error));
    worker.on('exit', () => this.#close());
    void this.#work();
    return worker;
  }

  /** Throws what ended the other thread, if something has. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** INVARIANT: what a thread took and has not sent counts as failed, never as nothing found. */
  #close(): void {
    const error = this.#failure ?? new Error('a thread ended before its work was done');
    for (let index = 0; index < Atomics.load(this.#next, 0); index += 1) {
      if (!this.#own.has(index)) this.#settle[index]?.({ error });
    }
  }

  /** Nothing more is taken. */
  stop(): void {
    Atomics.store(this.#next, 0, this.#targets.length);
  }

  async #work(): Promise<void> {
    const examiner = new Examiner(this.#options);
    for (;;) {
      const index = Atomics.add(this.#next, 0, 1);
      const target = this.#targets[index];
      if (!target) return;
      this.#own.add(index);
      try {
        this.#settle[index]?.({ examined: await examiner.examine(target) });
      } catch (error) {
        this.#settle[index]?.({ error });
      }
    }
  }
}
