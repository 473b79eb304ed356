/**
 * Whether something matches, where `undecided` is neither: it could be either, and whoever needs one of
 * both must not pick. Kleene's logic: a `false` settles a conjunction, a `true` a disjunction.
 */
export type Match = boolean | 'undecided';

/** Both hold. */
export function and(left: Match, right: Match): Match {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : 'undecided';
}

/** At least one holds. */
export function or(left: Match, right: Match): Match {
  if (left === true || right === true) return true;
  return left === false && right === false ? false : 'undecided';
}

/** It does not hold. */
export function not(match: Match): Match {
  return match === 'undecided' ? match : !match;
}
