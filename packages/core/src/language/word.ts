import { complete } from './alphabet.ts';
import type { Segment, Shape, Word } from './shape.ts';
import { tableOf } from './table.ts';
import type { Place } from './walk.ts';

/** Writes the fields of a shape from its variables. A variable that is not given is empty. */
export function writeWord<Data>(
  shape: Shape<Data>,
  variables: ReadonlyMap<string, string>,
): Word<Data> {
  const fields = new Map<string, string>();
  for (const [field, segments] of shape.fields) fields.set(field, writeField(segments, variables));
  return { shape, variables, fields };
}

/** Writes one field. */
function writeField(segments: readonly Segment[], variables: ReadonlyMap<string, string>): string {
  return segments
    .map((segment) => {
      if (segment.kind === 'literal') return segment.text;
      const text = variables.get(segment.name) ?? '';
      return segment.encode === 'colon' ? text.replaceAll(':', '%3A') : text;
    })
    .join('');
}

/** The word that a search found, completed where nothing hangs on the rest. */
export function wordAt<Data>(found: Place<Data>): Word<Data> {
  const { reading } = found;
  const texts = new Map<string, string>();
  const states = new Map<string, number>();
  for (let place: Place<Data> | undefined = found; place !== undefined; place = place.before) {
    const name = reading.names[place.variable];
    if (name === undefined) continue;
    if (!states.has(name)) states.set(name, place.state);
    if (place.code !== undefined)
      texts.set(name, String.fromCodePoint(place.code) + (texts.get(name) ?? ''));
  }
  const variables = new Map<string, string>();
  for (const { name, letters } of reading.shape.variables) {
    const table = tableOf(letters);
    const end = complete(table, states.get(name) ?? table.start);
    variables.set(name, (texts.get(name) ?? '') + end);
  }
  return writeWord(reading.shape, variables);
}
