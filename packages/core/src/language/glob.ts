import { codeOf, codesOf } from './characters.ts';
import { foldText } from './letter-case.ts';
import { anyOne, segmentOf, type Meter, type Segment } from './segment.ts';

/**
 * A pattern of IAM: `*` is any characters (none, `/`, `:` and line ends too), `?` exactly one. A glob
 * made without wildcards takes both literally.
 *
 * A character is a Unicode code point: names in tokens are text, and a `?` that took half of an emoji
 * would match texts that no one can write. (AWS does not say what `?` counts outside the BMP.)
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export interface Glob {
  readonly parts: readonly GlobPart[];
  /** Letters of any case are the same letter: Unicode's simple case folding, see `letter-case.ts`. */
  readonly ignoreCase: boolean;
}

export type GlobPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' };

/** `wildcards: false` is for the Equals operators; `ignoreCase` for the IgnoreCase ones. */
export interface GlobOptions {
  readonly wildcards?: boolean;
  readonly ignoreCase?: boolean;
}

/** Makes a glob of a pattern as it stands in a policy, after variables like `${*}` were resolved. */
export function compileGlob(pattern: string, options: GlobOptions = {}): Glob {
  if (options.wildcards === false) return globOf([pattern], options);
  return globOf(
    pattern.split(/([*?])/).map((piece) => (piece === '*' ? any : piece === '?' ? one : piece)),
    options,
  );
}

/** Any characters, `*`. */
export const any: GlobPart = { kind: 'any' };

/** Exactly one character, `?`. */
export const one: GlobPart = { kind: 'one' };

/** Makes a glob of literal texts and wildcards: `globOf(['repo:', owner, '/', any])`. */
export function globOf(
  parts: readonly (string | GlobPart)[],
  options: Omit<GlobOptions, 'wildcards'> = {},
): Glob {
  const result: GlobPart[] = [];
  for (const given of parts) {
    const part: GlobPart = typeof given === 'string' ? { kind: 'text', text: given } : given;
    const last = result.at(-1);
    if (part.kind === 'text' && part.text === '') continue;
    if (part.kind === 'any' && last?.kind === 'any') continue;
    if (part.kind === 'text' && last?.kind === 'text')
      result[result.length - 1] = { kind: 'text', text: last.text + part.text };
    else result.push(part);
  }
  return { parts: result, ignoreCase: options.ignoreCase ?? false };
}

/** The pattern as IAM writes it, with `${*}` and `${?}` for literal wildcards. */
export function writeGlob(glob: Glob): string {
  return glob.parts
    .map((part) => {
      if (part.kind === 'any') return '*';
      return part.kind === 'one' ? '?' : part.text.replace(/[*?]/g, (mark) => `\${${mark}}`);
    })
    .join('');
}

/**
 * Whether the whole text matches. Linear: at most one look at each character of the text for every 32
 * characters between two `*`, however many `*` there are.
 */
export function matchGlob(glob: Glob, text: string): boolean {
  let plan = plans.get(glob);
  if (plan === undefined) {
    plan = planFor(glob);
    plans.set(glob, plan);
  }
  const subject = glob.ignoreCase ? foldText(text) : text;
  if (plan.kind === 'text') return subject === plan.text;
  if (plan.kind === 'segments') return matchSegments(plan.segments, subject);
  const { start, end } = plan;
  return (
    subject.length >= start.length + end.length &&
    subject.startsWith(start) &&
    subject.endsWith(end)
  );
}

/**
 * Whether a text that starts and ends so may match, by a look at the literal start and end of the
 * glob alone: where it says no, no such text matches.
 */
export function fitsEdges(glob: Glob, start: string, end: string): boolean {
  const [first, last] = [glob.parts[0], glob.parts.at(-1)];
  const fold = (text: string): string => (glob.ignoreCase ? foldText(text) : text);
  if (first?.kind === 'text') {
    const [own, given] = [fold(first.text), fold(start)];
    if (!own.startsWith(given.slice(0, own.length))) return false;
  }
  if (last?.kind !== 'text') return true;
  const [own, given] = [fold(last.text), fold(end)];
  return given.length < own.length ? own.endsWith(given) : given.endsWith(own);
}

/** {@link matchGlob} with its steps counted: what tests of its bound look at. */
export function countSteps(glob: Glob, text: string): number {
  const meter = { steps: 0 };
  matchSegments(segmentsOf(glob), glob.ignoreCase ? foldText(text) : text, meter);
  return meter.steps;
}

type Plan =
  | { readonly kind: 'text'; readonly text: string }
  /** One `*` and no `?`: the commonest pattern of all. */
  | { readonly kind: 'edges'; readonly start: string; readonly end: string }
  | { readonly kind: 'segments'; readonly segments: readonly Segment[] };

const plans = new WeakMap<Glob, Plan>();

function planFor(glob: Glob): Plan {
  const texts = glob.parts.map((part) => {
    const text = part.kind === 'text' ? part.text : '';
    return glob.ignoreCase ? foldText(text) : text;
  });
  const stars = glob.parts.filter((part) => part.kind === 'any').length;
  const plain = glob.parts.every((part) => part.kind !== 'one');
  // Half a surrogate pair at the edge of a part would match half a character of the text.
  if (plain && stars <= 1 && !texts.some((text) => /\p{Cs}/u.test(text))) {
    if (stars === 0) return { kind: 'text', text: texts.join('') };
    const at = glob.parts.findIndex((part) => part.kind === 'any');
    const [start, end] = [texts.slice(0, at).join(''), texts.slice(at).join('')];
    return { kind: 'edges', start, end };
  }
  return { kind: 'segments', segments: segmentsOf(glob) };
}

function segmentsOf(glob: Glob): readonly Segment[] {
  const segments: number[][] = [[]];
  for (const part of glob.parts)
    if (part.kind === 'any') segments.push([]);
    else if (part.kind === 'one') segments.at(-1)?.push(anyOne);
    else
      for (const letter of glob.ignoreCase ? foldText(part.text) : part.text)
        segments.at(-1)?.push(codeOf(letter));
  return segments.map(segmentOf);
}

/** The first segment stands at the start, the last at the end, each other one as early as it can. */
function matchSegments(segments: readonly Segment[], text: string, meter?: Meter): boolean {
  const codes = codesOf(text);
  const [first, last] = [segments[0], segments.at(-1)];
  if (first === undefined || last === undefined || !first.standsAt(codes, 0)) return false;
  if (segments.length === 1) return first.codes.length === codes.length;
  let at = first.codes.length;
  for (let index = 1; index < segments.length - 1; index += 1) {
    const segment = segments[index];
    if (segment === undefined) break;
    const found = segment.find(codes, at, meter);
    if (found === -1) return false;
    at = found + segment.codes.length;
  }
  const end = codes.length - last.codes.length;
  return end >= at && last.standsAt(codes, end);
}
