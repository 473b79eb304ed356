import { textOf } from './abridgement.ts';
import { limits } from './limit.ts';
import type { SyntaxTree } from './node.ts';
import { addProblem, type Reader } from './reader.ts';
import type { Skeleton } from './skeleton.ts';

/** What is wrong with a range that the budget did not suffice for. */
export const tooMuchWork = 'too much work to understand';

/** A run of whole lines of the skeleton; offsets are those of the script. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * Parses a skeleton. Where it has an error, it is parsed in pieces of whole statements, so that one
 * bad construct does not hide the commands of the others.
 */
export function piecesOf(reader: Reader, skeleton: Skeleton): SyntaxTree[] {
  const { units, from } = skeleton;
  const whole = reader.parse(units, from, reader.budget, false);
  if (whole && !whole.hasError) return [whole];
  return parsePart(reader, skeleton, statementsOf(skeleton));
}

/** Parses some statements, halved as long as there is an error. ATTACKER: the budget ends it. */
function parsePart(reader: Reader, skeleton: Skeleton, statements: readonly Piece[]): SyntaxTree[] {
  const start = statements[0]?.start ?? skeleton.from;
  const end = statements.at(-1)?.end ?? start;
  const units = skeleton.units.subarray(start - skeleton.from, end - skeleton.from);
  const alone = statements.length < 2;
  const tolerant = alone && units.length <= limits.tolerated;
  const tree = reader.parse(units, start, reader.budget, tolerant);
  if (tree && (alone || !tree.hasError)) return [tree];
  if (alone) return overBudget(reader, { from: start, units });
  const half = statements.length >> 1;
  return [statements.slice(0, half), statements.slice(half)].flatMap((part) =>
    parsePart(reader, skeleton, part),
  );
}

function overBudget(reader: Reader, { from, units }: Pick<Skeleton, 'from' | 'units'>): [] {
  addProblem(reader, { start: from, end: from + units.length, message: tooMuchWork });
  return [];
}

const token = /(?:if|case|for|select|while|until|fi|esac|done|[{}])(?![\w])/g;
const goesOn = /(?:&&|\|\||\|&?)[ ]*$/;

/** Cuts a skeleton where a line starts outside all compound commands. */
function statementsOf(skeleton: Skeleton): Piece[] {
  const { from, lines } = skeleton;
  const text = textOf(skeleton.units);
  const pieces: Piece[] = [];
  let start = from;
  let depth = 0;
  lines.forEach((line, at) => {
    const end = lines[at + 1] ?? from + text.length;
    const content = text.slice(line - from, end - from);
    depth = Math.max(0, depth + depthChange(content));
    const ends = depth === 0 && !goesOn.test(content);
    if (end > start && (ends || at === lines.length - 1)) {
      pieces.push({ start, end });
      start = end;
    }
  });
  return pieces;
}

function depthChange(line: string): number {
  let change = 0;
  for (const [word] of line.matchAll(token)) {
    change += word === 'fi' || word === 'esac' || word === 'done' || word === '}' ? -1 : 1;
  }
  return change;
}
