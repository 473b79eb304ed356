import { globOf, matchGlob, type Glob, type GlobPart } from '../../language/glob.ts';
import { arnComponents, splitArn } from '../arn.ts';
import type { Match } from '../match.ts';
import { compileText, fillIn, matchFilled, unknownsOf } from '../text.ts';
import type { Comparison } from './comparison.ts';

/**
 * ArnLike and ArnEquals, which are the same: each of the six parts is compared by itself, with
 * wildcards. What a pattern with fewer parts matches is not said: it is `undecided` where it would
 * match as a whole.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const arnComparison: Comparison = ({ pieces }, variables) => {
  const text = compileText(pieces, { variables, wildcards: true, ignoreCase: false });
  const holes = text.parts.some(({ kind }) => kind === 'hole');
  const ready = text.fixed && patternOf(text.fixed.parts);
  return {
    shown: text.shown,
    matches: (presented, context) => {
      if (ready) return matchArn(ready, presented);
      const filled = fillIn(text, context);
      // A hole may hold colons, so that nobody knows which part is which.
      if (holes || filled.open)
        return matchFilled(filled, (parts) => matchGlob(globOf(parts), presented));
      return matchFilled(filled, (parts) => matchArn(patternOf(parts), presented));
    },
    unknowns: (context) => unknownsOf(text, context),
  };
};

interface ArnPattern {
  readonly whole: Glob;
  readonly parts: readonly Glob[];
}

function patternOf(parts: readonly GlobPart[]): ArnPattern {
  return { whole: globOf(parts), parts: arnComponents(parts).map((one) => globOf(one)) };
}

function matchArn({ whole, parts }: ArnPattern, presented: string): Match {
  const given = splitArn(presented);
  if (parts.length < 6) return matchGlob(whole, presented) ? 'undecided' : false;
  return given.length === 6 && parts.every((glob, index) => matchGlob(glob, given[index] ?? ''));
}
