import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import type { TemplateText } from './document/node.ts';

/**
 * A parsed policy. Source of the grammar:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface Policy {
  readonly file: SourceFile;
  readonly range: Range;
  readonly version?: string;
  readonly statements: readonly Statement[];
  readonly problems: readonly PolicyProblem[];
}

export interface Statement {
  /** Position in the policy, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly range: Range;
  readonly principal?: PrincipalElement;
  readonly action?: PatternElement;
  readonly resource?: PatternElement;
  readonly conditions: readonly Condition[];
}

/** `Action`/`NotAction`, `Resource`/`NotResource`. */
export interface PatternElement {
  readonly negated: boolean;
  readonly values: readonly PolicyText[];
  readonly range: Range;
}

/** `Principal`/`NotPrincipal`. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly values: readonly PrincipalValue[];
  readonly range: Range;
}

/** `*` alone is `{ kind: 'AWS', value: '*' }` with `everyone` set. */
export interface PrincipalValue {
  readonly kind: 'AWS' | 'Federated' | 'Service' | 'CanonicalUser';
  readonly value: PolicyText;
  readonly everyone: boolean;
}

/** One key of one operator. */
export interface Condition {
  readonly operator: ConditionOperator;
  /** As written. */
  readonly key: PolicyText;
  readonly values: readonly PolicyText[];
  readonly range: Range;
}

export interface ConditionOperator {
  /** As written, with its prefix and suffix. */
  readonly written: string;
  /** Undefined for an operator that IAM does not know. */
  readonly base: OperatorName | undefined;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  readonly range: Range;
}

export type OperatorName =
  | 'StringEquals'
  | 'StringNotEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringNotEqualsIgnoreCase'
  | 'StringLike'
  | 'StringNotLike'
  | 'NumericEquals'
  | 'NumericNotEquals'
  | 'NumericLessThan'
  | 'NumericLessThanEquals'
  | 'NumericGreaterThan'
  | 'NumericGreaterThanEquals'
  | 'DateEquals'
  | 'DateNotEquals'
  | 'DateLessThan'
  | 'DateLessThanEquals'
  | 'DateGreaterThan'
  | 'DateGreaterThanEquals'
  | 'Bool'
  | 'BinaryEquals'
  | 'IpAddress'
  | 'NotIpAddress'
  | 'ArnEquals'
  | 'ArnLike'
  | 'ArnNotEquals'
  | 'ArnNotLike'
  | 'Null';

/** A string of a policy with its place; it can have holes where a template was not resolved. */
export interface PolicyText {
  readonly pieces: TemplateText;
  readonly range: Range;
}

/** Something that IAM would refuse, ignore, or that we could not read. */
export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  readonly range: Range;
  readonly message: string;
  /** Whether the policy cannot be evaluated for it: every decision is then `undecided`. */
  readonly fatal: boolean;
}

/** What is wrong, for machines. */
export type PolicyProblemCode =
  | 'policy-syntax'
  | 'policy-wrong-type'
  | 'policy-missing-element'
  | 'policy-unknown-element'
  | 'policy-duplicate-key'
  | 'policy-unknown-operator'
  | 'policy-invalid-value'
  | 'policy-unresolved'
  | 'policy-too-large';
