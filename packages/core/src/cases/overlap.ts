import type { Atom, Point } from './axis.ts';
import { answerOf, type NameCell } from './name-cell.ts';

/** Whether two points may have runs in common. */
export function intersects(left: Point, right: Point): boolean {
  for (const [id, atoms] of left) {
    const others = right.get(id);
    if (others && !atoms.some((atom) => others.some((other) => meet(atom, other)))) return false;
  }
  return true;
}

function meet(left: Atom, right: Atom): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  if (left.space.prefix !== right.space.prefix) return false;
  if (left.exact !== undefined && right.exact !== undefined) return left.exact === right.exact;
  return agree(left, right) && agree(right, left);
}

/** Whether no fact about one cell is ruled out by what is known of the other. */
function agree(one: NameCell, other: NameCell): boolean {
  if (one.exact !== undefined) {
    return answerOf(other, { test: 'equals', text: one.exact }) !== false;
  }
  return one.facts.every((fact) => answerOf(other, fact.question) !== !fact.holds);
}
