import type { Range } from '../text/range.ts';
import { parseExpression, type Expression } from './expression.ts';
import type { Text } from './model.ts';

/** A string cut at its `${{ }}` parts; indices count in the string's value. */
export type TemplatePart = Literal | Embedded;

interface Literal extends Range {
  readonly kind: 'literal';
  readonly text: string;
}

/** One `${{ }}`: `start` is at the `$`, `end` after the last brace. */
interface Embedded extends Range {
  readonly kind: 'expression';
  readonly expression: Expression;
}

const parsed = new Map<string, readonly TemplatePart[]>();
/** Longer strings are scripts, of which no two are alike. */
const maxKept = 500;

/**
 * The parts of a string, of which each is cut once. An expression ends at the first `}}` outside
 * single quotes, as GitHub reads it; a `${{` that is never closed is literal text.
 */
export function templateOf(text: Text): readonly TemplatePart[] {
  if (!text.value.includes('${{')) {
    return [{ kind: 'literal', text: text.value, start: 0, end: text.value.length }];
  }
  const { value } = text;
  if (value.length > maxKept) return longTemplateOf(text);
  const known = parsed.get(value);
  if (known) return known;
  const parts = cut(value);
  // ATTACKER: the strings kept must not grow with the number of files of a long run.
  if (parsed.size > 20_000) parsed.clear();
  parsed.set(value, parts);
  return parts;
}

const parsedLong = new WeakMap<object, readonly TemplatePart[]>();

function longTemplateOf(text: Text): readonly TemplatePart[] {
  let parts = parsedLong.get(text.node);
  if (!parts) {
    parts = cut(text.value);
    parsedLong.set(text.node, parts);
  }
  return parts;
}

/** The expressions of a string. */
export function expressionsOf(text: Text | undefined): readonly Expression[] {
  if (!text?.value.includes('${{')) return [];
  return templateOf(text).flatMap((part) => (part.kind === 'expression' ? part.expression : []));
}

/** The one expression that a string consists of; undefined when other text stands beside it. */
function soleExpression(text: Text | undefined): Expression | undefined {
  if (!text?.value.includes('${{')) return undefined;
  const parts = templateOf(text).filter(
    (part) => part.kind === 'expression' || part.text.trim() !== '',
  );
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'expression' ? only.expression : undefined;
}

/**
 * The condition of an `if:`; with or without `${{ }}`. A mixture of both (`${{ a }} && b`) is text
 * that is never empty, so always true on GitHub: the condition is then undefined.
 */
export function conditionOf(text: Text | undefined): Expression | undefined {
  if (!text) return undefined;
  return text.value.includes('${{') ? soleExpression(text) : parseExpression(text.value);
}

/** Cuts any string at its expressions; see {@link templateOf}. */
export function cut(value: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (let open = value.indexOf('${{'); open !== -1; open = value.indexOf('${{', at)) {
    const close = closing(value, open + 3);
    if (close === -1) break;
    if (open > at)
      parts.push({ kind: 'literal', text: value.slice(at, open), start: at, end: open });
    const expression = parseExpression(value.slice(open + 3, close));
    parts.push({ kind: 'expression', expression, start: open, end: close + 2 });
    at = close + 2;
  }
  if (at < value.length)
    parts.push({ kind: 'literal', text: value.slice(at), start: at, end: value.length });
  return parts;
}

function closing(value: string, from: number): number {
  let quoted = false;
  for (let at = from; at < value.length; at += 1) {
    if (value[at] === "'") quoted = !quoted;
    else if (!quoted && value[at] === '}' && value[at + 1] === '}') return at;
  }
  return -1;
}
