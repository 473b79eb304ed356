import type { Match } from '../match.ts';
import { shownText, fixedText } from '../parse/reader.ts';
import type { PolicyText } from '../policy.ts';
import type { RequestContext } from '../request/context.ts';
import { compileText, matchText, unknownsOf, type TextReading } from '../text.ts';

/** One value of a condition, ready to be compared with values of a request. */
export interface ExpectedValue {
  /** For people. */
  readonly shown: string;
  matches(presented: string, context: RequestContext): Match;
  /** What would have to be known besides the presented value. */
  unknowns(context: RequestContext): readonly string[];
  /** Why it can never be compared, when it cannot. */
  readonly problem?: string;
}

/** Makes an expected value; `variables` says whether the policy's version has them. */
export type Comparison = (text: PolicyText, variables: boolean) => ExpectedValue;

/** Strings, with wildcards or without, in any case or as written. */
export function stringComparison(reading: Omit<TextReading, 'variables'>): Comparison {
  return (value, variables) => {
    const text = compileText(value.pieces, { ...reading, variables });
    return {
      shown: text.shown,
      matches: (presented, context) => matchText(text, presented, context),
      unknowns: (context) => unknownsOf(text, context),
    };
  };
}

/**
 * Values of a type that has no variables: the policy's text is read once, by `read`, which gives what
 * compares it with a presented text, or nothing when the text is no value of the type.
 */
export function typedComparison(
  type: string,
  read: (text: string) => ((presented: string) => Match) | undefined,
): Comparison {
  return ({ pieces }) => {
    const shown = shownText(pieces);
    const text = fixedText(pieces);
    const holes = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.hole]));
    if (text === undefined) return { shown, matches: () => 'undecided', unknowns: () => holes };
    const compare = read(text);
    if (compare === undefined) {
      const problem = `"${shown}" is no ${type}`;
      return { shown, matches: () => 'undecided', unknowns: () => [], problem };
    }
    return { shown, matches: (presented) => compare(presented), unknowns: () => [] };
  };
}
