import type { Severity } from '../finding/severity.ts';
import type { Range } from '../text/range.ts';

/** What can be wrong with a trust policy; a rule `trust-<class>` reports each. */
export type FlawClass =
  | 'any-owner'
  | 'owner-prefix'
  | 'reusable-workflow'
  | 'organization-wide'
  | 'repository-prefix'
  | 'any-ref'
  | 'branch-pattern'
  | 'tag-pattern'
  | 'pull-request'
  | 'environment-pattern'
  | 'audience-not-pinned'
  | 'audience-mismatch'
  | 'mutable-name'
  | 'wildcard-id'
  | 'withdrawn-subject'
  | 'set-operator'
  | 'extra-principal'
  | 'never-matches'
  | 'literal-wildcard'
  | 'unsupported-key'
  | 'custom-subject'
  | 'wrong-action'
  | 'duplicate-key'
  | 'policy-invalid'
  | 'refused-by-iam';

/** A token that a policy accepts, as far as the policy and the question look at it. */
export interface Witness {
  /** Every claim, in no order. */
  readonly claims: ReadonlyMap<string, string>;
  /** The name that the caller gives the session, where the policy asks for one. */
  readonly sessionName?: string;
  /** What GitHub does not document about such a token. */
  readonly notes: readonly string[];
}

/** One thing that is wrong with a policy. */
export interface Flaw {
  readonly class: FlawClass;
  readonly severity: Severity;
  /** The value, condition or element that lets the witness in, or keeps everybody out. */
  readonly range: Range;
  /** From 0; undefined for what is about the whole policy. */
  readonly statement?: number;
  /** Whom or what it is about: an owner, a repository, a key, a principal. */
  readonly about: string;
  /** The value as written, where there is one. */
  readonly written?: string;
  /** In a few words, what makes it so: the reason or the cure that only this case has. */
  readonly detail?: string;
  readonly witness?: Witness;
}

/** A question that has no answer, and why. */
export interface OpenQuestion {
  readonly question: string;
  readonly reason: string;
  /** Whether it hangs on a value that stands outside the source: only a deployment can tell. */
  readonly outside?: boolean;
}

/** What is wrong with a trust policy. */
export interface TrustReport {
  readonly flaws: readonly Flaw[];
  readonly open: readonly OpenQuestion[];
  /** What was put in for names that the source leaves open: the flaws hold for any other as well. */
  readonly taken: ReadonlyMap<string, string>;
}
