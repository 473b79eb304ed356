import type { CompiledPolicy } from './compile.ts';
import {
  defaultQuotas,
  largestQuotas,
  policySize,
  quotaProblems,
  type PolicySize,
  type QuotaProblem,
  type Quotas,
  type RolePolicies,
} from './quotas.ts';
import { writeTimeAnswers } from './write-time.ts';

/** Whether IAM would take policies when they are written; that they grant nothing is another matter. */
export interface StoreAnswer {
  readonly verdict: StoreVerdict;
  readonly reasons: readonly StoreReason[];
  /** Every policy that was looked at, with its characters. */
  readonly sizes: readonly { readonly policy: string; readonly size: PolicySize }[];
}

type StoreVerdict = 'accepted' | 'rejected' | 'undecided';

/** Why IAM would not take them, or why that is not known. */
interface StoreReason {
  readonly verdict: Exclude<StoreVerdict, 'accepted'>;
  /** IAM's error code: statuses 400 and 409. */
  readonly code: 'MalformedPolicyDocument' | 'LimitExceeded';
  /** Undefined when it is about all policies together. */
  readonly policy: string | undefined;
  /** IAM's own words for the check of trust policies, ours otherwise. */
  readonly message: string;
}

/**
 * What IAM would say to policies that stand in IAM: the trust policy, the boundary and the identity
 * policies of one role; others are passed over, their services have rules of their own. Identity
 * policies are placed on the role as well as can be, inline or managed. `given` are the quotas of the
 * account, as far as they are known: without one, what AWS may have raised stays `undecided`.
 */
export function storeAnswer(
  policies: readonly CompiledPolicy[],
  given: Partial<Quotas> = {},
): StoreAnswer {
  const looked = policies.filter(({ kind }) => stored.has(kind));
  const reasons = [...looked.flatMap(malformed), ...exceeded(looked, given)];
  const sizes = looked.map((policy) => ({ policy: policy.name, size: policySize(textOf(policy)) }));
  return { verdict: verdictOf(reasons), reasons, sizes };
}

const stored: ReadonlySet<CompiledPolicy['kind']> = new Set(['trust', 'boundary', 'identity']);

function verdictOf(reasons: readonly StoreReason[]): StoreVerdict {
  if (reasons.some(({ verdict }) => verdict === 'rejected')) return 'rejected';
  return reasons.length > 0 ? 'undecided' : 'accepted';
}

function malformed({ policy, kind, name, problems }: CompiledPolicy): StoreReason[] {
  const code = 'MalformedPolicyDocument';
  const refused = problems
    .filter(({ fatal }) => fatal)
    .map(({ code: what, message }): StoreReason => {
      const known = what !== 'policy-unresolved' && what !== 'policy-too-large';
      return { verdict: known ? 'rejected' : 'undecided', code, policy: name, message };
    });
  if (kind !== 'trust') return refused;
  const checked = writeTimeAnswers(policy).flatMap(({ verdict, message = '' }): StoreReason[] =>
    verdict === 'accepted' ? [] : [{ verdict, code, policy: name, message }],
  );
  return [...refused, ...checked];
}

function exceeded(policies: readonly CompiledPolicy[], given: Partial<Quotas>): StoreReason[] {
  const usual = { ...defaultQuotas, ...given };
  // A quota that nobody named may have been raised, as far as AWS raises it.
  const raised = { ...largestQuotas, ...given };
  return partsOf(policies).flatMap(({ policy, role }) => {
    const certain = quotaProblems(role(raised), raised).filter((one) => one.certain);
    return quotaProblems(role(usual), usual).map((problem) => ({
      verdict: certain.some(({ quota }) => quota === problem.quota) ? 'rejected' : 'undecided',
      code: 'LimitExceeded',
      policy,
      message: quotaMessage(problem, given),
    }));
  });
}

/** What is held against quotas: each policy that stands alone, and all identity policies together. */
function partsOf(policies: readonly CompiledPolicy[]): {
  readonly policy: string | undefined;
  readonly role: (quotas: Quotas) => RolePolicies;
}[] {
  const identity = policies.filter(({ kind }) => kind === 'identity');
  const alone = policies.filter(({ kind }) => kind !== 'identity');
  return [
    ...alone.map((policy) => ({
      policy: policy.name,
      role: () =>
        policy.kind === 'trust'
          ? { trust: textOf(policy) }
          : { managed: [textOf(policy)], attached: 0 },
    })),
    {
      policy: identity.length === 1 ? identity[0]?.name : undefined,
      role: (quotas) => placement(identity.map(textOf), quotas),
    },
  ];
}

/** The best that can be done: the largest policies that may be managed are, the others stand inline. */
function placement(
  texts: readonly string[],
  { managedPolicySize, policiesPerRole }: Quotas,
): RolePolicies {
  const sized = texts
    .map((text) => ({ text, size: policySize(text).most }))
    .toSorted((left, right) => right.size - left.size);
  const managed = sized.filter(({ size }) => size <= managedPolicySize).slice(0, policiesPerRole);
  const inline = sized.filter((one) => !managed.includes(one));
  return { inline: inline.map(({ text }) => text), managed: managed.map(({ text }) => text) };
}

function quotaMessage({ quota, used, limit }: QuotaProblem, given: Partial<Quotas>): string {
  const { least, most } = used;
  const shown = least === most ? String(most) : `${least} to ${most}`;
  const whose = given[quota] === undefined ? 'by default' : 'in this account';
  const larger = given[quota] === undefined && largestQuotas[quota] > limit;
  const more = larger ? `, ${largestQuotas[quota]} on request` : '';
  return `${counted[quota]}: ${shown}; IAM takes ${limit} ${whose}${more}`;
}

const counted: Readonly<Record<keyof Quotas, string>> = {
  trustPolicySize: 'characters of the trust policy without white space',
  rolePolicySize: 'characters of all inline policies of the role without white space',
  managedPolicySize: 'characters of the managed policy without white space',
  policiesPerRole: 'managed policies of the role',
};

function textOf({ policy }: CompiledPolicy): string {
  return policy.file.text;
}
