import type { CompiledPolicy } from './compile.ts';
import type { Decision } from './decision.ts';
import { decisionOf, evaluate } from './evaluate.ts';
import { claimKeysOf } from './keys/github-keys.ts';
import { webIdentityKey, webIdentityValues } from './keys/web-identity-keys.ts';
import { askLayers, type PolicySet } from './policy-set.ts';
import { stateOf, type RequestContext } from './request/context.ts';
import { accessRequest, accountOfArn, type AccessRequest } from './request/request.ts';

/** The action that a workflow's token is exchanged by. */
const webIdentityAction = 'sts:AssumeRoleWithWebIdentity';

/** A token at the door of a role. */
export interface TrustRequest {
  /** ARN of the identity provider in IAM: `arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com`. */
  readonly provider: string;
  /** The token's claims as plain strings. */
  readonly claims: ReadonlyMap<string, string>;
  /** The token's `iss`, where it is not among the claims. */
  readonly issuer?: string;
  /** ARN of the role; undefined when only the policy is at hand. */
  readonly role?: string;
  /** RoleSessionName of the call; not known when it is left out. */
  readonly sessionName?: string;
  /** More that is known of the call: `aws:SourceIp` and the like. It says nothing of claims. */
  readonly context?: RequestContext;
  readonly rcp?: readonly (readonly CompiledPolicy[])[];
}

/** The answer of a trust policy, with the claims that AWS does not look at. */
export interface TrustDecision extends Decision {
  /** Claims of the token that are no condition keys, sorted. */
  readonly unmapped: readonly string[];
}

/** Claims about the token itself, which STS checks without the policy. */
const ofToken: ReadonlySet<string> = new Set(['iss', 'exp', 'iat', 'nbf', 'jti', 'azp']);

/**
 * Whether a role's trust policy accepts a token. Only claims that AWS maps become condition keys; a
 * claim that it maps and the token lacks is absent.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function evaluateTrust(policy: CompiledPolicy, trust: TrustRequest): TrustDecision {
  const request = trustRequest(trust);
  const refusal = refusalOf(trust);
  const policies: PolicySet = { resource: policy, ...(trust.rcp ? { rcp: trust.rcp } : {}) };
  const decision =
    refusal === undefined
      ? evaluate(policies, request)
      : decisionOf({ kind: 'refused', why: refusal }, [], askLayers(policies, request), request);
  let unmapped: readonly string[] | undefined;
  return {
    verdict: decision.verdict,
    cause: decision.cause,
    get reason() {
      return decision.reason;
    },
    assumptions: decision.assumptions,
    get trace() {
      return decision.trace;
    },
    get unmapped() {
      unmapped ??= unmappedClaims(trust);
      return unmapped;
    },
  };
}

/** The call that exchanges the token, as a request. */
export function trustRequest(trust: TrustRequest): AccessRequest {
  const prefix = issuerOf(trust.provider);
  const { claims } = claimKeysOf(prefix);
  const values = new Map<string, readonly string[]>(webIdentityValues);
  const lower = `${prefix.toLowerCase()}:`;
  for (const claim of claims) values.set(lower + claim, []);
  for (const claim of claims) {
    const value = trust.claims.get(claim);
    if (value !== undefined) values.set(lower + claim, [value]);
  }
  // OpenID Connect: with an authorized party, that is what AWS calls the audience.
  const party = trust.claims.get('azp');
  const audience = trust.claims.get('aud');
  if (party !== undefined) {
    values.set(`${lower}aud`, [party]);
    if (audience !== undefined) values.set(`${lower}oaud`, [audience]);
  }
  if (trust.sessionName !== undefined) values.set('sts:rolesessionname', [trust.sessionName]);
  const more = trust.context;
  // INVARIANT: what is known of the call adds to the token, it never replaces a claim.
  if (more)
    for (const [key, given] of more.values) if (!key.startsWith(lower)) values.set(key, given);
  return accessRequest({
    principal: { kind: 'federated', provider: trust.provider },
    action: webIdentityAction,
    resource: trust.role ?? '*',
    context: {
      values,
      rest: (key) => {
        const table = webIdentityKey(key);
        return table === 'unknown' && more ? stateOfRest(more, key) : table;
      },
    },
  });
}

function stateOfRest(context: RequestContext, key: string): 'absent' | 'unknown' | 'unsupported' {
  const state = stateOf(context, key);
  return typeof state === 'string' ? state : 'unknown';
}

/** What STS refuses before it looks at the policy. */
function refusalOf({ provider, claims, issuer, role }: TrustRequest): string | undefined {
  const given = issuer ?? claims.get('iss');
  const url = issuerOf(provider);
  if (given !== undefined && given.replace(/^https:\/\//, '').replace(/\/$/, '') !== url)
    return `the token was issued by ${given}, the provider is ${url}`;
  if (role === undefined || accountOfArn(role) === accountOfArn(provider)) return undefined;
  return `the provider ${provider} is not in the account of the role ${role}`;
}

/** The provider's URL without `https://`: what stands before the colon of its condition keys. */
export function issuerOf(provider: string): string {
  const marker = ':oidc-provider/';
  const at = provider.indexOf(marker);
  return at === -1 ? provider : provider.slice(at + marker.length);
}

function unmappedClaims({ claims, provider }: TrustRequest): string[] {
  const mapped = new Set(claimKeysOf(issuerOf(provider)).claims);
  return [...claims.keys()].filter((claim) => !mapped.has(claim) && !ofToken.has(claim)).toSorted();
}
