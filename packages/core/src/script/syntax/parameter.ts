import type { Range } from '../../text/range.ts';

/** The pieces of a `${ }` (Bash manual 3.5.3). */
export interface Parameter {
  readonly name: Range;
  /** Between the brackets of `${A[1]}`. */
  readonly subscript?: Range;
  readonly operator?: string;
  /** Behind the operator, up to the brace. */
  readonly operand?: Range;
}

const nameAt = /[A-Za-z_\uE000][\w\uE000]*|\d+|[@*#?$!-]/y;
const operatorAt = /:[-=?+]|##?|%%?|\/[/#%]?|\^\^?|,,?|@[A-Za-z]|[-=?+:]/y;

/** Takes `${…}` apart; `text` is the masked script, cut behind the closing brace. */
export function parseParameter(text: string, start: number): Parameter | undefined {
  const end = text.length - 1;
  const from = start + 2;
  const prefix = text[from] === '#' || text[from] === '!' ? text[from] : undefined;
  // `${!A*}` and `${!A@}` are the names that start with A.
  const names = prefix === '!' && /[\w][*@]$/.test(text.slice(0, end).slice(-2));
  const bare = prefix === undefined ? undefined : parseFrom(text, from + 1, names ? end - 1 : end);
  // `${#}` and `${!}` are the parameters `#` and `!`, as `${#-x}` is `#` with a default.
  if (bare && !(prefix === '#' && bare.operator !== undefined)) {
    const { operator: _, operand: __, ...rest } = bare;
    return { ...rest, operator: prefix === '#' ? 'length' : 'indirect' };
  }
  return parseFrom(text, from, end);
}

function parseFrom(text: string, from: number, end: number): Parameter | undefined {
  nameAt.lastIndex = from;
  const length = nameAt.exec(text)?.[0].length ?? 0;
  const name = { start: from, end: from + length };
  if (length === 0 || name.end > end) return undefined;
  const close = text[name.end] === '[' ? text.indexOf(']', name.end) : -1;
  const subscript = close === -1 ? undefined : { start: name.end + 1, end: close };
  const at = subscript ? subscript.end + 1 : name.end;
  const pieces = subscript ? { name, subscript } : { name };
  if (at >= end) return at === end ? pieces : undefined;
  operatorAt.lastIndex = at;
  const operator = operatorAt.exec(text)?.[0];
  if (operator === undefined) return undefined;
  return { ...pieces, operator, operand: { start: Math.min(at + operator.length, end), end } };
}

const identifier = /[A-Za-z_]\w*/y;

/**
 * The names that `$(( ))` reads without a `$`. `closings` tells where expansions and quotations end,
 * which are left out.
 */
export function arithmeticNames(
  text: string,
  from: number,
  end: number,
  closings: ReadonlyMap<number, number>,
): Range[] {
  const names: Range[] = [];
  for (let at = from; at < end;) {
    identifier.lastIndex = at;
    const name = identifier.exec(text)?.[0];
    if (name !== undefined) names.push({ start: at, end: at + name.length });
    at = closings.get(at) ?? at + (name ?? skipped(text, at)).length;
  }
  return names;
}

const notName = /\d[\w#]*|\$\w*/y;

function skipped(text: string, at: number): string {
  notName.lastIndex = at;
  return notName.exec(text)?.[0] ?? ' ';
}
