import { scriptEngine } from '@sallyport/adapters';
import type { ScriptEngine } from '@sallyport/core';

/** Thrown through an audit that comes upon a script for the grammar before that is loaded. */
class GrammarMissing extends Error {}

/**
 * The engine for scripts. Almost every script is read without its grammar, and to compile that takes
 * longer than to audit a small repository: so it is loaded when a script first needs it, and the audit
 * that came upon the script is made anew.
 */
export class Engine {
  #loaded: ScriptEngine | undefined;
  readonly #lazy: ScriptEngine = {
    parseShell: (source) => {
      if (!this.#loaded) throw new GrammarMissing();
      return this.#loaded.parseShell(source);
    },
  };

  /** Gives what some work gives that needs an engine; it may be done twice. */
  async run<Result>(work: (engine: ScriptEngine) => Result): Promise<Result> {
    try {
      return work(this.#lazy);
    } catch (error) {
      if (!(error instanceof GrammarMissing)) throw error;
    }
    this.#loaded = await scriptEngine();
    return work(this.#lazy);
  }
}
