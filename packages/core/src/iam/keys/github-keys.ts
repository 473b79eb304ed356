/** Condition keys that AWS fills from a token's claims, for one kind of identity provider. */
export interface ClaimKeys {
  /** What the provider's URL looks like, without `https://`. */
  readonly issuer: RegExp;
  readonly name: string;
  /** Claims of which AWS makes a key of the same name. */
  readonly claims: readonly string[];
}

// Both lists are of 2026-09-26.

/**
 * Every OIDC provider's.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const genericClaims: readonly string[] = ['aud', 'sub', 'amr', 'email', 'oaud'];

/**
 * GitHub's. Source:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 * No other claim becomes a key: `repository_owner`, `event_name`, `runner_environment` and the
 * rest are unsupported.
 */
const githubClaims: readonly string[] = [
  'actor',
  'actor_id',
  'enterprise_id',
  'environment',
  'job_workflow_ref',
  'ref',
  'repository',
  'repository_id',
  'repository_owner_id',
  'workflow',
];

/** The name under which everybody who is not GitHub stands. */
export const otherIssuer = 'any other issuer';

/** AWS's table lists GitHub's claims for these addresses; a GitHub Enterprise Server is any other one. */
const claimKeys: readonly ClaimKeys[] = [
  {
    name: 'github.com',
    issuer: /^token\.actions\.githubusercontent\.com$/,
    claims: [...genericClaims, ...githubClaims],
  },
  {
    name: 'github.com, one enterprise',
    issuer: /^token\.actions\.githubusercontent\.com\/[^/]+$/,
    claims: [...genericClaims, ...githubClaims],
  },
  {
    name: 'ghe.com',
    issuer: /^token\.actions\.[a-z0-9-]+\.ghe\.com(?:\/[^/]+)?$/,
    claims: [...genericClaims, ...githubClaims],
  },
  {
    name: 'github.com/enterprises',
    issuer: /^github\.com\/enterprises\/[^/]+$/,
    claims: [...genericClaims, ...githubClaims],
  },
  { name: otherIssuer, issuer: /^/, claims: genericClaims },
];

/** The keys of an issuer, given without `https://`. */
export function claimKeysOf(issuer: string): ClaimKeys {
  const found = claimKeys.find((keys) => keys.issuer.test(issuer.toLowerCase()));
  return found ?? { name: otherIssuer, issuer: /^/, claims: genericClaims };
}
