import { compareScalars, foldCase, textOf } from './coerce.ts';
import { formatText } from './format.ts';
import {
  fromData,
  known,
  unknown,
  type ArrayValue,
  type Question,
  type SingleValue,
  type Truth,
  type Value,
} from './value.ts';

/**
 * GitHub's functions over values of which some are unknown. What GitHub would refuse at run time
 * (`fromJSON('')`) is unknown: the run fails, so nothing may be concluded from it.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/expressions#functions
 */
export const functions: Readonly<Record<string, (args: readonly SingleValue[]) => Value>> = {
  contains: ([search, item]) => verdict(contains(search, item), 'contains(…)'),
  startswith: ([text, start]) => verdict(startsWith(text, start), 'startsWith(…)'),
  endswith: ([text, end]) => verdict(endsWith(text, end), 'endsWith(…)'),
  format: ([text, ...args]) => format(text, args),
  join: ([list, separator]) => join(list, separator),
  tojson: ([value]) => toJson(value),
  fromjson: ([text]) => fromJson(text),
  case: (args) => firstCase(args),
};

/** Whether two values are equal, as far as that can be told. */
export function equality(left: SingleValue, right: SingleValue): Truth {
  if (left.kind === 'known' && right.kind === 'known') {
    return compareScalars('==', left.value, right.value);
  }
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknownEquality(left, right);
  return left === right;
}

function unknownEquality(left: SingleValue, right: SingleValue): Truth {
  const [open, other] = left.kind === 'unknown' ? [left, right] : [right, left];
  if (open.kind === 'unknown' && other.kind === 'known' && typeof other.value === 'string') {
    const answer = ask(open, 'equals', other.value);
    if (answer !== 'unknown') return answer;
  }
  if (open.kind !== 'unknown' || open.prefix === undefined) return 'unknown';
  // A string with this beginning equals no list, and no text that begins otherwise.
  if (other.kind === 'array' || other.kind === 'object') return false;
  const text =
    other.kind === 'known' && typeof other.value === 'string' ? other.value : prefixOf(other);
  if (text === undefined) return 'unknown';
  if (other.kind === 'known') return begins(text, open.prefix) ? 'unknown' : false;
  return begins(text, open.prefix) || begins(open.prefix, text) ? 'unknown' : false;
}

function contains(search: SingleValue | undefined, item: SingleValue | undefined): Truth {
  if (!search || !item) return 'unknown';
  if (search.kind === 'array') return containsItem(search, item);
  if (search.kind === 'object') return false;
  if (item.kind === 'array' || item.kind === 'object') {
    return search.kind === 'known' ? false : 'unknown';
  }
  const [text, part] = [textOf(search), textOf(item)];
  if (part === '') return search.kind === 'known' || search.prefix !== undefined || 'unknown';
  if (part === undefined) return 'unknown';
  if (text !== undefined) return text.toLowerCase().includes(part.toLowerCase());
  const start = prefixOf(search);
  return start?.toLowerCase().includes(part.toLowerCase()) ? true : ask(search, 'contains', part);
}

function containsItem(list: ArrayValue, item: SingleValue): Truth {
  let truth: Truth = false;
  for (const one of list.items) {
    const equal = one.kind === 'choice' ? 'unknown' : equality(item, one);
    if (equal === true) return true;
    if (equal === 'unknown') truth = 'unknown';
  }
  return truth;
}

function startsWith(text: SingleValue | undefined, start: SingleValue | undefined): Truth {
  if (!text || !start) return 'unknown';
  if (isComposite(text) || isComposite(start)) return false;
  const [whole, part] = [textOf(text), textOf(start)];
  if (part === undefined) {
    const least = prefixOf(start);
    return whole !== undefined && least !== undefined && !begins(whole, least) ? false : 'unknown';
  }
  if (whole !== undefined) return begins(whole, part);
  const prefix = prefixOf(text);
  if (prefix === undefined) return ask(text, 'starts', part);
  if (begins(prefix, part)) return true;
  return begins(part, prefix) ? ask(text, 'starts', part) : false;
}

function endsWith(text: SingleValue | undefined, end: SingleValue | undefined): Truth {
  if (!text || !end) return 'unknown';
  if (isComposite(text) || isComposite(end)) return false;
  const [whole, part] = [textOf(text), textOf(end)];
  if (part === undefined) return 'unknown';
  if (whole === undefined) return ask(text, 'ends', part);
  return foldCase(whole).endsWith(foldCase(part));
}

function format(text: SingleValue | undefined, args: readonly SingleValue[]): Value {
  const pattern = text && textOf(text);
  if (pattern === undefined) return unknown('format(…)');
  const made = formatText(pattern, args.map(textOf));
  if (made === undefined) return unknown('format(…)');
  return made.complete ? known(made.text) : unknown('format(…)', { prefix: made.text });
}

function join(list: SingleValue | undefined, separator: SingleValue | undefined): Value {
  if (!list || list.kind === 'unknown') return unknown('join(…)');
  if (list.kind === 'known') return known(textOf(list) ?? '');
  if (list.kind === 'object') return known('');
  const between = separator && !isComposite(separator) ? textOf(separator) : ',';
  const texts = list.items.map((item) => (item.kind === 'choice' ? undefined : textOf(item)));
  if (between === undefined || texts.includes(undefined)) return unknown('join(…)');
  return known(texts.join(between));
}

function toJson(value: SingleValue | undefined): Value {
  const data = value && toData(value);
  return data === undefined ? unknown('toJSON(…)') : known(JSON.stringify(data.data, null, 2));
}

function toData(value: Value): { readonly data: unknown } | undefined {
  if (value.kind === 'known') return { data: value.value };
  if (value.kind === 'array') {
    const items = value.items.map(toData);
    return items.includes(undefined) ? undefined : { data: items.map((item) => item?.data) };
  }
  if (value.kind !== 'object' || value.open) return undefined;
  const entries = value.entries.map(({ name, value: inner }) => [name, toData(inner)] as const);
  if (entries.some(([, data]) => data === undefined)) return undefined;
  return { data: Object.fromEntries(entries.map(([name, data]) => [name, data?.data])) };
}

function fromJson(text: SingleValue | undefined): Value {
  const source = text && textOf(text);
  if (source === undefined) return unknown('fromJSON(…)');
  try {
    return fromData(JSON.parse(source));
  } catch {
    return unknown('fromJSON(…)');
  }
}

function firstCase(args: readonly SingleValue[]): Value {
  for (let at = 0; at + 1 < args.length; at += 2) {
    const predicate = args[at];
    if (predicate?.kind !== 'known' || typeof predicate.value !== 'boolean')
      return unknown('case(…)');
    if (predicate.value) return args[at + 1] ?? known(null);
  }
  return args.at(-1) ?? known(null);
}

function verdict(truth: Truth, of: string): Value {
  return truth === 'unknown' ? unknown(of) : known(truth);
}

/** What is known of a string that is not known itself. */
function ask(value: SingleValue, test: Question['test'], text: string): Truth {
  if (value.kind !== 'unknown' || !value.asks) return 'unknown';
  return value.asks({ test, text });
}

function prefixOf(value: SingleValue): string | undefined {
  return value.kind === 'unknown' ? value.prefix : undefined;
}

function isComposite(value: SingleValue): boolean {
  return value.kind === 'array' || value.kind === 'object';
}

function begins(text: string, start: string): boolean {
  return foldCase(text).startsWith(foldCase(start));
}
