import type { Claims } from './claims.ts';
import type { SubjectFormat } from './format.ts';
import { textOf, type Colons } from './phrase.ts';
import { subjectPhrase, type SubjectResult } from './template.ts';

/** What the subject of one run is written from. */
export interface SubjectFacts {
  /** Needs `repository` and `ref`; the ids for immutable subjects; `environment` only when the job has one. */
  readonly claims: Claims;
  readonly pullRequest: boolean;
  readonly colons: Colons;
}

/** The `sub` of a run. */
export function subjectOf(format: SubjectFormat, facts: SubjectFacts): SubjectResult<string> {
  const { claims, pullRequest, colons } = facts;
  const made = subjectPhrase(format, {
    pullRequest,
    colons,
    claim(name) {
      const value = claims.get(name);
      return value === undefined ? undefined : [value];
    },
  });
  if (made.kind !== 'made') return made;
  return { ...made, value: textOf(made.value) ?? '' };
}
