import { fixedText, shownText } from '../iam/parse/reader.ts';
import type { Policy, PrincipalValue, Statement } from '../iam/policy.ts';
import { accountOfArn } from '../iam/request/request.ts';
import { issuerOf } from '../iam/trust.ts';
import { readIssuer, type Issuer } from '../oidc/issuer.ts';

/** A provider of GitHub that a policy trusts, and the policy as it reads in an account of one's own. */
export interface TrustedIssuer {
  readonly issuer: Issuer;
  /** ARN of the provider; where the source leaves the account open, in the account given. */
  readonly provider: string;
  /** The account of the provider and the role; undefined where nothing tells it. */
  readonly account?: string;
  readonly policy: Policy;
}

/** Stands for the account of a template that can be deployed anywhere. */
const someAccount = '111111111111';

/**
 * The issuers of GitHub that a policy lets in: those that its principals name, also where a part of the
 * ARN is open, and those whose claims it compares where the principal is open as a whole or everybody.
 */
export function trustedIssuers(policy: Policy, account?: string): TrustedIssuer[] {
  const found = new Map<string, TrustedIssuer>();
  for (const statement of policy.statements) {
    if (statement.effect !== 'Allow' || !statement.principal) continue;
    for (const value of statement.principal.values)
      for (const address of addressesOf(value, statement)) {
        const issuer = readIssuer(address);
        const provider = providerOf(value, address, account ?? someAccount);
        if (!issuer || found.has(provider)) continue;
        const fixed = fixedText(value.value.pieces);
        const own = account ?? (fixed === undefined ? undefined : accountOfArn(fixed));
        found.set(provider, {
          issuer,
          provider,
          ...(own === undefined ? {} : { account: own }),
          policy: closed(policy, address, provider),
        });
      }
  }
  return [...found.values()];
}

/** `host/path` of the issuers that a principal may stand for. */
function addressesOf({ kind, everyone, value }: PrincipalValue, statement: Statement): string[] {
  const shown = shownText(value.pieces);
  if (kind === 'Federated' && shown.includes(':oidc-provider/')) {
    const address = issuerOf(shown);
    return address.includes('<') ? comparedIssuers(statement) : [address];
  }
  const open = kind === 'Federated' && fixedText(value.pieces) === undefined;
  return open || everyone ? comparedIssuers(statement) : [];
}

/** The issuers whose claims the statement compares. */
function comparedIssuers({ conditions }: Statement): string[] {
  const keys = conditions.flatMap(({ key }) => fixedText(key.pieces) ?? []);
  const addresses = keys.map((key) =>
    key.slice(0, Math.max(key.lastIndexOf(':'), 0)).toLowerCase(),
  );
  return [...new Set(addresses)].filter((address) => readIssuer(address) !== undefined);
}

function providerOf({ value }: PrincipalValue, address: string, account: string): string {
  const text = fixedText(value.pieces);
  if (text?.includes(':oidc-provider/')) return text;
  const partition = /^arn:(aws[a-z-]*):/.exec(shownText(value.pieces))?.[1] ?? 'aws';
  return `arn:${partition}:iam::${account}:oidc-provider/${address}`;
}

/** Gives the open names of the provider its ARN. */
function closed(policy: Policy, address: string, provider: string): Policy {
  const close = (value: PrincipalValue, statement: Statement): PrincipalValue =>
    value.kind === 'Federated' &&
    fixedText(value.value.pieces) === undefined &&
    addressesOf(value, statement).includes(address)
      ? { ...value, value: { ...value.value, pieces: [provider] } }
      : value;
  return {
    ...policy,
    statements: policy.statements.map((statement) => {
      const { principal } = statement;
      if (!principal) return statement;
      const values = principal.values.map((value) => close(value, statement));
      return { ...statement, principal: { ...principal, values } };
    }),
  };
}
