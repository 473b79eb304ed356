import type { StatementPlace } from './layer.ts';
import { explicitDenyIn, noneAllows, type PolicyLayer } from './policy-layer.ts';
import type { Trace } from './trace.ts';

/** What the policies say. `undecided` is neither: something that counts is not known. */
export type Verdict = 'allowed' | 'denied' | 'undecided';

/** Why a verdict is what it is. */
export type Cause =
  | {
      readonly kind: 'allowed';
      readonly layer: PolicyLayer;
      readonly place: StatementPlace | undefined;
    }
  | { readonly kind: 'explicit-deny'; readonly layer: PolicyLayer; readonly place: StatementPlace }
  | { readonly kind: 'implicit-deny'; readonly layer: PolicyLayer }
  | { readonly kind: 'open'; readonly why: string }
  /** Refused before any policy is asked. */
  | { readonly kind: 'refused'; readonly why: string };

/** The answer to a request. */
export interface Decision {
  readonly verdict: Verdict;
  readonly cause: Cause;
  /** A few words, lower case, without full stop. */
  readonly reason: string;
  /** What was taken for granted, in words. */
  readonly assumptions: readonly string[];
  /** Every statement and condition with what was compared; made when first asked for. */
  readonly trace: Trace;
}

/** The cause in words; those of a denial are AWS's own. */
export function reasonOf(cause: Cause, action: string): string {
  switch (cause.kind) {
    case 'allowed':
      return cause.place
        ? `${shownPlace(cause.place)} allows it`
        : 'the root user may do everything in its account';
    case 'explicit-deny':
      return `${explicitDenyIn(cause.layer)}: ${shownPlace(cause.place)}`;
    case 'implicit-deny':
      return noneAllows(cause.layer, action);
    case 'open':
    case 'refused':
      return cause.why;
  }
}

/** A statement for people: `statement 2 (Sid "Deploy") of trust.json`. */
export function shownPlace({ policy, statement: { statement } }: StatementPlace): string {
  const sid =
    statement.sid === undefined || statement.sid === '' ? '' : ` (Sid "${statement.sid}")`;
  return `statement ${statement.index + 1}${sid} of ${policy.name}`;
}
