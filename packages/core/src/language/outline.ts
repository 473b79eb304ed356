import { dead } from './letters.ts';
import type { Segment, Shape } from './shape.ts';
import { tableOf, type Table } from './table.ts';

/** What is the same for every question about a shape. */
export interface Outline {
  /** Letters of a shortest word; undefined where there is none. */
  readonly least: number | undefined;
  readonly tables: ReadonlyMap<string, Table>;
  readonly fields: ReadonlyMap<string, FieldOutline>;
}

/** A field with the literal texts that it starts and ends with; both are the whole where it is fixed. */
interface FieldOutline {
  readonly segments: readonly Segment[];
  readonly fixed: boolean;
  readonly lead: string;
  readonly tail: string;
}

const outlines = new WeakMap<Shape, Outline>();

/** The outline of a shape, made once. Throws `TooManyStates` for a variable past the default limit. */
export function outlineOf(shape: Shape): Outline {
  const known = outlines.get(shape);
  if (known !== undefined) return known;
  const tables = new Map(shape.variables.map(({ name, letters }) => [name, tableOf(letters)]));
  const fields = new Map<string, FieldOutline>();
  for (const [field, segments] of shape.fields) {
    const first = segments.findIndex((segment) => segment.kind === 'variable');
    const last = segments.findLastIndex((segment) => segment.kind === 'variable');
    fields.set(field, {
      segments,
      fixed: first === -1,
      lead: textOf(first === -1 ? segments : segments.slice(0, first)),
      tail: textOf(segments.slice(last + 1)),
    });
  }
  const outline = { least: leastOf(tables.values()), tables, fields };
  outlines.set(shape, outline);
  return outline;
}

function leastOf(tables: Iterable<Table>): number | undefined {
  let sum = 0;
  for (const { start, distance } of tables) {
    if (start === dead) return undefined;
    sum += distance[start] ?? 0;
  }
  return sum;
}

function textOf(segments: readonly Segment[]): string {
  return segments.map((segment) => (segment.kind === 'literal' ? segment.text : '')).join('');
}
