import {
  isWhole,
  joinAtoms,
  keyOfAtom,
  Observation,
  type Atom,
  type Axis,
  type Point,
} from './axis.ts';

/** A part of the runs of an entry, and what is the same in all of them. */
export interface Leaf<T> {
  readonly point: Point;
  readonly outcome: T;
}

/** The runs of an entry, taken apart where the outcome depends on it. */
export interface Tree<T> {
  readonly leaves: readonly Leaf<T>[];
  /** The axes that were asked about, in the order of the questions. */
  readonly axes: ReadonlyMap<string, Axis>;
  /** False when there were more parts than are told apart; outcomes are then vaguer, never wrong. */
  readonly complete: boolean;
}

// ATTACKER: every condition doubles the parts.
const maxLeaves = 512;

/**
 * Evaluates the whole, and whenever the evaluation asked for something that is open, the parts in
 * its place.
 */
export function takeApart<T>(evaluate: (point: Point, observation: Observation) => T): Tree<T> {
  const leaves: Leaf<T>[] = [];
  const axes = new Map<string, Axis>();
  let complete = true;
  const open: Point[] = [new Map()];
  for (let point = open.pop(); point; point = open.pop()) {
    const observation = new Observation();
    let outcome = evaluate(point, observation);
    const { split, vague } = observation;
    const fits = split && leaves.length + open.length + split.parts.length <= maxLeaves;
    if (!split || !fits) {
      if (split) outcome = evaluate(point, new Observation(true));
      complete &&= !split && !vague;
      leaves.push({ point, outcome });
      continue;
    }
    if (!axes.has(split.axis.id)) axes.set(split.axis.id, split.axis);
    for (const part of split.parts.toReversed()) {
      open.push(new Map([...point, [split.axis.id, part]]));
    }
  }
  return { leaves, axes, complete };
}

/** Leaves of the same outcome together, as far as they make up a box. */
export function joinLeaves<T>(tree: Tree<T>, keyOf: (outcome: T) => string): Leaf<T>[] {
  let leaves: Leaf<T>[] = [...tree.leaves];
  const axes = [...tree.axes.values()].toReversed();
  for (let before = Infinity; leaves.length < before;) {
    before = leaves.length;
    for (const axis of axes) leaves = joinAlong(axis, leaves, keyOf);
  }
  return leaves;
}

function joinAlong<T>(
  axis: Axis,
  leaves: readonly Leaf<T>[],
  keyOf: (outcome: T) => string,
): Leaf<T>[] {
  const groups = new Map<string, Leaf<T>[]>();
  for (const leaf of leaves) {
    const others = [...leaf.point]
      .filter(([id]) => id !== axis.id)
      .map(([id, atoms]) => `${id}=${keyOfAtoms(atoms)}`);
    const key = JSON.stringify([keyOf(leaf.outcome), others.toSorted()]);
    const group = groups.get(key);
    if (group) group.push(leaf);
    else groups.set(key, [leaf]);
  }
  return Array.from(groups.values(), (group) => joinGroup(axis, group));
}

function joinGroup<T>(axis: Axis, group: readonly Leaf<T>[]): Leaf<T> {
  const [first] = group;
  if (!first) throw new Error('a group has a leaf');
  // A lone part that is not the whole stays what it is.
  if (group.length === 1) return first;
  const point = new Map(first.point);
  const parts = group.map((leaf) => leaf.point.get(axis.id));
  const atoms = joinAtoms(
    axis,
    parts.flatMap((part) => part ?? []),
  );
  if (parts.includes(undefined) || isWhole(axis, atoms)) point.delete(axis.id);
  else point.set(axis.id, atoms);
  return { point, outcome: first.outcome };
}

function keyOfAtoms(atoms: readonly Atom[]): string {
  return atoms
    .map((atom) => keyOfAtom(atom))
    .toSorted()
    .join();
}
