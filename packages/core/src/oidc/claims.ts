/**
 * The claims of GitHub's ID token that this project knows, all strings but the times.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export type ClaimName =
  | 'iss'
  | 'aud'
  | 'sub'
  | 'ref'
  | 'ref_type'
  | 'ref_protected'
  | 'sha'
  | 'repository'
  | 'repository_id'
  | 'repository_owner'
  | 'repository_owner_id'
  | 'repository_visibility'
  | 'actor'
  | 'actor_id'
  | 'event_name'
  | 'head_ref'
  | 'base_ref'
  | 'run_id'
  | 'run_number'
  | 'run_attempt'
  | 'runner_environment'
  | 'workflow'
  | 'workflow_ref'
  | 'workflow_sha'
  | 'job_workflow_ref'
  | 'job_workflow_sha'
  | 'environment'
  | 'environment_node_id'
  | 'enterprise'
  | 'enterprise_id'
  | 'check_run_id'
  | 'jti'
  | `repo_property_${string}`;

/** A token's claims as plain strings. */
export type Claims = ReadonlyMap<string, string>;
