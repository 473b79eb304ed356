/** The version of the snapshot's format that is read and written. */
export const snapshotVersion = 1;

/**
 * What `sallyport snapshot` writes and the readers take: roles as the IAM API shows them, and providers
 * (docs/guide/snapshot.md).
 */
export interface Snapshot {
  readonly schemaVersion: typeof snapshotVersion;
  /** 12 digits. */
  readonly account: string;
  readonly region?: string;
  /** ISO 8601, UTC. */
  readonly takenAt?: string;
  /** `https://...`: only roles that trust one of these are listed; absent when all roles are. */
  readonly issuers?: readonly string[];
  /** Calls that were refused or failed, in words; absent when nothing is missing. */
  readonly partial?: readonly string[];
  /** In the form of `aws iam get-account-authorization-details`. */
  readonly authorizationDetails: {
    readonly RoleDetailList: readonly object[];
    readonly Policies: readonly object[];
    readonly IsTruncated: boolean;
  };
  /** Absent when they could not be listed. */
  readonly openIdConnectProviders?: readonly SnapshotProvider[];
}

/** A provider of a snapshot; what could not be read of it is absent. */
interface SnapshotProvider {
  readonly arn: string;
  readonly url?: string;
  readonly clientIds?: readonly string[];
  readonly thumbprints?: readonly string[];
}
