import type { ScriptEngine } from '../script/engine.ts';
import type { ShellScript } from '../script/shell.ts';
import { readSoundScript } from '../script/sound-script.ts';
import { offsetsOf } from '../text/offsets.ts';
import type { Range } from '../text/range.ts';
import { fileOf, type Step, type Text } from './model.ts';
import { shellOf, type Shell } from './shell.ts';

/** A step's script: its text, its language, and, for bash and sh, what it does. */
export interface StepScript {
  readonly step: Step;
  readonly text: Text;
  readonly shell: Shell;
  /** Whether the workflow names the shell; GitHub then runs bash with `-o pipefail`. */
  readonly explicitShell: boolean;
  /** The parsed script; undefined for languages that are not analysed. Parsed at the first call. */
  parsed(): ShellScript | undefined;
  /** Offsets in the script to a range in the file. */
  range(start: number, end: number): Range;
}

/** Gives the script of a step, each made once. */
export class Scripts {
  readonly #engine: ScriptEngine | undefined;
  readonly #known = new WeakMap<Step, StepScript>();

  /** Without an engine no script is parsed, and every one counts as not analysed. */
  constructor(engine?: ScriptEngine) {
    this.#engine = engine;
  }

  /** The script of a `run:` step; undefined for a `uses:` step. */
  of(step: Step): StepScript | undefined {
    const text = step.run;
    if (!text) return undefined;
    const known = this.#known.get(step);
    if (known) return known;
    const made = this.#make(step, text);
    this.#known.set(step, made);
    return made;
  }

  #make(step: Step, text: Text): StepScript {
    const { shell, explicit } = shellOf(step);
    let script: ShellScript | undefined;
    let offsets: ((index: number) => number) | undefined;
    return {
      step,
      text,
      shell,
      explicitShell: explicit,
      parsed: () => {
        if (shell !== 'bash' && shell !== 'sh') return undefined;
        if (!this.#engine) return undefined;
        // Almost every script is sound; the engine's grammar is there for the others.
        script ??= readSoundScript(text.value) ?? this.#engine.parseShell(text.value);
        return script;
      },
      range: (start, end) => {
        offsets ??= offsetsOf(fileOf(step).text, text.node);
        const from = offsets(start);
        return {
          start: from,
          end: Math.max(from, offsets(Math.max(start, end - 1)) + (end > start ? 1 : 0)),
        };
      },
    };
  }
}
