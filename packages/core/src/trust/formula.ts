import type { Match } from '../iam/match.ts';
import type { Formula } from '../language/formula.ts';
import { compileGlob, type Glob } from '../language/glob.ts';

/** True or false for every token. */
export function constant(value: boolean): Formula {
  return { kind: 'constant', value };
}

/** What cannot be said of a token from its claims. */
export function unknown(reason: string): Formula {
  return { kind: 'unknown', reason };
}

/** The claim is there and matches. */
export function matches(field: string, glob: Glob): Formula {
  return { kind: 'matches', field, glob };
}

/** The claim is there and is this text. */
export function equals(field: string, text: string, ignoreCase = false): Formula {
  return matches(field, compileGlob(text, { wildcards: false, ignoreCase }));
}

/** The claim is in the token. */
export function present(field: string): Formula {
  return { kind: 'present', field };
}

/** The opposite. */
export function not(of: Formula): Formula {
  return { kind: 'not', of };
}

/** All of them; of none, true. */
export function all(of: readonly Formula[]): Formula {
  return { kind: 'all', of };
}

/** Any of them; of none, false. */
export function any(of: readonly Formula[]): Formula {
  return { kind: 'any', of };
}

/** The answer of the evaluator to something that no claim changes. */
export function fromMatch(match: Match, reason: string): Formula {
  return match === 'undecided' ? unknown(reason) : constant(match);
}
