import type { Decision, StoreAnswer } from '@sallyport/core';

import type { ReadToken } from './token.ts';

/** What is printed of an evaluation. */
export interface EvaluateReport {
  readonly decision: Decision;
  /** What was asked. */
  readonly asked: {
    readonly principal: string | undefined;
    readonly action: string;
    readonly resource: string;
  };
  /** AWS's words to the one who is denied. */
  readonly message: string | undefined;
  /** Claims that AWS makes no condition key of; undefined when no token was asked for. */
  readonly unmapped?: readonly string[];
  readonly token?: Pick<ReadToken, 'signature' | 'problem'>;
  /** Whether IAM would take the policies that stand in it. */
  readonly stored: StoreAnswer;
  readonly problems: readonly PolicyProblemLine[];
  readonly exitCode: number;
}

/** A problem of a policy with its place. */
export interface PolicyProblemLine {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly fatal: boolean;
}
