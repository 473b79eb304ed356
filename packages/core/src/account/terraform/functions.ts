import type { DocumentNode, TemplatePiece } from '../../iam/document/node.ts';
import { entryOf, itemsOf, literal, literalOf, templateOf, textNode } from '../document/access.ts';
import { sameDocument } from '../document/same.ts';
import { booleanNode, numberNode } from './environment.ts';
import { isNullNode, numberOf } from './operators.ts';
import type { Place } from './place.ts';
import { unknown, unknownText } from './step.ts';

type TerraformFunction = (values: readonly DocumentNode[], at: Place) => DocumentNode | undefined;

/**
 * Calls one of Terraform's functions (https://developer.hashicorp.com/terraform/language/functions) on
 * values as far as they are known. Undefined for functions that are not known here.
 */
export function callFunction(
  name: string,
  values: readonly DocumentNode[],
  at: Place,
): DocumentNode | undefined {
  const called = functions.get(name.replace(/^core::/, ''));
  return called && (called(values, at) ?? unknown(at.text, at.range));
}

/** A function of one literal string. */
function ofText(change: (text: string, ...others: readonly string[]) => string): TerraformFunction {
  return (values, at) => {
    const texts = values.map((value) => literalOf(value));
    const [first, ...others] = texts.filter((text) => text !== undefined);
    return first === undefined || others.length + 1 < texts.length
      ? unknownText(at.text, at.range)
      : textNode([change(first, ...others)], at.range);
  };
}

/** A function of a list, undefined where an element could stand for several. */
function ofList(
  change: (items: readonly DocumentNode[], at: Place) => readonly DocumentNode[] | undefined,
): TerraformFunction {
  return ([list], at) => {
    const items = list?.kind === 'list' ? change(list.items, at) : undefined;
    return items && { kind: 'list', items, range: at.range };
  };
}

const functions: ReadonlyMap<string, TerraformFunction> = new Map<string, TerraformFunction>([
  ['lower', ofText((text) => text.toLowerCase())],
  ['upper', ofText((text) => text.toUpperCase())],
  ['trimspace', ofText((text) => text.trim())],
  ['chomp', ofText((text) => text.replace(/[\r\n]+$/, ''))],
  [
    'trimprefix',
    ofText((text, prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  ],
  [
    'trimsuffix',
    ofText((text, suffix = '') =>
      suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
    ),
  ],
  ['title', ofText((text) => text.replaceAll(/(^|\s)\S/g, (letter) => letter.toUpperCase()))],
  ['replace', replace],
  ['format', format],
  ['join', join],
  ['split', split],
  ['substr', substr],
  [
    'concat',
    (values, at) => {
      if (values.some(({ kind }) => kind !== 'list')) return undefined;
      return { kind: 'list', items: values.flatMap((value) => itemsOf(value)), range: at.range };
    },
  ],
  ['toset', ofList(withoutRepeats)],
  ['distinct', ofList(withoutRepeats)],
  ['tolist', ofList((items) => items)],
  [
    'compact',
    ofList((items) =>
      items.every((item) => literalOf(item) !== undefined || isNullNode(item))
        ? items.filter((item) => literalOf(item) !== '' && !isNullNode(item))
        : undefined,
    ),
  ],
  ['flatten', ofList((items) => flatten(items, 0))],
  [
    'sort',
    ofList((items) =>
      items.every((item) => literalOf(item) !== undefined)
        ? items.toSorted((a, b) => ((literalOf(a) ?? '') < (literalOf(b) ?? '') ? -1 : 1))
        : undefined,
    ),
  ],
  ['reverse', ofList((items) => items.toReversed())],
  [
    'tostring',
    ([value], at) => (value?.kind === 'text' ? textNode(value.value, at.range) : undefined),
  ],
  ['tomap', ([value]) => value],
  ['sensitive', ([value]) => value],
  ['nonsensitive', ([value]) => value],
  ['tonumber', ([value]) => value],
  ['tobool', ([value]) => value],
  [
    'one',
    ([value]) => (value?.kind === 'list' && value.items.length === 1 ? value.items[0] : undefined),
  ],
  [
    'element',
    ([list, index]) => {
      const number = numberOf(index);
      return list?.kind === 'list' && number !== undefined && list.items.length > 0
        ? list.items[number % list.items.length]
        : undefined;
    },
  ],
  [
    'lookup',
    ([map, key, other]) => {
      const name = literalOf(key);
      return map?.kind === 'map' && name !== undefined
        ? (entryOf(map, name)?.value ?? other)
        : undefined;
    },
  ],
  [
    'length',
    ([value], at) => {
      const text = literalOf(value);
      if (value?.kind === 'list')
        return value.items.some(({ kind }) => kind === 'unresolved')
          ? undefined
          : numberNode(value.items.length, at.range);
      if (value?.kind === 'map') return numberNode(value.entries.length, at.range);
      return text === undefined ? undefined : numberNode(Array.from(text).length, at.range);
    },
  ],
  [
    'contains',
    ([list, wanted], at) => {
      if (list?.kind !== 'list' || !wanted) return undefined;
      if (list.items.some((item) => sameDocument(item, wanted))) return booleanNode(true, at.range);
      const known = [...list.items, wanted].every((item) => literalOf(item) !== undefined);
      return known ? booleanNode(false, at.range) : undefined;
    },
  ],
  [
    'startswith',
    ([text, prefix], at) => {
      const [whole, start] = [literalOf(text), literalOf(prefix)];
      return whole === undefined || start === undefined
        ? undefined
        : booleanNode(whole.startsWith(start), at.range);
    },
  ],
  [
    'endswith',
    ([text, suffix], at) => {
      const [whole, end] = [literalOf(text), literalOf(suffix)];
      return whole === undefined || end === undefined
        ? undefined
        : booleanNode(whole.endsWith(end), at.range);
    },
  ],
  [
    'keys',
    ([map], at) =>
      map?.kind === 'map'
        ? {
            kind: 'list',
            range: at.range,
            items: map.entries.map(({ key, keyRange }) => textNode(key, keyRange)),
          }
        : undefined,
  ],
  [
    'values',
    ([map], at) =>
      map?.kind === 'map'
        ? { kind: 'list', range: at.range, items: map.entries.map(({ value }) => value) }
        : undefined,
  ],
  [
    'merge',
    (values, at) => {
      const maps = values.filter((value) => !isNullNode(value));
      if (maps.some(({ kind }) => kind !== 'map')) return undefined;
      const entries = new Map(
        maps
          .flatMap((map) => (map.kind === 'map' ? map.entries : []))
          .map((entry) => [literal(entry.key) ?? entry, entry] as const),
      );
      return { kind: 'map', entries: [...entries.values()], range: at.range };
    },
  ],
  // Whether the first one fails is not known when it is not resolved.
  ['try', ([first]) => (first?.kind === 'unresolved' ? undefined : first)],
  ['coalesce', (values) => firstPresent(values)],
  [
    'coalescelist',
    (values) => {
      const found = values.find((value) => value.kind !== 'list' || value.items.length > 0);
      return found?.kind === 'list' ? found : undefined;
    },
  ],
  [
    'formatlist',
    ([template, list], at) => {
      if (!template || list?.kind !== 'list') return undefined;
      const items = list.items.flatMap((item) => format([template, item], at) ?? []);
      return items.length === list.items.length
        ? { kind: 'list', items, range: at.range }
        : undefined;
    },
  ],
]);

function firstPresent(values: readonly DocumentNode[]): DocumentNode | undefined {
  for (const value of values) {
    if (isNullNode(value) || literalOf(value) === '') continue;
    // A text that is nothing but a hole could be empty, and the next one be taken.
    const sure =
      value.kind === 'text'
        ? value.value.some((piece) => typeof piece === 'string')
        : value.kind !== 'unresolved';
    return sure ? value : undefined;
  }
  return undefined;
}

function withoutRepeats(items: readonly DocumentNode[]): readonly DocumentNode[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = literalOf(item);
    if (text === undefined) return true;
    const fresh = !seen.has(text);
    seen.add(text);
    return fresh;
  });
}

function flatten(items: readonly DocumentNode[], depth: number): readonly DocumentNode[] {
  return items.flatMap((item) =>
    item.kind === 'list' && depth < 50 ? flatten(item.items, depth + 1) : [item],
  );
}

/** `replace` with a plain string; `/.../` would be a regular expression of Go. */
function replace([text, search, by]: readonly DocumentNode[], at: Place): DocumentNode {
  const [whole, pattern, other] = [literalOf(text), literalOf(search), literalOf(by)];
  const isExpression =
    pattern !== undefined && pattern.length > 1 && pattern.startsWith('/') && pattern.endsWith('/');
  if (
    whole === undefined ||
    pattern === undefined ||
    other === undefined ||
    isExpression ||
    pattern === ''
  )
    return unknownText(at.text, at.range);
  return textNode([whole.split(pattern).join(other)], at.range);
}

/** `format` with `%s`, `%d`, `%v` and `%%`. */
function format(
  [template, ...values]: readonly DocumentNode[],
  at: Place,
): DocumentNode | undefined {
  const text = literalOf(template);
  if (text === undefined) return unknownText(at.text, at.range);
  const pieces: TemplatePiece[] = [];
  let next = 0;
  let from = 0;
  for (const match of text.matchAll(/%(.?)/g)) {
    pieces.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[1] === '%') pieces.push('%');
    else if (match[1] !== undefined && 'sdv'.includes(match[1]) && match[1] !== '') {
      pieces.push(...(templateOf(values[next]) ?? [{ hole: at.text }]));
      next += 1;
    } else return unknownText(at.text, at.range);
  }
  pieces.push(text.slice(from));
  return textNode(pieces, at.range);
}

function join([separator, ...lists]: readonly DocumentNode[], at: Place): DocumentNode {
  const between = literalOf(separator);
  if (between === undefined || lists.some(({ kind }) => kind !== 'list'))
    return unknownText(at.text, at.range);
  const pieces: TemplatePiece[] = [];
  for (const [index, item] of lists.flatMap((list) => itemsOf(list)).entries()) {
    const text = templateOf(item);
    if (!text) return unknownText(at.text, at.range);
    if (index > 0) pieces.push(between);
    pieces.push(...text);
  }
  return textNode(pieces, at.range);
}

function split([separator, text]: readonly DocumentNode[], at: Place): DocumentNode | undefined {
  const [by, whole] = [literalOf(separator), literalOf(text)];
  if (by === undefined || by === '' || whole === undefined) return undefined;
  return {
    kind: 'list',
    items: whole.split(by).map((part) => textNode([part], at.range)),
    range: at.range,
  };
}

function substr([text, offset, length]: readonly DocumentNode[], at: Place): DocumentNode {
  const [whole, from, count] = [literalOf(text), numberOf(offset), numberOf(length)];
  if (whole === undefined || from === undefined || count === undefined || from < 0)
    return unknownText(at.text, at.range);
  return textNode([count < 0 ? whole.slice(from) : whole.slice(from, from + count)], at.range);
}
