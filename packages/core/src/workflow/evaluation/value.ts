/**
 * What an expression can come to when only a part of its contexts is known: a value, a list or map
 * of values, one of several, or something that only a run can tell.
 */
export type Value = SingleValue | Choice;

/** A value that is not several alternatives. */
export type SingleValue = Known | ArrayValue | ObjectValue | Unknown;

/** GitHub's primitive values. */
export type Scalar = null | boolean | number | string;

/** A primitive value that is known. */
export interface Known {
  readonly kind: 'known';
  readonly value: Scalar;
}

/** A list; `filtered` when `.*` made it, because an index then reaches into every item. */
export interface ArrayValue {
  readonly kind: 'array';
  readonly items: readonly Value[];
  readonly filtered?: true;
}

/** A map. A property that is not named is null, unless the map is `open`: then nobody knows it. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly entries: readonly ObjectEntry[];
  readonly open?: true;
}

/** One property; names are compared without regard to case, the first of a name counts. */
interface ObjectEntry {
  readonly name: string;
  readonly value: Value;
}

/** A value that only a run can tell, with what is known of it all the same. */
export interface Unknown {
  readonly kind: 'unknown';
  /** What it is, as an expression would name it. */
  readonly of: string;
  /** Whether it counts as true, where that much is known. */
  readonly truth?: boolean;
  /** It is a string that starts with this (which is not empty). */
  readonly prefix?: string;
  /** What decides it in the end, where that is not the path that it was read by. */
  readonly origin?: string;
  /** It is a string of these pieces: fixed ones, and names of what fills the others. */
  readonly pieces?: readonly (string | { readonly open: string })[];
  /** It is a string, and this tells what is known of it. */
  readonly asks?: (question: Question) => Truth;
}

/** Something that can be known of a string that is not known itself; case does not count. */
export interface Question {
  readonly test: 'equals' | 'starts' | 'ends' | 'contains';
  readonly text: string;
}

/** One of several values: two or more, none of them a choice itself. */
interface Choice {
  readonly kind: 'choice';
  readonly of: readonly SingleValue[];
}

/** A known primitive. */
export function known(value: Scalar): Known {
  return { kind: 'known', value };
}

/** Something that only a run can tell; a prefix makes it a string that is not empty. */
export function unknown(of: string, about: { truth?: boolean; prefix?: string } = {}): Unknown {
  if (about.prefix) return { kind: 'unknown', of, truth: true, prefix: about.prefix };
  return about.truth === undefined
    ? { kind: 'unknown', of }
    : { kind: 'unknown', of, truth: about.truth };
}

/** An unknown string of which some questions can be answered. */
export function unknownText(of: string, asks: (question: Question) => Truth): Unknown {
  return { kind: 'unknown', of, asks };
}

/** A value on its way to another name: what is unknown keeps the name of what decides it. */
export function traced(value: Value): Value {
  if (value.kind === 'unknown') return { ...value, origin: value.origin ?? value.of };
  return value.kind === 'choice' ? choice(value.of.map(traced)) : value;
}

/** A map whose values are worked out when they are asked for. */
export function lazyObject(
  values: Iterable<readonly [name: string, make: () => Value]>,
  open = false,
): ObjectValue {
  const entries = Array.from(values, ([name, make]) => new LazyEntry(name, make));
  return open ? { kind: 'object', entries, open } : { kind: 'object', entries };
}

class LazyEntry implements ObjectEntry {
  readonly name: string;
  readonly #make: () => Value;
  #value: Value | undefined;
  #busy = false;

  constructor(name: string, make: () => Value) {
    this.name = name;
    this.#make = make;
  }

  get value(): Value {
    // ATTACKER: an entry can be written in terms of itself.
    if (this.#busy) return unknown(this.name);
    if (this.#value) return this.#value;
    this.#busy = true;
    this.#value = this.#make();
    this.#busy = false;
    return this.#value;
  }
}

/** A map of values; `open` when it may have properties that are not named here. */
export function object(values: Readonly<Record<string, Value>>, open = false): ObjectValue {
  const entries: ObjectEntry[] = [];
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value) entries.push({ name, value });
  }
  return open ? { kind: 'object', entries, open } : { kind: 'object', entries };
}

/** More alternatives than this are not kept apart. */
const maxAlternatives = 64;

/** One of several values; a single one is itself, and too many are unknown. */
export function choice(values: readonly Value[]): Value {
  const [sole] = values;
  if (sole && values.length === 1) return sole;
  const flat = new Map<string, SingleValue>();
  for (const value of values.flatMap(alternatives)) {
    flat.set(keyOf(value, flat.size), value);
  }
  const [first, ...others] = flat.values();
  if (!first) return known(null);
  if (others.length === 0) return first;
  const all = [first, ...others];
  if (all.length <= maxAlternatives) return { kind: 'choice', of: all };
  const truths = new Set(all.map(truthOfSingle));
  const [truth] = truths;
  return unknown(
    'one of many values',
    truths.size === 1 && typeof truth === 'boolean' ? { truth } : {},
  );
}

/** INVARIANT: objects are equal only to themselves, so only primitives are merged. */
function keyOf(value: SingleValue, index: number): string {
  if (value.kind === 'known') {
    return typeof value.value === 'string' ? `"${value.value}` : JSON.stringify(value.value);
  }
  return value.kind === 'unknown' ? JSON.stringify(value) : `#${index}`;
}

/** The values that a value can be. */
export function alternatives(value: Value): readonly SingleValue[] {
  return value.kind === 'choice' ? value.of : [value];
}

/** Plain JSON data as a value. */
export function fromData(data: unknown): Value {
  if (data === null || data === undefined) return known(null);
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') {
    return known(data);
  }
  if (Array.isArray(data)) return { kind: 'array', items: data.map(fromData) };
  if (typeof data !== 'object') return known(null);
  const entries = new Map<string, ObjectEntry>();
  for (const [name, value] of Object.entries(data)) {
    const key = name.toLowerCase();
    if (!entries.has(key)) entries.set(key, { name, value: fromData(value) });
  }
  return { kind: 'object', entries: [...entries.values()] };
}

/** Whether a value counts as true, as far as that can be told. */
export type Truth = boolean | 'unknown';

/** Whether a value counts as true: all but null, false, 0, NaN and the empty string do. */
export function truthOf(value: Value): Truth {
  if (value.kind !== 'choice') return truthOfSingle(value);
  const truths = new Set(alternatives(value).map(truthOfSingle));
  const [truth = 'unknown'] = truths;
  return truths.size === 1 ? truth : 'unknown';
}

function truthOfSingle(value: SingleValue): Truth {
  if (value.kind === 'unknown') return value.truth ?? truthOfText(value);
  return value.kind === 'known' ? isTruthy(value.value) : true;
}

function truthOfText({ asks }: Unknown): Truth {
  const empty = asks?.({ test: 'equals', text: '' }) ?? 'unknown';
  return empty === 'unknown' ? 'unknown' : !empty;
}

/** Whether a primitive counts as true. */
function isTruthy(value: Scalar): boolean {
  return value !== null && value !== false && value !== 0 && value !== '' && !Number.isNaN(value);
}
