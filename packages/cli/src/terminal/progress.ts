import { printable } from './safe.ts';
import type { Terminal } from './terminal.ts';
import { displayWidth } from './width.ts';

/** Fewer steps than this are done before anyone could read a bar. */
const longWork = 8;
const barWidth = 24;
/** Milliseconds between two pictures. */
const interval = 80;

/** Says on stderr how far long work has come: a bar on a terminal, one line per phase elsewhere. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #silent: boolean;
  #phase = '';
  #total = 0;
  #done = 0;
  #drawn = 0;
  #visible = false;

  constructor(terminal: Terminal, quiet: boolean) {
    this.#terminal = terminal;
    this.#silent = quiet;
  }

  /** Begins a phase of `total` steps. */
  start(phase: string, total: number): void {
    [this.#phase, this.#total, this.#done] = [phase, total, 0];
    if (!this.#shown() || this.#isTerminal()) return;
    this.#terminal.stderr.write(`${phase} ${total} repositories and files\n`);
  }

  /** One step more is done. */
  step(name: string): void {
    this.#done += 1;
    if (!this.#shown() || !this.#isTerminal()) return;
    const now = performance.now();
    if (now - this.#drawn < interval) return;
    this.#drawn = now;
    this.#visible = true;
    this.#terminal.stderr.write(`\r${this.#picture(name)}\u001b[K`);
  }

  /** Takes the bar away, so that what follows stands on a clean line. */
  end(): void {
    if (this.#visible) this.#terminal.stderr.write('\r\u001b[K');
    this.#visible = false;
  }

  #picture(name: string): string {
    const filled = Math.round((this.#done / Math.max(1, this.#total)) * barWidth);
    const bar = `${'='.repeat(filled)}${' '.repeat(barWidth - filled)}`;
    const text = `${this.#phase} [${bar}] ${this.#done}/${this.#total} ${printable(name)}`;
    const columns = (this.#terminal.stderr.columns ?? 80) - 1;
    return displayWidth(text) <= columns ? text : text.slice(0, Math.max(20, columns >> 1));
  }

  #shown(): boolean {
    return !this.#silent && this.#total >= longWork;
  }

  #isTerminal(): boolean {
    return this.#terminal.stderr.isTTY === true;
  }
}
