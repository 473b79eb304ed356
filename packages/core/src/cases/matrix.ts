import {
  asMap,
  asScalar,
  asSeq,
  coreValue,
  keyText,
  resolve,
  type YamlNode,
} from '../text/node.ts';
import {
  alternatives,
  choice,
  evaluateText,
  known,
  lazyObject,
  unknown,
  type Scope,
  type Value,
} from '../workflow/evaluate.ts';
import type { Job } from '../workflow/model.ts';
import { readText } from '../workflow/reader.ts';
import { optionsAt, type Observation, type OptionAxis, type Point } from './axis.ts';

/** One row of a matrix: values by name. */
type Row = ReadonlyMap<string, Value>;

/** GitHub makes no more than 256 jobs of a matrix. */
const maxRows = 256;

/**
 * The rows of a job's matrix; undefined when only a run can tell them. `exclude` takes combinations
 * away, then `include` adds to those that it does not contradict, or makes new ones.
 * Source: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
 */
export function matrixRows(job: Job, scope: Scope): readonly Row[] | undefined {
  const whole = job.matrix && nodeValue(job.matrix, scope);
  if (whole?.kind !== 'object' || whole.open) return undefined;
  let rows: Map<string, Value>[] = [new Map()];
  const included: Row[] = [];
  const excluded: Row[] = [];
  let axes = 0;
  for (const { name, value } of whole.entries) {
    if (value.kind !== 'array') return undefined;
    const special = name.toLowerCase();
    if (special === 'include' || special === 'exclude') {
      const parts = value.items.map(rowOf);
      if (parts.includes(undefined)) return undefined;
      (special === 'include' ? included : excluded).push(...parts.flatMap((part) => part ?? []));
      continue;
    }
    axes += 1;
    rows = rows.flatMap((row) => value.items.map((item) => new Map([...row, [special, item]])));
    // ATTACKER: combinations multiply.
    if (rows.length > maxRows) return undefined;
  }
  const left = axes === 0 ? [] : rows.filter((row) => !excluded.some((one) => agrees(one, row)));
  return include(left, included);
}

/** The `matrix` context of a job at a point. */
export function matrixValue(
  rows: readonly Row[] | undefined,
  axis: OptionAxis,
  point: Point,
  observation: Observation,
): Value {
  if (!rows) return unknown('matrix');
  const chosen = optionsAt(axis, point).flatMap((option) => rows[Number(option)] ?? []);
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  return lazyObject(
    Array.from(names, (name) => [
      name,
      () => {
        const values = chosen.map((row) => row.get(name) ?? known(null));
        const value = choice(values);
        if (value.kind === 'choice' || values.some((one) => one.kind !== 'known')) {
          observation.note(
            axis,
            optionsAt(axis, point).map((option) => [option]),
          );
        }
        return value;
      },
    ]),
  );
}

/** The axis of a matrix: one option a row. */
export function matrixAxis(id: string, rows: readonly Row[]): OptionAxis {
  return {
    kind: 'options',
    id,
    options: rows.map((_, index) => String(index)),
    words: (options) => wordsOfRows(rows, new Set(options.map(Number))),
  };
}

/** What some rows have and the others have not; the whole rows where no name tells them apart. */
function wordsOfRows(rows: readonly Row[], chosen: ReadonlySet<number>): string {
  const flat = rows.map((row) => flatten(row));
  const mine = flat.filter((_, index) => chosen.has(index));
  const others = flat.filter((_, index) => !chosen.has(index));
  const names = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  const tells = (some: readonly string[]): boolean => {
    const key = (row: Map<string, string>): string =>
      JSON.stringify(some.map((name) => row.get(name)));
    const elsewhere = new Set(others.map(key));
    return mine.every((row) => !elsewhere.has(key(row)));
  };
  const few = names.slice(0, maxNames);
  const pairs = few.flatMap((one, index) => few.slice(index + 1).map((other) => [one, other]));
  const shown = [...few.map((name) => [name]), ...pairs].find(tells) ?? names;
  const texts = mine.map((row) =>
    shown
      .flatMap((name) => (row.has(name) ? `matrix.${name} is "${row.get(name) ?? ''}"` : []))
      .join(' and '),
  );
  return [...new Set(texts)].join(' or ');
}

/** As many names are tried in words. */
const maxNames = 12;

function flatten(row: Row): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of row) {
    if (value.kind === 'known') flat.set(name, String(value.value ?? ''));
    if (value.kind !== 'object') continue;
    for (const entry of value.entries) {
      const inner = entry.value;
      if (inner.kind === 'known') flat.set(`${name}.${entry.name}`, String(inner.value ?? ''));
    }
  }
  return flat;
}

function include(rows: Map<string, Value>[], included: readonly Row[]): readonly Row[] {
  const originals = rows.map((row) => new Map(row));
  const added: Row[] = [];
  for (const one of included) {
    let used = false;
    for (const [index, row] of rows.entries()) {
      const original = originals[index];
      if (!original || !agrees(one, original, true)) continue;
      for (const [name, value] of one) row.set(name, value);
      used = true;
    }
    if (!used) added.push(one);
  }
  return [...rows, ...added].slice(0, maxRows);
}

/** Whether a row has the values that another one names; `lax` where those it lacks do not count. */
function agrees(wanted: Row, row: Row, lax = false): boolean {
  if (lax && row.size === 0) return false;
  return [...wanted].every(([name, value]) => {
    const own = row.get(name);
    if (own === undefined) return lax;
    return JSON.stringify(own) === JSON.stringify(value);
  });
}

function rowOf(value: Value): Row | undefined {
  if (value.kind !== 'object' || value.open) return undefined;
  return new Map(value.entries.map((entry) => [entry.name.toLowerCase(), entry.value]));
}

const maxDepth = 8;

/** A YAML node as a value, its expressions filled in. */
function nodeValue(node: YamlNode, scope: Scope, depth = 0): Value {
  const resolved = resolve(node);
  const [map, list, scalar] = [asMap(resolved), asSeq(resolved), asScalar(resolved)];
  // ATTACKER: aliases make small files deep.
  if (depth > maxDepth) return unknown('matrix');
  if (map) {
    return lazyObject(
      map.pairs.flatMap((pair) => {
        const name = keyText(pair);
        return name === undefined
          ? []
          : [[name, () => nodeValue(pair.value, scope, depth + 1)] as const];
      }),
    );
  }
  if (list)
    return { kind: 'array', items: list.items.map((item) => nodeValue(item, scope, depth + 1)) };
  if (!scalar) return unknown('matrix');
  const text = readText(scalar);
  if (!text?.value.includes('${{')) return known(coreValue(scalar));
  const [only, ...others] = alternatives(evaluateText(text, scope));
  return only && others.length === 0 ? only : unknown('matrix');
}
