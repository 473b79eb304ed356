import type { PolicyDocument } from '../iam/document/node.ts';
import type { TemplateText } from '../iam/document/node.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';

/**
 * What is known of AWS accounts: from `aws iam get-account-authorization-details`, a snapshot, or
 * templates. Nothing is assumed to exist that no input showed, nor to be absent unless the input would
 * have shown it (`complete`).
 */
export interface AccountState {
  /** 12 digits; undefined for a template, which can be deployed anywhere. */
  readonly account?: string;
  /** Where it came from, for messages. */
  readonly source: StateSource;
  readonly roles: readonly RoleState[];
  readonly providers: readonly ProviderState[];
  /** Whether a role or provider that is not listed does not exist. */
  readonly complete: { readonly roles: boolean; readonly providers: boolean };
  /** Managed policies, and documents of policies, that no role of this input names. */
  readonly policies?: readonly AttachedPolicy[];
  /** Issuer URLs: every role that trusts one of them is listed, others may not be. */
  readonly listsRolesTrusting?: readonly string[];
  /** What the input says that it lacks: calls that were refused, pages that were not fetched. */
  readonly missing?: readonly string[];
  /** The region and the time (ISO 8601) that a snapshot was taken in. */
  readonly region?: string;
  readonly takenAt?: string;
}

interface StateSource {
  readonly kind:
    | 'authorization-details'
    | 'snapshot'
    | 'cloudformation'
    | 'terraform'
    | 'cli-output'
    | 'policy-file';
  readonly file: SourceFile;
}

export interface RoleState {
  /** The role's name; a template may give none or a part of it. */
  readonly name?: TemplateText;
  /** Only where the input gives one. */
  readonly arn?: string;
  /** The logical id, the Terraform address or the name: what people find it by. */
  readonly label: string;
  readonly file: SourceFile;
  /** Where the role stands. */
  readonly range: Range;
  readonly trust?: PolicyDocument;
  /** Seconds. */
  readonly maxSessionDuration?: number;
  readonly policies: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
  /** Parts that could not be read, in words. */
  readonly unresolved: readonly string[];
  /** The name of the condition, or the expression, that decides whether there is such a role. */
  readonly condition?: string;
  /** Parameters and variables whose default value was taken; a deployment can set others. */
  readonly defaults?: readonly DefaultUse[];
}

/** A default value that stands for one that a deployment can choose. */
export interface DefaultUse {
  /** `var.branch`, `Branch`: as the source names it. */
  readonly name: string;
  /** For messages; shortened. */
  readonly value: string;
}

/** An inline or managed policy; without a document it was named but not shown. */
export interface AttachedPolicy {
  readonly name: string;
  readonly arn?: string;
  readonly document?: PolicyDocument;
}

export interface ProviderState {
  readonly arn?: string;
  /** The URL as given, with or without `https://`. */
  readonly url: TemplateText;
  /** Undefined where the input does not show them. */
  readonly clientIds?: readonly TemplateText[];
  readonly thumbprints?: readonly string[];
  readonly file: SourceFile;
  readonly range: Range;
}
