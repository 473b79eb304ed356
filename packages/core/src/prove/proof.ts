import type { RoleState } from '../account/model.ts';
import type { Case } from '../cases/case.ts';
import type { Claims } from '../oidc/claims.ts';
import type { SubjectFormat } from '../oidc/format.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';

/** A part of a file. */
export interface Place {
  readonly file: SourceFile;
  readonly range: Range;
}

/** `sometimes`: some tokens of the case are accepted, others are not. */
export type CaseVerdict = 'allowed' | 'denied' | 'sometimes' | 'undecided';

/** Why a case is not simply allowed, for machines. */
export type ReasonCode =
  /** GitHub gives the job no token. */
  | 'token-missing'
  /** Whether it does hangs on a setting that no file shows. */
  | 'token-undecided'
  /** The step names no role. */
  | 'role-none'
  | 'role-unknown'
  | 'role-malformed'
  /** Nothing that was given shows the role's account, or the role. */
  | 'role-unseen'
  | 'role-ambiguous'
  /** The account is shown, and such a role that trusts the issuer is not in it. */
  | 'role-missing'
  | 'provider-unseen'
  | 'provider-missing'
  /** The account has a provider, but for another address of the issuer. */
  | 'issuer-path'
  | 'audience'
  | 'trust-unseen'
  | 'policy-invalid'
  | 'principal'
  | 'action'
  | 'resource'
  | 'condition'
  | 'explicit-deny'
  /** The formats that the repository may have get different answers. */
  | 'subject-format'
  /** GitHub does not document the token of the event, and the candidates get different answers. */
  | 'subject-undocumented'
  /** A fact about the repository decides, such as its id, that was not given. */
  | 'fact-unknown'
  /** Something in the policy or the call is not known. */
  | 'policy-open'
  | 'duration'
  | 'source-missing'
  | 'source-refused'
  | 'source-undecided'
  | 'hub-permission'
  | 'target-trust'
  | 'not-given';

/** One reason, in words and with what can be done. */
export interface Reason {
  readonly code: ReasonCode;
  /** A sentence without full stop. */
  readonly message: string;
  readonly help?: string;
  /** Where in a policy or workflow it stands. */
  readonly at?: Place;
  /** What the policy expected and the token presented. */
  readonly compared?: Comparison;
}

/** A condition, or an element of a statement, with what was presented to it. */
export interface Comparison {
  /** `statement 1 (Sid "GitHub")`. */
  readonly statement: string;
  /** `StringLike`, or `Principal`. */
  readonly operator: string;
  readonly key: string;
  readonly expected: readonly string[];
  /** Undefined when the token has no such claim. */
  readonly presented: string | undefined;
  readonly result: 'true' | 'false' | 'undecided';
  readonly note?: string;
  readonly at: Place;
}

/** A token that could be minted. */
export interface TokenExample {
  readonly claims: Claims;
  readonly format: SubjectFormat;
  readonly documented: boolean;
  readonly notes: readonly string[];
}

/** Whether a case gets its role's session. */
export interface Authentication {
  readonly verdict: CaseVerdict;
  readonly reasons: readonly Reason[];
  readonly accepted?: TokenExample;
  readonly refused?: TokenExample;
  /** One answer per subject format, where more than one was asked. */
  readonly formats: readonly FormatVerdict[];
}

/** The answer for one way to write subjects. */
export interface FormatVerdict {
  readonly format: SubjectFormat;
  readonly verdict: CaseVerdict;
}

/** A case with its verdict. */
export interface CaseProof {
  readonly case: Case;
  /** What people and `--explain` call it; unique in a proof. */
  readonly id: string;
  /** Where the step names its role. */
  readonly at: Place;
  /** The role where it was found. */
  readonly role?: RoleState;
  /** The claims of the token: fixed, or with `{name}` for what only a run tells. */
  readonly claims: ReadonlyMap<string, string>;
  readonly authentication: Authentication;
  /** Every condition of the trust policy beside what a token of the case presents. */
  readonly comparisons: readonly Comparison[];
  /** What was taken for granted, in words. */
  readonly assumptions: readonly string[];
}
