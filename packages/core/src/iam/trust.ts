import type { CompiledPolicy } from './compile.ts';
import type { Decision } from './decision.ts';
import { decisionOf, evaluate } from './evaluate.ts';
import { claimKeysOf } from './keys/github-keys.ts';
import { webIdentityKey, webIdentityValues } from './keys/web-identity-keys.ts';
import { askLayers, type PolicySet } from './policy-set.ts';
import { stateOf, type RequestContext } from './request/context.ts';
import { accessRequest, accountOfArn, type AccessRequest } from './request/request.ts';

/** The action that a workflow's token is exchanged by. */
export const webIdentityAction = 'sts:AssumeRoleWithWebIdentity';

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
  return new LazyTrustDecision(decision, trust);
}

class LazyTrustDecision implements TrustDecision {
  readonly verdict: Decision['verdict'];
  readonly cause: Decision['cause'];
  readonly assumptions: readonly string[];
  readonly #decision: Decision;
  readonly #trust: TrustRequest;

  constructor(decision: Decision, trust: TrustRequest) {
    this.verdict = decision.verdict;
    this.cause = decision.cause;
    this.assumptions = decision.assumptions;
    this.#decision = decision;
    this.#trust = trust;
  }

  get reason(): string {
    return this.#decision.reason;
  }

  get trace(): Decision['trace'] {
    return this.#decision.trace;
  }

  get unmapped(): readonly string[] {
    return unmappedClaims(this.#trust);
  }
}

/** The call that exchanges the token, as a request. */
export function trustRequest(trust: TrustRequest): AccessRequest {
  const { prefix, claims } = claimPrefixOf(trust.provider);
  const more = trust.context;
  const session = trust.sessionName === undefined ? undefined : [trust.sessionName];
  const values = {
    get: (key: string): readonly string[] | undefined => {
      // INVARIANT: what is known of the call adds to the token, it never replaces a claim.
      if (key.startsWith(prefix)) {
        const claim = key.slice(prefix.length);
        return claims.has(claim) ? claimValues(claim, trust.claims) : undefined;
      }
      const own = key === 'sts:rolesessionname' ? session : webIdentityValues.get(key);
      return more?.values.get(key) ?? own;
    },
  };
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

/** What a key of the provider holds; an empty list when the token lacks the claim. */
function claimValues(name: string, claims: ReadonlyMap<string, string>): readonly string[] {
  // OpenID Connect: with an authorized party, that is what AWS calls the audience.
  const party = name === 'aud' || name === 'oaud' ? claims.get('azp') : undefined;
  const value = party === undefined ? claims.get(name) : name === 'aud' ? party : claims.get('aud');
  return value === undefined ? [] : [value];
}

/** How the condition keys of a provider begin, in lower case, and the claims that make some. */
interface ClaimPrefix {
  readonly prefix: string;
  readonly claims: ReadonlySet<string>;
}

let lastPrefix: (ClaimPrefix & { readonly provider: string }) | undefined;

/** Looked up once for many tokens: those who ask much ask about one provider. */
function claimPrefixOf(provider: string): ClaimPrefix {
  if (lastPrefix?.provider === provider) return lastPrefix;
  const issuer = issuerOf(provider);
  const claims = new Set(claimKeysOf(issuer).claims);
  lastPrefix = { provider, prefix: `${issuer.toLowerCase()}:`, claims };
  return lastPrefix;
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
  const { claims: mapped } = claimPrefixOf(provider);
  return [...claims.keys()].filter((claim) => !mapped.has(claim) && !ofToken.has(claim)).toSorted();
}
