/**
 * Numbers of IAM that AWS raises now and then, and on request: take them from the account
 * (`aws iam get-account-summary`) where that can be done.
 */
export interface Quotas {
  /** `AssumeRolePolicySizeQuota` of GetAccountSummary: characters of a trust policy. */
  readonly trustPolicySize: number;
  /** All inline policies of a role together (`RolePolicySizeQuota`). */
  readonly rolePolicySize: number;
  /** One managed policy (`PolicySizeQuota`). */
  readonly managedPolicySize: number;
  /** `AttachedPoliciesPerRoleQuota`. */
  readonly policiesPerRole: number;
}

/**
 * What an account has that never asked for more, as of 2026-11; no page of AWS was at hand that is sure to
 * be newer than 2023, which is why the configuration can name others.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const defaultQuotas: Quotas = {
  trustPolicySize: 2048,
  rolePolicySize: 10_240,
  managedPolicySize: 6144,
  policiesPerRole: 10,
};

/** What AWS gives at most on request, as of 2026-11. Same source. */
export const largestQuotas: Quotas = {
  trustPolicySize: 4096,
  rolePolicySize: 10_240,
  managedPolicySize: 6144,
  policiesPerRole: 20,
};

/**
 * The characters of a policy as IAM counts them. AWS says that white space is not counted, not whether
 * that inside strings is: `least` leaves out both, `most` only that between the tokens. White space is
 * what RFC 8259 calls so: space, tab, line feed, carriage return.
 */
export interface PolicySize {
  readonly least: number;
  readonly most: number;
}

/** Counts a policy's characters: code points of its JSON text. */
export function policySize(text: string): PolicySize {
  let [least, most] = [0, 0];
  let [inString, escaped] = [false, false];
  for (const character of text) {
    const white =
      character === ' ' || character === '\t' || character === '\n' || character === '\r';
    if (!white) least += 1;
    if (!white || inString) most += 1;
    if (escaped) escaped = false;
    else if (inString && character === '\\') escaped = true;
    else if (character === '"') inString = !inString;
  }
  return { least, most };
}

/** The policies of a role as texts. */
export interface RolePolicies {
  readonly trust?: string;
  readonly inline?: readonly string[];
  readonly managed?: readonly string[];
  /** Where more are attached than are at hand. */
  readonly attached?: number;
}

/** A quota that is exceeded, or may be. */
export interface QuotaProblem {
  readonly quota: keyof Quotas;
  readonly used: PolicySize;
  readonly limit: number;
  /** False when it depends on how white space inside strings is counted. */
  readonly certain: boolean;
  /** Which of the managed policies, from 0. */
  readonly index?: number;
}

/** Every quota that a role's policies exceed; an empty list when they fit. */
export function quotaProblems(
  { trust, inline = [], managed = [], attached = managed.length }: RolePolicies,
  quotas: Quotas = defaultQuotas,
): QuotaProblem[] {
  const sum = inline.map(policySize).reduce(added, { least: 0, most: 0 });
  return [
    ...(trust === undefined ? [] : over('trustPolicySize', policySize(trust), quotas)),
    ...over('rolePolicySize', sum, quotas),
    ...managed.flatMap((text, index) =>
      over('managedPolicySize', policySize(text), quotas).map((problem) => ({ ...problem, index })),
    ),
    ...over('policiesPerRole', { least: attached, most: attached }, quotas),
  ];
}

function over(quota: keyof Quotas, used: PolicySize, quotas: Quotas): QuotaProblem[] {
  const limit = quotas[quota];
  return used.most > limit ? [{ quota, used, limit, certain: used.least > limit }] : [];
}

function added(left: PolicySize, right: PolicySize): PolicySize {
  return { least: left.least + right.least, most: left.most + right.most };
}
