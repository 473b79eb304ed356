import type { Plane, Severity } from '../finding/severity.ts';

/** `.github/sallyport.yml`: what a repository declares about itself (DESIGN section 4). */
export interface Config {
  readonly version: 1;
  /** `owner/name`; the git remote says it otherwise. */
  readonly repository?: string | undefined;
  readonly 'default-branch'?: string | undefined;
  /** The `iss` of tokens, `https://...`; github.com otherwise. */
  readonly issuer?: string | undefined;
  /** The enterprise of the repository; empty when only its being there is known. */
  readonly enterprise?:
    | { readonly slug?: string | undefined; readonly id?: string | undefined }
    | undefined;
  readonly subject?: SubjectConfig | undefined;
  readonly accounts?:
    | Readonly<Record<string, { readonly id: string; readonly region?: string | undefined }>>
    | undefined;
  readonly environments?: Readonly<Record<string, EnvironmentConfig>> | undefined;
  readonly publish?:
    | {
        readonly environment: string;
        readonly repository: string;
        readonly 'immutable-tags'?: boolean | undefined;
      }
    | undefined;
  /** Values of configuration variables that decide roles. */
  readonly vars?: Readonly<Record<string, string>> | undefined;
  /** Values of workflow inputs that decide roles. */
  readonly inputs?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Role ARNs that stand in secrets; never a secret itself. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  readonly evidence?:
    | {
        readonly directory?: string | undefined;
        readonly bucket?: string | undefined;
        readonly key?: string | undefined;
      }
    | undefined;
  /** IAM's quotas in the accounts, where AWS has raised them. */
  readonly quotas?: QuotaConfig | undefined;
  readonly exceptions?: readonly ExceptionConfig[] | undefined;
  readonly audit?: AuditSection | undefined;
}

/** Characters without white space, and a number: `aws iam get-account-summary` prints them. */
interface QuotaConfig {
  readonly 'trust-policy-size'?: number | undefined;
  readonly 'role-policy-size'?: number | undefined;
  readonly 'managed-policy-size'?: number | undefined;
  readonly 'policies-per-role'?: number | undefined;
}

/** How GitHub writes the subject of this repository's tokens. */
interface SubjectConfig {
  readonly format: 'classic' | 'immutable' | 'custom';
  readonly 'owner-id'?: string | undefined;
  readonly 'repository-id'?: string | undefined;
  readonly claims?: readonly string[] | undefined;
}

/** An environment: where it lies, which role deploys to it, and for which tokens. */
interface EnvironmentConfig {
  /** A name under `accounts`. */
  readonly account?: string | undefined;
  readonly role?: string | undefined;
  readonly accepts?: readonly AcceptedToken[] | undefined;
  /** The environment that a release has passed before this one. */
  readonly through?: string | undefined;
}

/** A kind of token that a role is meant to accept: exactly one of these. */
export interface AcceptedToken {
  readonly branch?: string | undefined;
  readonly tag?: string | undefined;
  readonly environment?: string | undefined;
  readonly 'pull-request'?: boolean | undefined;
}

/** Something that is accepted although it should not be, for a reason and a time. */
interface ExceptionConfig {
  readonly plane: Plane;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly reason: string;
  /** ISO date. */
  readonly expires: string;
}

/** What the audit reads. */
interface AuditSection {
  readonly rules?: Readonly<Record<string, Severity | 'off'>> | undefined;
  readonly 'public-artifacts'?: readonly string[] | undefined;
  readonly 'max-file-size'?: number | undefined;
}
