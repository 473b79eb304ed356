import { fails, succeeds, type Conditions, type Residue } from './condition.ts';
import { everything, nothing, type GlobAutomaton } from './glob-automaton.ts';
import { fitsEdges, matchGlob } from './glob.ts';
import { layOut, stagesAt, type Layout, type Stage } from './layout.ts';
import { orderVariables } from './order.ts';
import { outlineOf } from './outline.ts';
import type { Segment, Shape } from './shape.ts';
import type { Table } from './table.ts';

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

/** Decides what is fixed, orders the variables and lays out every field that matters. */
export function prepare<Data>(
  shape: Shape<Data>,
  conditions: Conditions,
  root: Residue,
  automatonOf: (atom: number) => GlobAutomaton,
): Reading<Data> {
  const outline = outlineOf(shape);
  const known = new Map<number, boolean>();
  const open: { atom: number; segments: readonly Segment[] }[] = [];
  for (const number of conditions.support(root)) {
    const atom = conditions.atoms[number];
    const field = atom === undefined ? undefined : outline.fields.get(atom.field);
    if (field === undefined) known.set(number, false);
    else if (atom?.glob === undefined) known.set(number, true);
    else if (field.fixed) known.set(number, matchGlob(atom.glob, field.lead));
    // Most shapes fail here: the glob is about another repository.
    else if (!fitsEdges(atom.glob, field.lead, field.tail)) known.set(number, false);
    else open.push({ atom: number, segments: field.segments });
  }

  let residue = conditions.decide(root, known);
  const matter = new Set(conditions.support(residue));
  const relevant = open.filter(({ atom }) => matter.has(atom));
  const used = new Set<string>();
  for (const { segments } of relevant)
    for (const segment of segments) if (segment.kind === 'variable') used.add(segment.name);
  const names = orderVariables(
    [...outline.tables.keys()].filter((name) => used.has(name)),
    relevant.map(({ segments }) => segments),
  );
  const variables = new Map<string, { place: number; table: Table }>();
  const tables: Table[] = [];
  for (const [place, name] of names.entries()) {
    const table = outline.tables.get(name);
    if (table === undefined) continue;
    tables.push(table);
    variables.set(name, { place, table });
  }

  const layouts = new Map<number, Layout>();
  const stages = new Map<number, (Stage | undefined)[][]>();
  const decided = new Map<number, boolean>();
  for (const { atom, segments } of relevant) {
    const layout = layOut(automatonOf(atom), segments, variables);
    const head = layout.initial[0];
    if (head === everything || head === nothing) {
      decided.set(atom, head === everything);
      // Mostly this decides the whole formula, and no other glob matters.
      if (decided.size === 1) residue = conditions.decide(residue, decided);
      if (residue === fails || residue === succeeds) break;
    }
    layouts.set(atom, layout);
    stages.set(
      atom,
      names.map((_, place) => stagesAt(layout, place)),
    );
  }

  residue = conditions.decide(residue, decided);

  let sum = outline.least ?? 0;
  const least = [sum];
  for (const table of tables) {
    sum -= table.distance[table.start] ?? 0;
    least.push(sum);
  }
  return { shape, names, tables, least, residue, layouts, stages };
}
