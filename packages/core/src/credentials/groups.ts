import type { Repository } from '../workflow/repository.ts';
import type { Scripts } from '../workflow/scripts.ts';
import { blockCandidates } from './blocks.ts';
import { classify } from './classify.ts';
import type { Credentials } from './credentials.ts';
import type { ExaminedPlace, KeyGroup, KeyPlace } from './place.ts';
import { scriptCandidates } from './script-places.ts';

/**
 * Places that belong to one key before it is judged: those of one block, and what stands beside
 * them there (an endpoint, the names of neighbours).
 */
export interface Candidate {
  readonly places: readonly [KeyPlace, ...KeyPlace[]];
  /** Texts of the same block that speak of an endpoint. */
  readonly endpoints: readonly string[];
  /** Settled by what the place is (a declaration, a guard); otherwise the values decide. */
  readonly settled?: Pick<KeyGroup, 'class' | 'reason'>;
}

/** All keys of a repository in the order of its files. */
export function keyGroups(
  repository: Repository,
  scripts: Scripts,
  credentials: Credentials,
): KeyGroup[] {
  const candidates = [...blockCandidates(repository), ...scriptCandidates(repository, scripts)];
  return candidates.map((candidate) => {
    const verdict = candidate.settled ?? classify(candidate, { repository, scripts, credentials });
    const examined = candidate.places.map((place): ExaminedPlace => ({ ...place, ...verdict }));
    return { ...verdict, places: examined as [ExaminedPlace, ...ExaminedPlace[]] };
  });
}
