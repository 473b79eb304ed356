import type { SyntaxNode } from './node.ts';
import { blankUnit, wordUnit } from './scan.ts';

/** A place in a skeleton that moves on, and the making of nodes of what it passes. */
export class SkeletonCursor {
  protected readonly units: Uint8Array;
  protected readonly from: number;
  protected at = 0;
  #refused = false;

  constructor(units: Uint8Array, from: number) {
    this.units = units;
    this.from = from;
  }

  /** Whether the reading was given up. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Skips blanks; gives the unit behind them. */
  protected next(): number | undefined {
    while (this.units[this.at] === blankUnit) this.at += 1;
    return this.units[this.at];
  }

  /** The reserved word that starts here; empty when there is none. Words are runs of `w`. */
  protected keyword(): string {
    const first = this.units[this.at] ?? blankUnit;
    if (first === 0x7b || first === 0x7d) return first === 0x7b ? '{' : '}';
    if (!isLetter(first) || (first === wordUnit && this.units[this.at + 1] !== 0x68)) return '';
    let word = '';
    for (let at = this.at; isLetter(this.units[at]); at += 1) {
      word += String.fromCharCode(this.units[at] ?? blankUnit);
    }
    return word;
  }

  protected token(kind: string, length: number): SyntaxNode {
    const start = this.from + this.at;
    this.at += length;
    const end = start + length;
    return { kind, field: undefined, start, end, named: false, missing: false, children: [] };
  }

  /** A node from an index up to what was read last. */
  protected node(kind: string, start: number, children: SyntaxNode[], field?: string): SyntaxNode {
    let end = this.at;
    while (end > start && this.units[end - 1] === blankUnit) end -= 1;
    const range = { start: this.from + start, end: this.from + end };
    return { kind, field, ...range, named: true, missing: false, children };
  }

  /** Gives up: nothing is left to read, so that every loop ends. */
  protected refuse(): SyntaxNode {
    this.#refused = true;
    this.at = this.units.length;
    return this.node('ERROR', this.at, []);
  }
}

function isLetter(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0x61 && unit <= 0x7a;
}
