import type { Range } from '../text/range.ts';

/** Something that IAM would refuse, ignore, or that we could not read. */
export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  readonly range: Range;
  readonly message: string;
  /** Whether the policy cannot be evaluated for it: every decision is then `undecided`. */
  readonly fatal: boolean;
}

type PolicyProblemCode =
  | 'policy-syntax'
  | 'policy-wrong-type'
  | 'policy-missing-element'
  | 'policy-unknown-element'
  | 'policy-duplicate-key'
  | 'policy-unknown-operator'
  | 'policy-unresolved'
  | 'policy-too-large';
