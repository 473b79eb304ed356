import type { Conditions, Residue } from './condition.ts';
import { everything, nothing, type GlobAutomaton } from './glob-automaton.ts';
import { matchGlob } from './glob.ts';
import { layOut, stagesAt, type Layout, type Stage } from './layout.ts';
import { dead } from './letters.ts';
import { orderVariables } from './order.ts';
import type { Segment, Shape } from './shape.ts';
import { tableOf, type Table } from './table.ts';

/** A shape made ready for one question: the variables that matter, in the order they are read. */
export interface Reading<Data> {
  readonly shape: Shape<Data>;
  readonly names: readonly string[];
  readonly tables: readonly Table[];
  /** Letters of a shortest word from each variable on, those that do not matter counted too. */
  readonly least: readonly number[];
  /** What is left of the formula before any letter is read. */
  readonly residue: Residue;
  /** By atom, for those that hang on variables. */
  readonly layouts: ReadonlyMap<number, Layout>;
  /** By atom and variable: what each cell reads. */
  readonly stages: ReadonlyMap<number, readonly (readonly (Stage | undefined)[])[]>;
}

/** Letters of a shortest word of a shape; undefined where there is none. */
export function shortest(shape: Shape): number | undefined {
  let sum = 0;
  for (const { letters } of shape.variables) {
    const table = tableOf(letters);
    if (table.start === dead) return undefined;
    sum += table.distance[table.start] ?? 0;
  }
  return sum;
}

/** Decides what is fixed, orders the variables and lays out every field that matters. */
export function prepare<Data>(
  shape: Shape<Data>,
  conditions: Conditions,
  root: Residue,
  automatonOf: (atom: number) => GlobAutomaton,
): Reading<Data> {
  let residue = root;
  const open: { atom: number; segments: readonly Segment[] }[] = [];
  for (const number of conditions.support(root)) {
    const atom = conditions.atoms[number];
    const segments = atom === undefined ? undefined : shape.fields.get(atom.field);
    if (segments === undefined) residue = conditions.decide(residue, number, false);
    else if (atom?.glob === undefined) residue = conditions.decide(residue, number, true);
    else if (segments.some((segment) => segment.kind === 'variable'))
      open.push({ atom: number, segments });
    else residue = conditions.decide(residue, number, matchGlob(atom.glob, textOf(segments)));
  }

  const matter = new Set(conditions.support(residue));
  const relevant = open.filter(({ atom }) => matter.has(atom));
  const used = new Set<string>();
  for (const { segments } of relevant)
    for (const segment of segments) if (segment.kind === 'variable') used.add(segment.name);
  const byName = new Map(shape.variables.map(({ name, letters }) => [name, tableOf(letters)]));
  const names = orderVariables(
    [...byName.keys()].filter((name) => used.has(name)),
    relevant.map(({ segments }) => segments),
  );
  const variables = new Map<string, { place: number; table: Table }>();
  const tables: Table[] = [];
  for (const [place, name] of names.entries()) {
    const table = byName.get(name);
    if (table === undefined) continue;
    tables.push(table);
    variables.set(name, { place, table });
  }

  const layouts = new Map<number, Layout>();
  const stages = new Map<number, (Stage | undefined)[][]>();
  for (const { atom, segments } of relevant) {
    // Most shapes fail at a glob whose start is not theirs: then no other glob matters.
    if (!conditions.support(residue).includes(atom)) continue;
    const layout = layOut(automatonOf(atom), segments, variables);
    const head = layout.initial[0];
    if (head === everything || head === nothing)
      residue = conditions.decide(residue, atom, head === everything);
    layouts.set(atom, layout);
    stages.set(
      atom,
      names.map((_, place) => stagesAt(layout, place)),
    );
  }

  let sum = shortest(shape) ?? 0;
  const least = [sum];
  for (const table of tables) {
    sum -= table.distance[table.start] ?? 0;
    least.push(sum);
  }
  return { shape, names, tables, least, residue, layouts, stages };
}

function textOf(segments: readonly Segment[]): string {
  return segments.map((segment) => (segment.kind === 'literal' ? segment.text : '')).join('');
}
