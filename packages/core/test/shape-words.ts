import fc from 'fast-check';

import { dead, type Letters } from '../src/language/letters.ts';
import type { Segment, Shape } from '../src/language/shape.ts';

/** Whether the whole text is in the set. */
export function holds(letters: Letters, text: string): boolean {
  let state = letters.start;
  for (const letter of text) {
    state = letters.step(state, letter);
    if (state === dead) return false;
  }
  return letters.accepts(state);
}

/** Texts of a set, random ones: a walk over samples that ends somewhere after `length` letters. */
export function texts(letters: Letters): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.nat(), { maxLength: 60 }), fc.nat({ max: 12 }))
    .map(([choices, length]) => {
      let state = letters.start;
      let text = '';
      for (const [index, choice] of choices.entries()) {
        if (index >= length && letters.accepts(state)) return text;
        const open = letters.samples.filter((one) => letters.step(state, one) !== dead);
        const letter = open[choice % Math.max(1, open.length)];
        if (letter === undefined) break;
        state = letters.step(state, letter);
        text += letter;
      }
      return text + shortestEnd(letters, state);
    });
}

/** The shortest text that leads from a state into the set. */
function shortestEnd(letters: Letters, from: number): string {
  const ends = new Map<number, string>([[from, '']]);
  for (const [state, text] of ends) {
    if (letters.accepts(state)) return text;
    for (const letter of letters.samples) {
      const to = letters.step(state, letter);
      if (to !== dead && !ends.has(to)) ends.set(to, text + letter);
    }
  }
  throw new Error('a state that is not dead leads nowhere');
}

/** Words of a shape, as their fields. */
export function words(shape: Shape): fc.Arbitrary<ReadonlyMap<string, string>> {
  const values = shape.variables.map(({ letters }) => texts(letters));
  return fc.tuple(...values).map((chosen) => {
    const byName = new Map(shape.variables.map(({ name }, index) => [name, chosen[index] ?? '']));
    return new Map([...shape.fields].map(([name, segments]) => [name, write(segments, byName)]));
  });
}

function write(segments: readonly Segment[], values: ReadonlyMap<string, string>): string {
  return segments
    .map((one) => {
      if (one.kind === 'literal') return one.text;
      const value = values.get(one.name) ?? '';
      return one.encode ? value.replaceAll(':', '%3A') : value;
    })
    .join('');
}

/** Whether a shape holds a word with just these fields; the others of the shape may be anything. */
export function belongs(shape: Shape, fields: ReadonlyMap<string, string>): boolean {
  const letters = new Map(shape.variables.map((one) => [one.name, one.letters]));
  const names = [...shape.fields.keys()];
  if ([...fields.keys()].some((name) => !shape.fields.has(name))) return false;
  if (names.some((name) => !fields.has(name))) return false;
  // Fields with one variable decide it at once, so that the others have nothing to try.
  const order = names.toSorted((a, b) => loose(shape, a) - loose(shape, b));
  const next = (index: number, values: ReadonlyMap<string, string>): boolean => {
    const name = order[index];
    if (name === undefined) return true;
    return match(shape.fields.get(name) ?? [], fields.get(name) ?? '', values, letters, (found) =>
      next(index + 1, found),
    );
  };
  return next(0, new Map());
}

function loose(shape: Shape, name: string): number {
  return (shape.fields.get(name) ?? []).filter(({ kind }) => kind === 'variable').length;
}

function match(
  segments: readonly Segment[],
  text: string,
  values: ReadonlyMap<string, string>,
  letters: ReadonlyMap<string, Letters>,
  then: (values: ReadonlyMap<string, string>) => boolean,
): boolean {
  const [first, ...rest] = segments;
  if (!first) return text === '' && then(values);
  if (first.kind === 'literal')
    return (
      text.startsWith(first.text) &&
      match(rest, text.slice(first.text.length), values, letters, then)
    );
  const known = values.get(first.name);
  const written = (value: string): string => (first.encode ? value.replaceAll(':', '%3A') : value);
  if (known !== undefined)
    return (
      text.startsWith(written(known)) &&
      match(rest, text.slice(written(known).length), values, letters, then)
    );
  const allowed = letters.get(first.name);
  if (!allowed) return false;
  for (let end = text.length; end >= 0; end--) {
    const part = text.slice(0, end);
    const candidates = first.encode ? [part, part.replaceAll('%3A', ':')] : [part];
    for (const value of new Set(candidates)) {
      if (written(value) !== part || !holds(allowed, value)) continue;
      if (match(rest, text.slice(end), new Map([...values, [first.name, value]]), letters, then))
        return true;
    }
  }
  return false;
}
