import { any, globOf, matchGlob, one, type Glob, type GlobPart } from '../language/glob.ts';
import type { TemplateText } from './document/node.ts';
import type { Match } from './match.ts';
import { shownText } from './parse/reader.ts';
import { stateOf, type RequestContext } from './request/context.ts';

/** A text of a policy, made ready to be compared many times. */
export interface CompiledText {
  /** For people: as written, holes in angle brackets. */
  readonly shown: string;
  readonly parts: readonly TextPart[];
  /** Set when nothing has to be filled in: then the whole text is this glob. */
  readonly fixed: Glob | undefined;
  readonly ignoreCase: boolean;
  readonly wildcards: boolean;
}

/** A literal text, a wildcard, a policy variable, or a hole. */
type TextPart = GlobPart | VariablePart | HolePart;

/** `${key}` or `${key, 'default'}`; the key is in lower case. */
interface VariablePart {
  readonly kind: 'variable';
  readonly key: string;
  readonly fallback: string | undefined;
}

interface HolePart {
  readonly kind: 'hole';
  readonly name: string;
}

/** How a text is read. */
export interface TextReading {
  /** Whether `${...}` is a variable or an escape: in version 2012-10-17, and where IAM has variables. */
  readonly variables: boolean;
  readonly wildcards: boolean;
  readonly ignoreCase: boolean;
}

/** Reads the variables and wildcards of a text. */
export function compileText(pieces: TemplateText, reading: TextReading): CompiledText {
  const parts = readParts(pieces, reading);
  const fixed = parts.every(
    (part): part is GlobPart => part.kind !== 'variable' && part.kind !== 'hole',
  )
    ? globOf(parts, { ignoreCase: reading.ignoreCase })
    : undefined;
  const { ignoreCase, wildcards } = reading;
  return { shown: shownText(pieces), parts, fixed, ignoreCase, wildcards };
}

/** Whether the whole subject matches. A variable without a value is like nothing, not even itself. */
export function matchText(text: CompiledText, subject: string, context: RequestContext): Match {
  if (text.fixed) return matchGlob(text.fixed, subject);
  return matchFilled(fillIn(text, context), (parts) =>
    matchGlob(globOf(parts, { ignoreCase: text.ignoreCase }), subject),
  );
}

/** A text with its variables filled in. */
export interface FilledText {
  /** Undefined when a variable has no value: then nothing matches. */
  readonly parts: readonly GlobPart[] | undefined;
  /** Whether some parts stand for texts that are not known: then a match only may be one. */
  readonly open: boolean;
  /** The same with wildcards in the values of variables read as wildcards, where there are any. */
  readonly other: readonly GlobPart[] | undefined;
}

/** What a comparison says of a filled text, whatever fills its holes. */
export function matchFilled(
  filled: FilledText,
  compare: (parts: readonly GlobPart[]) => Match,
): Match {
  if (filled.parts === undefined) return false;
  const match = compare(filled.parts);
  if (filled.open) return match === false ? false : 'undecided';
  // AWS does not say whether a `*` that a variable brings along is a wildcard.
  return filled.other !== undefined && compare(filled.other) !== match ? 'undecided' : match;
}

/**
 * Fills in variables.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function fillIn({ parts, wildcards }: CompiledText, context: RequestContext): FilledText {
  const filled: GlobPart[] = [];
  const other: GlobPart[] = [];
  let [open, ambiguous] = [false, false];
  const add = (part: GlobPart, elsewise: readonly GlobPart[] = [part]): void => {
    filled.push(part);
    for (const one of elsewise) other.push(one);
  };
  for (const part of parts) {
    if (part.kind === 'hole') {
      open = true;
      add(any);
    } else if (part.kind === 'variable') {
      const state = stateOf(context, part.key);
      const values = typeof state === 'string' || state.length === 0 ? undefined : state;
      const value = values === undefined ? part.fallback : values[0];
      if (state === 'unknown' || (values !== undefined && values.length > 1)) {
        open = true;
        add(any);
      } else if (value === undefined) return { parts: undefined, open: false, other: undefined };
      else {
        const wild = wildcards && /[*?]/.test(value);
        ambiguous ||= wild;
        add({ kind: 'text', text: value }, wild ? withWildcards(value) : undefined);
      }
    } else add(part);
  }
  return { parts: filled, open, other: ambiguous ? other : undefined };
}

/** What would have to be known to fill a text: holes, and keys of the request whose value was not given. */
export function unknownsOf({ parts }: CompiledText, context: RequestContext): string[] {
  return parts.flatMap((part) => {
    if (part.kind === 'hole') return [part.name];
    if (part.kind !== 'variable') return [];
    const state = stateOf(context, part.key);
    return state === 'unknown' || (typeof state !== 'string' && state.length > 1) ? [part.key] : [];
  });
}

function readParts(pieces: TemplateText, reading: TextReading): TextPart[] {
  const parts: TextPart[] = [];
  /** Set while a `${` waits for its `}` beyond a hole: what it names is then not known either. */
  let unfinished = false;
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece !== 'string') {
      parts.push({ kind: 'hole', name: piece.hole });
      continue;
    }
    let text = piece;
    if (unfinished) {
      const end = text.indexOf('}');
      text = end === -1 ? '' : text.slice(end + 1);
      unfinished = end === -1;
    }
    const start = text.lastIndexOf('${');
    if (reading.variables && start > text.lastIndexOf('}') && index < pieces.length - 1) {
      text = text.slice(0, start);
      unfinished = true;
    }
    const read = reading.variables
      ? withVariables(text, reading.wildcards)
      : plain(text, reading.wildcards);
    for (const part of read) parts.push(part);
  }
  return parts;
}

// ATTACKER: no two parts of it can take the same blanks, so that it is linear in the text.
const variable =
  /\$\{(?:(?<escape>[*?$])\s*|(?<key>[^${}*?,'\s][^${}*?,']*)(?:,\s*'(?<fallback>[^']*)'\s*)?)\}/g;

function* withVariables(text: string, wildcards: boolean): Generator<TextPart, void> {
  let at = 0;
  for (const match of text.matchAll(variable)) {
    yield* plain(text.slice(at, match.index), wildcards);
    at = match.index + match[0].length;
    const { escape, key = '', fallback } = match.groups ?? {};
    if (escape !== undefined) yield { kind: 'text', text: escape };
    else yield { kind: 'variable', key: key.trimEnd().toLowerCase(), fallback };
  }
  yield* plain(text.slice(at), wildcards);
}

function plain(text: string, wildcards: boolean): GlobPart[] {
  if (text === '') return [];
  return wildcards ? withWildcards(text) : [{ kind: 'text', text }];
}

function withWildcards(text: string): GlobPart[] {
  return text
    .split(/([*?])/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece === '*' ? any : piece === '?' ? one : { kind: 'text', text: piece }));
}
