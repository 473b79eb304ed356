import { grantIdToken } from '../id-token.ts';
import { isRefusal, type Fixer } from '../proposal.ts';

/** Grants the job that the finding names (the caller's, when a callee is short) its token. */
export const fix: Fixer = (finding, { repository }) => {
  const { job } = finding.subject;
  if (!job) return { refused: 'no job of this repository can be given the permission' };
  if (finding.confidence === 'low')
    return {
      refused: 'the setting of the repository decides; declare the permission once you know it',
    };
  const grant = grantIdToken(job, repository);
  if (isRefusal(grant)) return grant;
  const { edits, todos, uncertain } = grant;
  return {
    title: 'grant `id-token: write` to the job',
    safe: uncertain === undefined,
    edits,
    todos,
    ...(uncertain ? { reason: uncertain } : {}),
  };
};
