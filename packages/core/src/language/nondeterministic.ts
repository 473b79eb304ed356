import { codeOf, holds, type Characters } from './characters.ts';
import type { Expression } from './expression.ts';
import { TooManyStates } from './table.ts';

/** A state reads one character of a set, or leads to others without reading. */
type Node =
  | { readonly kind: 'read'; readonly set: Characters; readonly to: number }
  | { readonly kind: 'fork'; to: readonly number[] }
  | { readonly kind: 'accept' };

/** The automaton of an expression: sets of nodes are its states. */
export interface Nondeterministic {
  readonly nodes: readonly Node[];
  readonly start: number;
}

/**
 * Builds the automaton of an expression, with one node for each character and repetition written out.
 * Throws `TooManyStates` past the limit.
 */
export function buildNodes(expression: Expression, limit: number): Nondeterministic {
  const nodes: Node[] = [{ kind: 'accept' }];
  const add = (node: Node): number => {
    if (nodes.length >= limit) throw new TooManyStates(limit);
    return nodes.push(node) - 1;
  };
  const build = (part: Expression, next: number): number => {
    switch (part.kind) {
      case 'one':
        return add({ kind: 'read', set: part.of, to: next });
      case 'sequence':
        return part.of.reduceRight((after, item) => build(item, after), next);
      case 'choice':
        return add({ kind: 'fork', to: part.of.map((item) => build(item, next)) });
      case 'repeat': {
        let entry = next;
        if (part.most === Infinity) {
          const loop = { kind: 'fork' as const, to: [next] };
          entry = add(loop);
          loop.to = [build(part.of, entry), next];
        } else
          for (let count = part.least; count < part.most; count += 1)
            entry = add({ kind: 'fork', to: [build(part.of, entry), next] });
        for (let count = 0; count < part.least; count += 1) entry = build(part.of, entry);
        return entry;
      }
    }
  };
  return { nodes, start: build(expression, 0) };
}

/** The reading and accepting nodes that the given ones lead to without reading, in order. */
export function closure(automaton: Nondeterministic, from: Iterable<number>): number[] {
  const seen = new Set<number>();
  const waiting = [...from];
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (seen.has(top)) continue;
    seen.add(top);
    const node = automaton.nodes[top];
    if (node?.kind === 'fork') for (const next of node.to) waiting.push(next);
  }
  return [...seen]
    .filter((index) => automaton.nodes[index]?.kind !== 'fork')
    .toSorted((a, b) => a - b);
}

/** The nodes after reading a code point. */
export function read(automaton: Nondeterministic, from: readonly number[], code: number): number[] {
  const after: number[] = [];
  for (const index of from) {
    const node = automaton.nodes[index];
    if (node?.kind === 'read' && holds(node.set, code)) after.push(node.to);
  }
  return closure(automaton, after);
}

/** Whether the whole text is in the set: at most text times nodes steps, whatever the expression. */
export function acceptsText(automaton: Nondeterministic, text: string): boolean {
  let current = closure(automaton, [automaton.start]);
  for (const letter of text) {
    if (current.length === 0) return false;
    current = read(automaton, current, codeOf(letter));
  }
  return current[0] === 0;
}
