import type { SourceProblemCode } from '../account/problem.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import type { WorkflowProblemCode } from '../workflow/problem.ts';
import type { Repository, UnreadableFile } from '../workflow/repository.ts';
import type { RepositoryPolicies } from './policies.ts';

/** A file, or a part of one, that could not be examined; never skipped in silence. */
export interface InvalidInput {
  readonly path: string;
  readonly code: WorkflowProblemCode | SourceProblemCode | UnreadableFile['reason'];
  readonly message: string;
  /** Whether nothing of the file could be examined. */
  readonly fatal: boolean;
  readonly file?: SourceFile;
  readonly range?: Range;
}

/** Everything in a repository that GitHub would refuse or we could not read. */
export function invalidInputs(
  repository: Repository,
  policies?: RepositoryPolicies,
): InvalidInput[] {
  const selected = (path: string): boolean => repository.input.selected?.has(path) ?? true;
  const unread = [...(repository.input.unreadable ?? []), ...(policies?.unreadable ?? [])];
  const unreadable = unread.map((one) => ({
    path: one.path,
    code: one.reason,
    message: one.detail,
    fatal: true,
  }));
  const problems = repository.parsed.flatMap((parsed) =>
    parsed.problems.map((problem) => ({ path: parsed.file.path, ...problem, file: parsed.file })),
  );
  const sources = (policies?.problems ?? []).map((problem) => ({
    path: problem.file.path,
    ...problem,
  }));
  return [...unreadable, ...problems, ...sources].filter((one) => selected(one.path));
}
