import { deepest } from './evaluate.ts';
import type { Formula } from './formula.ts';
import type { Glob } from './glob.ts';

/** A question about one field; `glob` is missing where only presence counts. */
export interface Atom {
  readonly field: string;
  readonly glob?: Glob;
}

/** What is left of a formula: a number within its {@link Conditions}. */
export type Residue = number;

/** The formula that fails, and the one that holds. */
export const fails: Residue = 0;
export const succeeds: Residue = 1;

type Node =
  | { readonly kind: 'constant' }
  | { readonly kind: 'atom'; readonly atom: number; readonly value: boolean }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Residue[] };

const keys = new WeakMap<Glob, string>();

function globKey(glob: Glob): string {
  let key = keys.get(glob);
  if (key === undefined) {
    key = JSON.stringify([glob.ignoreCase, glob.parts]);
    keys.set(glob, key);
  }
  return key;
}

/** What a formula nests deeper than: see `deepest`. */
export class TooDeep extends RangeError {}

/**
 * Formulas over numbered atoms, negation only at atoms, equal ones with the same number. Deciding an
 * atom gives what is left, so that a search sees which atoms still matter.
 */
export class Conditions {
  readonly atoms: Atom[] = [];
  /** Whether a formula with an unknown part was entered. */
  unknown = false;
  /** Parts kept in all formulas: what they take of memory. */
  size = 0;
  readonly #atomNumbers = new Map<string, number>();
  readonly #nodes: Node[] = [{ kind: 'constant' }, { kind: 'constant' }];
  readonly #supports: (readonly number[])[] = [[], []];
  readonly #numbers = new Map<string, Residue>();

  /** Enters a formula, with every unknown part of it taken to be `unknown` after all negations. */
  enter(formula: Formula, unknown: boolean, positive = true, depth = 0): Residue {
    if (depth > deepest) throw new TooDeep(`a condition nests deeper than ${deepest} levels`);
    switch (formula.kind) {
      case 'constant':
        return formula.value === positive ? succeeds : fails;
      case 'unknown':
        this.unknown = true;
        return unknown ? succeeds : fails;
      case 'present':
        return this.#literal({ field: formula.field }, positive);
      case 'matches':
        return this.#literal({ field: formula.field, glob: formula.glob }, positive);
      case 'not':
        return this.enter(formula.of, unknown, !positive, depth + 1);
      case 'all':
      case 'any': {
        const parts = formula.of.map((part) => this.enter(part, unknown, positive, depth + 1));
        return this.#join((formula.kind === 'all') === positive ? 'all' : 'any', parts);
      }
    }
  }

  /** The atoms that a formula hangs on, ascending. */
  support(residue: Residue): readonly number[] {
    return this.#supports[residue] ?? [];
  }

  /** What is left once some atoms are known. */
  decide(residue: Residue, known: ReadonlyMap<number, boolean>): Residue {
    if (known.size === 0) return residue;
    const seen = new Map<Residue, Residue>();
    const decide = (part: Residue): Residue => {
      const node = this.#nodes[part];
      if (node === undefined || node.kind === 'constant') return part;
      if (node.kind === 'atom') {
        const value = known.get(node.atom);
        if (value === undefined) return part;
        return node.value === value ? succeeds : fails;
      }
      let result = seen.get(part);
      if (result === undefined) {
        result = this.#joinAgain(part, node.kind, node.of, decide);
        seen.set(part, result);
      }
      return result;
    };
    return decide(residue);
  }

  #joinAgain(
    residue: Residue,
    kind: 'all' | 'any',
    parts: readonly Residue[],
    decide: (part: Residue) => Residue,
  ): Residue {
    const decisive = kind === 'all' ? fails : succeeds;
    const after: Residue[] = [];
    let changed = false;
    for (const part of parts) {
      const left = decide(part);
      if (left === decisive) return decisive;
      changed ||= left !== part;
      after.push(left);
    }
    return changed ? this.#join(kind, after) : residue;
  }

  #literal(atom: Atom, value: boolean): Residue {
    const key = `${atom.glob === undefined ? '' : globKey(atom.glob)}\0${atom.field}`;
    let number = this.#atomNumbers.get(key);
    if (number === undefined) {
      number = this.atoms.push(atom) - 1;
      this.#atomNumbers.set(key, number);
    }
    return this.#number(`${value ? '+' : '-'}${number}`, { kind: 'atom', atom: number, value }, [
      number,
    ]);
  }

  #join(kind: 'all' | 'any', parts: readonly Residue[]): Residue {
    const decisive = kind === 'all' ? fails : succeeds;
    const neutral = kind === 'all' ? succeeds : fails;
    const distinct = new Set<Residue>();
    const literals = new Map<number, boolean>();
    for (const part of parts.flatMap((part) => this.#partsOf(part, kind))) {
      if (part === neutral) continue;
      if (part === decisive) return decisive;
      const node = this.#nodes[part];
      if (node?.kind === 'atom') {
        if (literals.get(node.atom) === !node.value) return decisive;
        literals.set(node.atom, node.value);
      }
      distinct.add(part);
    }
    const of = [...distinct].toSorted((a, b) => a - b);
    if (of.length <= 1) return of[0] ?? neutral;
    const support = new Set(of.flatMap((part) => this.support(part)));
    return this.#number(
      `${kind === 'all' ? '&' : '|'}${of.join(',')}`,
      { kind, of },
      [...support].toSorted((a, b) => a - b),
    );
  }

  #partsOf(residue: Residue, kind: 'all' | 'any'): readonly Residue[] {
    const node = this.#nodes[residue];
    return node?.kind === kind ? node.of : [residue];
  }

  #number(key: string, node: Node, support: readonly number[]): Residue {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#nodes.push(node) - 1;
    this.#numbers.set(key, number);
    this.#supports.push(support);
    this.size += support.length + 2;
    return number;
  }
}
