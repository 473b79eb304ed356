import { setImmediate } from 'node:timers/promises';

import { scriptEngine } from '@sallyport/adapters';
import type { ScriptEngine } from '@sallyport/core';

/** The engine for scripts: nothing is loaded before a file has one. It compiles on other threads. */
export class Engine {
  #promise: Promise<ScriptEngine> | undefined;
  #loaded: ScriptEngine | undefined;

  /** Begins to load, once. */
  start(): void {
    this.#promise ??= scriptEngine().then((engine) => (this.#loaded = engine));
    // Whoever needs the engine awaits it and hears why it failed.
    this.#promise.catch(() => undefined);
  }

  /** The engine, if something has started it. */
  get(): Promise<ScriptEngine> | undefined {
    return this.#promise;
  }

  /** Whether there is something better to do than to wait. */
  async isLoading(): Promise<boolean> {
    if (!this.#promise || this.#loaded) return false;
    await setImmediate();
    return this.#loaded === undefined;
  }
}
