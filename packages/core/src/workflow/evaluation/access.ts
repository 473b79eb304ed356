import { scalarNumber, scalarText } from './coerce.ts';
import {
  alternatives,
  choice,
  known,
  unknown,
  type ArrayValue,
  type ObjectValue,
  type SingleValue,
  type Unknown,
  type Value,
} from './value.ts';

/** A property or item; what is not there is null, of what nobody knows every part is unknown. */
export function access(of: Value, index: Value): Value {
  if (of.kind !== 'choice' && index.kind !== 'choice') return accessOne(of, index);
  return choice(
    alternatives(of).flatMap((one) => alternatives(index).map((key) => accessOne(one, key))),
  );
}

/** `.*`: all items of a list, all values of a map. */
export function accessAll(of: Value): Value {
  if (of.kind !== 'choice') return allOf(of);
  return choice(alternatives(of).map(allOf));
}

function accessOne(of: SingleValue, index: SingleValue): Value {
  if (of.kind === 'unknown') return unknown(`${of.of}${suffix(index)}`);
  if (of.kind === 'known') return known(null);
  if (index.kind === 'unknown') return byUnknown(of, index);
  if (of.kind === 'object') return property(of, index);
  return of.filtered ? fromEach(of, index) : item(of, index);
}

/** What a map gives for a name of which only some questions can be answered. */
function byUnknown(of: ArrayValue | ObjectValue, index: Unknown): Value {
  const open = unknown(`[${index.of}]`);
  const { asks } = index;
  if (!asks || of.kind === 'array' || of.open) return open;
  const truths = of.entries.map((entry) => asks({ test: 'equals', text: entry.name }));
  return truths.every((truth) => truth === false) ? known(null) : open;
}

function property(of: ObjectValue, index: SingleValue): Value {
  if (index.kind !== 'known') return known(null);
  const name = scalarText(index.value).toLowerCase();
  const found = of.entries.find((entry) => entry.name.toLowerCase() === name);
  if (found) return found.value;
  return of.open ? unknown(name) : known(null);
}

function item(of: ArrayValue, index: SingleValue): Value {
  return of.items[position(index)] ?? known(null);
}

/** Of a list that `.*` made, an index takes the part of every item, and leaves out who has none. */
function fromEach(of: ArrayValue, index: SingleValue): Value {
  const items: Value[] = [];
  for (const one of of.items) {
    const single = one.kind === 'choice' ? unknown('an item') : one;
    if (single.kind === 'unknown') return unknown('items of which not all are known');
    if (single.kind === 'object' && index.kind === 'known') {
      const name = scalarText(index.value).toLowerCase();
      if (single.entries.some((entry) => entry.name.toLowerCase() === name)) {
        items.push(property(single, index));
      } else if (single.open) return unknown('items of which not all are known');
    } else if (single.kind === 'array' && position(index) < single.items.length) {
      items.push(item(single, index));
    }
  }
  return { kind: 'array', items, filtered: true };
}

function allOf(of: SingleValue): Value {
  if (of.kind === 'unknown' || (of.kind === 'object' && of.open)) return unknown('all of them');
  if (of.kind === 'known') return { kind: 'array', items: [], filtered: true };
  if (of.kind === 'object') {
    return { kind: 'array', items: of.entries.map((entry) => entry.value), filtered: true };
  }
  if (!of.filtered) return { kind: 'array', items: of.items, filtered: true };
  const items: Value[] = [];
  for (const one of of.items) {
    if (one.kind === 'choice') return unknown('all of them');
    const inner = allOf(one);
    if (inner.kind !== 'array') return inner;
    items.push(...inner.items);
  }
  return { kind: 'array', items, filtered: true };
}

/** The position that an index stands for; NaN, which no list has, when it is none. */
function position(index: SingleValue): number {
  if (index.kind !== 'known') return Number.NaN;
  const number = scalarNumber(index.value);
  return number >= 0 && Number.isFinite(number) ? Math.floor(number) : Number.NaN;
}

function suffix(index: SingleValue): string {
  return index.kind === 'known' ? `.${scalarText(index.value)}` : '[…]';
}
