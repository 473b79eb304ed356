/** How a workflow gets into AWS, as far as its file and what it calls show. */
export type AuthenticationMode = 'static' | 'mixed' | 'oidc' | 'other' | 'none';

/** One workflow of the roll-up. */
export interface WorkflowRow {
  /** The file as it is displayed. */
  readonly file: string;
  readonly family: string;
  readonly mode: AuthenticationMode;
  /** Secrets that hold its long-lived keys, sorted. */
  readonly secrets: readonly string[];
  /** Jobs that assume a role by OIDC and may not ask for a token. */
  readonly permissionGaps: number;
  /** Jobs that hold a key and have no `id-token: write` yet: what a migration must add. */
  readonly permissionsToAdd: number;
  /** The variables that would hold the roles of its keys, sorted; empty without keys. */
  readonly suggestedRoles: readonly string[];
  /** The day (ISO) since when the oldest reference to a key has stood; undefined without a history. */
  readonly keysSince?: string;
}

/** The workflows of one family: the part of the file name before the first `-`. */
export interface FamilyRow {
  readonly family: string;
  readonly workflows: number;
  readonly modes: Readonly<Record<AuthenticationMode, number>>;
  readonly secrets: readonly string[];
  readonly permissionGaps: number;
  readonly permissionsToAdd: number;
  readonly suggestedRoles: readonly string[];
  readonly keysSince?: string;
}

/** One repository of the roll-up. */
export interface RepositoryRow {
  readonly name: string;
  readonly mode: AuthenticationMode;
  readonly families: readonly FamilyRow[];
  readonly workflows: readonly WorkflowRow[];
  /** Findings by severity. */
  readonly findings: Readonly<Record<'high' | 'medium' | 'low' | 'info', number>>;
}

/** The roll-up of all repositories that were examined. */
export interface Rollup {
  readonly repositories: readonly RepositoryRow[];
  /** Workflows by mode, over all repositories. */
  readonly modes: Readonly<Record<AuthenticationMode, number>>;
  /** Workflows that touch AWS. */
  readonly awsWorkflows: number;
  readonly keysSince?: string;
  readonly verdict: RollupVerdict;
}

/**
 * The plain answer to "secrets first, OIDC later": `clean` when nothing holds a key, `finish` when
 * OIDC is already used beside keys, `migrate` when there are only keys, `nothing` without AWS.
 */
export type RollupVerdict = 'clean' | 'finish' | 'migrate' | 'nothing';
