import type { Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { templateOf, type TemplatePart } from '../workflow/template.ts';
import type { Frame, FramedText } from './frame.ts';
import { originsOf, originsOfExpression, type Origin } from './origin.ts';

/**
 * One value that a string can have, as far as the files tell: fixed characters, and gaps that only
 * a run fills. `arn:aws:iam::${{ vars.ACCOUNT }}:role/ci` is fixed, open, fixed.
 */
export type Pattern = readonly PatternPart[];
export type PatternPart = FixedPart | OpenPart;

/** Characters that stand in a file. */
export interface FixedPart {
  readonly kind: 'fixed';
  readonly text: string;
  /** The string that they stand in. */
  readonly at: FramedText;
}

/** What a run puts there: nothing, or any characters. */
export interface OpenPart {
  readonly kind: 'open';
  readonly origin: Origin;
  /** The string with the expression. */
  readonly at: FramedText;
}

const maxPatterns = 64;
const maxDepth = 8;

/** Every value that a string can have; at least one, at most 64. */
export function patternsOf(text: Text, frame: Frame, repository: Repository): Pattern[] {
  return expand({ text, frame }, repository, 0);
}

/** A pattern without blanks at its ends: actions take those off their inputs. */
export function trimPattern(pattern: Pattern): Pattern {
  return pattern.flatMap((part, index): PatternPart[] => {
    if (part.kind === 'open') return [part];
    const start = index === 0 ? part.text.trimStart() : part.text;
    const text = index === pattern.length - 1 ? start.trimEnd() : start;
    return text === '' ? [] : [{ ...part, text }];
  });
}

/** A pattern as people read it: gaps as `${{ ... }}`. */
export function showPattern(pattern: Pattern): string {
  return pattern
    .map((part) => (part.kind === 'fixed' ? part.text : showOrigin(part.origin)))
    .join('');
}

/** A string as people read it: what it comes to where that is certain, else as it is written. */
export function showText({ text, frame }: FramedText, repository: Repository): string {
  const [pattern, ...others] = patternsOf(text, frame, repository).map(trimPattern);
  return pattern && others.length === 0 ? showPattern(pattern) : text.value.trim();
}

/** An origin as an expression. */
export function showOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'literal':
      return origin.value;
    case 'secret':
      return origin.dynamic ? '${{ secrets[...] }}' : `\${{ secrets.${origin.name} }}`;
    case 'variable':
      return `\${{ vars.${origin.name} }}`;
    case 'input':
      return `\${{ inputs.${origin.name} }}`;
    case 'env':
      return `\${{ env.${origin.name} }}`;
    case 'context':
      return `\${{ ${origin.name} }}`;
    case 'step-output':
      return `\${{ steps.${origin.step?.id?.value ?? '*'}.outputs.${origin.name} }}`;
    case 'computed':
      return '${{ ... }}';
  }
}

function expand(at: FramedText, repository: Repository, depth: number): Pattern[] {
  let patterns: Pattern[] = [[]];
  const parts = templateOf(at.text);
  for (const part of parts) {
    const ways = waysOf(part, at, parts.length === 1, repository, depth);
    patterns = patterns
      .flatMap((before) => ways.map((way): Pattern => [...before, ...way]))
      .slice(0, maxPatterns);
  }
  return patterns;
}

function waysOf(
  part: TemplatePart,
  at: FramedText,
  alone: boolean,
  repository: Repository,
  depth: number,
): Pattern[] {
  if (part.kind === 'literal') return [[{ kind: 'fixed', text: part.text, at }]];
  const { text, frame } = at;
  const origins = alone
    ? originsOf(text, frame, repository)
    : originsOfExpression(part.expression, text, frame, repository);
  const ways: Pattern[] = [];
  const followed = new Set<unknown>();
  for (const origin of origins) {
    const next = origin.trail[1];
    if (next && depth < maxDepth) {
      if (followed.has(next.text)) continue;
      followed.add(next.text);
      ways.push(...expand(next, repository, depth + 1));
    } else if (origin.kind === 'literal' && !next) {
      ways.push([{ kind: 'fixed', text: origin.value, at }]);
    } else {
      ways.push([{ kind: 'open', origin, at }]);
    }
  }
  return ways.length > 0 ? ways : [[]];
}
