import { grantAlong, type TokenGrant } from '../workflow/token.ts';
import type { TokenAvailability } from './case.ts';
import type { Target } from './target.ts';

/** Whether GitHub gives a job its token, by the blocks of the job and of those that call it. */
export function availabilityOf({
  callers,
  job,
}: Pick<Target, 'callers' | 'job'>): TokenAvailability {
  const grant = grantAlong(job, callers);
  return { verdict: grant.verdict, reason: wordsOf(grant, job.id) };
}

function wordsOf({ reason, caller }: TokenGrant, job: string): string {
  const calling = caller ? `the calling job "${caller.id}"` : 'the caller';
  switch (reason) {
    case 'granted':
      return `id-token: write is granted to job "${job}"`;
    case 'block-without-it':
      return `the permissions of job "${job}" do not grant id-token: write`;
    case 'no-block':
      return `neither job "${job}" nor its workflow has permissions, and id-token is not among the defaults`;
    case 'caller-block-without-it':
      return `the permissions of ${calling} do not grant id-token: write, so GitHub refuses the call`;
    case 'caller-without-block':
      return `${calling} has no permissions: a setting of the repository decides whether job "${job}" may have id-token`;
    case 'caller-unknown':
      return 'no caller is in this repository';
  }
}
