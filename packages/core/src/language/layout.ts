import { codesOf } from './characters.ts';
import { nothing, everything, type GlobAutomaton } from './glob-automaton.ts';
import {
  applyMask,
  endMask,
  maskBefore,
  maskWithin,
  reachThrough,
  reachWithin,
  readsOf,
  type Mask,
} from './mask.ts';
import type { Segment } from './shape.ts';
import type { Table } from './table.ts';

/** A variable where it stands in a field, and the literal text between it and what follows. */
export interface Stage {
  /** The place of the variable in the order of reading. */
  readonly variable: number;
  readonly encode: boolean;
  readonly text: readonly number[];
  readonly within: Mask;
  readonly after: Mask;
}

/**
 * How one glob reads one field while the variables are read in the common order. The field is cut into
 * tracks within which the order is kept. The first track is read from the start of the glob; a later
 * one from each position where it may begin, all of them at once: one cell of state for each. Once all
 * before it is read, those cells are joined for which the position was reached.
 */
export interface Layout {
  readonly automaton: GlobAutomaton;
  readonly tracks: readonly Track[];
  /** The cells before the first variable. */
  readonly initial: readonly number[];
}

interface Track {
  readonly stages: readonly Stage[];
  /** The positions of the glob where the track may begin. */
  readonly starts: readonly number[];
  /** The last of its variables, in the order of reading. */
  readonly last: number;
}

/** Lays a field out; `variables` gives each variable's place in the order, and its automaton. */
export function layOut(
  automaton: GlobAutomaton,
  segments: readonly Segment[],
  variables: ReadonlyMap<string, { readonly place: number; readonly table: Table }>,
): Layout {
  const { lead, pieces } = cut(segments);
  const read = pieces.map((piece) => {
    const variable = variables.get(piece.name);
    if (variable === undefined)
      throw new TypeError(
        `a field is written from ${piece.name}, which its shape does not declare`,
      );
    const reads = readsOf(automaton, variable.table, piece.encode);
    return { ...piece, variable: variable.place, reads };
  });

  const stages: Stage[] = [];
  let after = endMask(automaton);
  for (const { variable, encode, text, reads } of read.toReversed()) {
    const within = maskWithin(automaton, reads, maskBefore(automaton, text, after));
    stages.unshift({ variable, encode, text, within, after });
    after = within;
  }

  const tracks: { stages: Stage[]; starts: readonly number[]; last: number }[] = [];
  for (const [index, stage] of stages.entries()) {
    const track = tracks.at(-1);
    if (track !== undefined && track.last < stage.variable) {
      track.stages.push(stage);
      track.last = stage.variable;
    } else {
      const starts = index === 0 ? [] : startsAt(automaton, lead, read.slice(0, index), stage);
      tracks.push({ stages: [stage], starts, last: stage.variable });
    }
  }

  let head = automaton.number([0]);
  for (const code of lead) head = automaton.step(head, code);
  const masks = tracks.map((track) => track.stages[0]?.within ?? after);
  const initial = [applyMask(automaton, after, head)];
  for (const [index, track] of tracks.entries())
    if (index > 0)
      for (const start of track.starts)
        initial.push(applyMask(automaton, masks[index] ?? after, automaton.number([start])));
  return { automaton, tracks, initial };
}

/** The positions that the glob may have reached before a stage, and can go on from. */
function startsAt(
  automaton: GlobAutomaton,
  lead: readonly number[],
  before: readonly { text: readonly number[]; reads: (position: number) => boolean }[],
  stage: Stage,
): readonly number[] {
  const start = automaton.loops.map((_, position) => position === 0);
  let reached = reachThrough(automaton, lead, start);
  for (const { text, reads } of before)
    reached = reachThrough(automaton, text, reachWithin(reads, reached));
  return [...reached.keys()].filter(
    (position) => reached[position] === true && stage.within.can[position] === true,
  );
}

/** For each cell, what it reads of a variable; undefined where the variable is not in its track. */
export function stagesAt(layout: Layout, variable: number): (Stage | undefined)[] {
  const head = layout.tracks.findIndex((track) => track.last >= variable);
  if (head === -1) return [];
  return layout.tracks.slice(head).flatMap((track, index) => {
    const stage = track.stages.find((stage) => stage.variable === variable);
    return index === 0 ? [stage] : track.starts.map(() => stage);
  });
}

/** The cells after the last letter of a variable, from those after `stagesAt` were read. */
export function joinTracks(
  layout: Layout,
  variable: number,
  cells: readonly number[],
): readonly number[] {
  const { automaton, tracks } = layout;
  const first = tracks.findIndex((track) => track.last >= variable);
  let head = cells[0] ?? nothing;
  let at = 1;
  for (let index = first; (tracks[index]?.last ?? Infinity) <= variable; index += 1) {
    const starts = tracks[index + 1]?.starts;
    if (starts === undefined) break;
    head = joinCells(automaton, head, starts, cells.slice(at, at + starts.length));
    at += starts.length;
  }
  return [head, ...cells.slice(at)];
}

/** What is reached by the cells whose start is in the head. */
function joinCells(
  automaton: GlobAutomaton,
  head: number,
  starts: readonly number[],
  cells: readonly number[],
): number {
  if (head === everything) return head;
  const reached = automaton.at(head);
  const joined = new Set<number>();
  for (const [index, start] of starts.entries()) {
    if (!reached.includes(start)) continue;
    const cell = cells[index] ?? nothing;
    if (cell === everything) return cell;
    for (const position of automaton.at(cell)) joined.add(position);
  }
  return automaton.number([...joined].toSorted((a, b) => a - b));
}

function cut(segments: readonly Segment[]): {
  lead: number[];
  pieces: { name: string; encode: boolean; text: number[] }[];
} {
  const lead: number[] = [];
  const pieces: { name: string; encode: boolean; text: number[] }[] = [];
  for (const segment of segments)
    if (segment.kind === 'literal') {
      const text = pieces.at(-1)?.text ?? lead;
      for (const code of codesOf(segment.text)) text.push(code);
    } else pieces.push({ name: segment.name, encode: segment.encode === 'colon', text: [] });
  return { lead, pieces };
}
