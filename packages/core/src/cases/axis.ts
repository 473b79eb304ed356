import {
  choice,
  known,
  unknownText,
  type Question,
  type Truth,
  type Value,
} from '../workflow/evaluate.ts';
import { answerOf, joinCells, keyOf, splitCell, wordsOf, type NameCell } from './name-cell.ts';

/**
 * Something in which runs of one trigger differ: the ref, an input, the row of a matrix. Only axes
 * that something asks about are taken apart.
 */
export type Axis = OptionAxis | NameAxis;

/** A few values; `text` says in words which ones a case has. */
export interface OptionAxis {
  readonly kind: 'options';
  readonly id: string;
  readonly options: readonly string[];
  readonly words: (options: readonly string[]) => string;
}

/** Names of which only those count that conditions ask about. */
export interface NameAxis {
  readonly kind: 'names';
  readonly id: string;
  readonly cells: readonly NameCell[];
  /** What the name is called in words. */
  readonly noun: string;
}

/** A value of an axis, or a part of its names. */
export type Atom = string | NameCell;

/** The part of each axis that is meant, by the axis' id; the whole of those that are not here. */
export type Point = ReadonlyMap<string, readonly Atom[]>;

/** How a point falls apart at an axis. */
export interface Split {
  readonly axis: Axis;
  readonly parts: readonly (readonly Atom[])[];
}

/** Notes what an evaluation asked that its point left open; the first question counts. */
export class Observation {
  split: Split | undefined;
  /** Whether the outcome counts even if something was asked. */
  readonly last: boolean;
  /** Whether a question was too much to take the axis apart any further. */
  vague = false;

  constructor(last = false) {
    this.last = last;
  }

  /** Whether the evaluation can stop: its parts will be evaluated in its place. */
  get settled(): boolean {
    return this.split !== undefined && !this.last;
  }

  note(axis: Axis, parts: readonly (readonly Atom[])[]): void {
    if (parts.length > 1) this.split ??= { axis, parts };
  }
}

/** What an axis is at a point. */
export function optionValue(
  axis: OptionAxis,
  point: Point,
  observation: Observation,
  make: (option: string) => Value = known,
): Value {
  const options = optionsAt(axis, point);
  observation.note(
    axis,
    options.map((option) => [option]),
  );
  return choice(options.map(make));
}

/** The options of an axis that a point leaves. */
export function optionsAt(axis: OptionAxis, point: Point): readonly string[] {
  const left = point.get(axis.id);
  return left ? left.filter((atom) => typeof atom === 'string') : axis.options;
}

/** The cells of an axis that a point leaves. */
export function cellsAt(axis: NameAxis, point: Point): readonly NameCell[] {
  const left = point.get(axis.id);
  return left ? left.filter((atom) => typeof atom !== 'string') : axis.cells;
}

/** A name at a point; `full` with the prefix of its space. */
export function nameValue(
  axis: NameAxis,
  point: Point,
  observation: Observation,
  of: string,
  full = false,
): Value {
  const cells = cellsAt(axis, point);
  const [only, ...others] = cells;
  if (only?.exact !== undefined && others.length === 0) {
    return known(`${full ? only.space.prefix : ''}${only.exact}`);
  }
  const asks = (question: Question): Truth => {
    const answers = new Set(
      cells.map((cell) => (full ? answerOfFull(cell, question) : open(cell, question))),
    );
    const [answer] = answers;
    if (answers.size === 1 && typeof answer === 'boolean') return answer;
    if (others.length > 0 || !only) {
      observation.note(
        axis,
        cells.map((cell) => [cell]),
      );
    } else if (typeof answer === 'object') {
      const parts = splitCell(only, answer);
      if (!parts) observation.vague = true;
      observation.note(axis, parts?.map((part) => [part]) ?? []);
    }
    return 'unknown';
  };
  return { ...unknownText(of, asks), origin: of };
}

/** Whether the names of some cells are all of an axis. */
export function isWhole(axis: Axis, atoms: readonly Atom[]): boolean {
  if (axis.kind === 'options') return new Set(atoms).size === axis.options.length;
  const all = new Set(joinAtoms(axis, atoms).map((atom) => keyOfAtom(atom)));
  return joinCells(axis.cells).every((cell) => all.has(keyOf(cell)));
}

/** Atoms of one axis together, in as few as possible. */
export function joinAtoms(axis: Axis, atoms: readonly Atom[]): readonly Atom[] {
  if (axis.kind === 'names') return joinCells(atoms.filter((atom) => typeof atom !== 'string'));
  const all = new Set(atoms);
  return axis.options.filter((option) => all.has(option));
}

/** What tells atoms apart. */
export function keyOfAtom(atom: Atom): string {
  return typeof atom === 'string' ? JSON.stringify(atom) : keyOf(atom);
}

/** A part of an axis in words. */
export function wordsOfAtoms(axis: Axis, atoms: readonly Atom[]): string {
  if (axis.kind === 'options') {
    return axis.words(atoms.filter((atom) => typeof atom === 'string'));
  }
  const cells = atoms.filter((atom) => typeof atom !== 'string');
  const kinds = new Set(axis.cells.map((cell) => cell.space.prefix));
  const nouns = new Map<string, Set<string>>();
  for (const cell of cells) {
    const said = wordsOf(cell) || 'is any';
    const noun = kinds.size > 1 ? nounOf(cell.space.prefix) : axis.noun;
    nouns.set(said, (nouns.get(said) ?? new Set()).add(noun));
  }
  const parts = Array.from(nouns, ([said, of]) => ({ said, of: [...of].join(' or ') }));
  return parts
    .map(({ said, of }, index) => {
      // "the branch is a or b": the noun and the verb once.
      const same = index > 0 && parts[index - 1]?.of === of && said.startsWith('is "');
      return same ? ` or ${said.slice(3)}` : `${index > 0 ? ', or ' : ''}${of} ${said}`;
    })
    .join('');
}

/** What a cell leaves open is asked of it; what it settles is settled. */
function open(cell: NameCell, question: Question): Truth | Question {
  const answer = answerOf(cell, question);
  return answer === 'unknown' ? question : answer;
}

/** A question about a whole ref as one about its name; the question itself where that is open. */
function answerOfFull(cell: NameCell, { test, text }: Question): boolean | Question {
  const prefix = cell.space.prefix.toLowerCase();
  const part = text.toLowerCase();
  const name = (rest: number, as: Question['test'] = test): Truth | Question =>
    open(cell, { test: as, text: text.slice(rest) });
  if (test === 'equals' || test === 'starts') {
    if (part.startsWith(prefix)) return settled(name(prefix.length));
    return test === 'starts' && prefix.startsWith(part);
  }
  if (prefix.includes(part) && test === 'contains') return true;
  // The text may begin in the prefix and go on in the name.
  const across = test === 'ends' ? 'equals' : 'starts';
  for (let cut = 1; cut <= Math.min(part.length, prefix.length); cut += 1) {
    if (!prefix.endsWith(part.slice(0, cut))) continue;
    const answer = name(cut, across);
    if (answer !== false) return settled(answer);
  }
  return settled(name(0));
}

function settled(answer: Truth | Question): boolean | Question {
  return answer === 'unknown' ? false : answer;
}

function nounOf(prefix: string): string {
  if (prefix === 'refs/heads/') return 'the branch';
  return prefix === 'refs/tags/' ? 'the tag' : 'the ref';
}
