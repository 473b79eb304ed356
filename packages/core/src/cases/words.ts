import type { Axis, Point } from './axis.ts';
import { wordsOfAtoms } from './axis.ts';

/** The part of the runs that a point is, in words; empty for all of them. */
export function wordsOfPoint(point: Point, axes: ReadonlyMap<string, Axis>): string {
  return Array.from(axes.values(), (axis) => {
    const atoms = point.get(axis.id);
    return atoms ? wordsOfAtoms(axis, atoms) : '';
  })
    .filter((words) => words !== '')
    .join('; ');
}

/** An expression on one line, cut where it is long. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const bare = /^\$\{\{\s*((?:(?!\}\}).)*?)\s*\}\}$/.exec(line)?.[1] ?? line;
  return bare.length > 200 ? `${bare.slice(0, 197)}...` : bare;
}
