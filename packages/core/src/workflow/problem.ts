import type { YamlProblemCode } from '../text/problem.ts';
import type { Range } from '../text/range.ts';

/** Why GitHub would refuse a file, or why we cannot read it; the rule `invalid-workflow` reports each. */
export type WorkflowProblemCode =
  | YamlProblemCode
  | 'wrong-type'
  | 'missing-key'
  | 'not-a-workflow'
  | 'not-an-action';

/** One problem with its place. `fatal`: nothing of the file could be examined. */
export interface WorkflowProblem {
  readonly code: WorkflowProblemCode;
  readonly range: Range;
  readonly message: string;
  readonly fatal: boolean;
}
