import { writeFileAtomically } from '@sallyport/adapters';
import { SallyportError } from '@sallyport/core';

import { printable, withoutRunnerCommands } from './safe.ts';
import type { Terminal } from './terminal.ts';

/** Where a report goes: stdout as it comes, or a file that appears when it is complete. */
export class Output {
  readonly #terminal: Terminal;
  readonly #file: string | undefined;
  readonly #guarded: boolean;
  readonly #kept: string[] = [];

  /** `commands`: the text holds commands for GitHub's runner on purpose. */
  constructor(
    terminal: Terminal,
    options: { readonly file?: string | undefined; readonly commands?: boolean } = {},
  ) {
    this.#terminal = terminal;
    this.#file = options.file;
    this.#guarded = terminal.env['GITHUB_ACTIONS'] === 'true' && !options.commands;
  }

  /** Writes text that is already safe for a terminal, in whole lines. */
  write(text: string): void {
    if (text === '') return;
    if (this.#file !== undefined) this.#kept.push(text);
    // ATTACKER: the runner reads its commands from the log, wherever in a report they come from.
    else this.#terminal.stdout.write(this.#guarded ? withoutRunnerCommands(text) : text);
  }

  /** Writes one line of anything. */
  writeLine(text: string): void {
    this.write(`${printable(text)}\n`);
  }

  /**
   * Writes the file, if there is one.
   * @throws SallyportError `OUTPUT_NOT_WRITTEN`
   */
  close(): void {
    if (this.#file === undefined) return;
    const problem = writeFileAtomically(this.#terminal.cwd, this.#file, this.#kept.join(''));
    if (problem !== undefined)
      throw new SallyportError('OUTPUT_NOT_WRITTEN', { path: this.#file, problem });
  }
}
