import type { ExaminedPolicies } from '../trust/examined.ts';
import type { UnreadableFile } from '../workflow/repository.ts';

/** The policies of a repository, with the files that could hold some but could not be read as text. */
export interface RepositoryPolicies extends ExaminedPolicies {
  readonly unreadable?: readonly UnreadableFile[];
}

/** Of a repository without files of policies. */
export const noPolicies: RepositoryPolicies = {
  files: [],
  roles: [],
  problems: [],
  notes: [],
  undecided: [],
};
