import { compilePolicy } from '../iam/compile.ts';
import { fixedText, shownText } from '../iam/parse/reader.ts';
import type { Policy } from '../iam/policy.ts';
import { accountOfArn } from '../iam/request/request.ts';
import { issuerOf } from '../iam/trust.ts';
import { writeTimeAnswers } from '../iam/write-time.ts';
import { trustedIssuers, type TrustedIssuer } from './door.ts';
import { findFlaws } from './find-flaws.ts';
import type { Flaw, OpenQuestion, TrustReport } from './flaw.ts';
import { askProblems } from './questions/text.ts';

/** What is known of the role that has the policy. */
export interface KnownRole {
  /** ARN of the role. */
  readonly role?: string;
  /** Its account, also where the ARN is not known. */
  readonly account?: string;
  /** The audiences that a provider takes; undefined where they are not known. */
  readonly clientsOf?: (trusted: TrustedIssuer) => readonly string[] | undefined;
}

/** The address that the issuer had before it was released: no token comes from there. */
const retired = 'vstoken.actions.githubusercontent.com';

/**
 * What is wrong with a trust policy at every door of GitHub's that it has; undefined when it has none. A
 * provider of another account is no door: AWS looks for providers in the role's own.
 */
export function examineTrust(policy: Policy, known: KnownRole = {}): TrustReport | undefined {
  const account =
    known.account ?? (known.role === undefined ? undefined : accountOfArn(known.role));
  const trusted = trustedIssuers(policy, account);
  const flaws: Flaw[] = [...keptOut(policy, account)];
  const open: OpenQuestion[] = [...unknownProviders(policy, trusted)];
  if (trusted.length === 0 && mayBeGithub(policy)) {
    const problems = askProblems(compilePolicy(policy, 'trust'));
    flaws.push(...problems.flaws);
    open.push(...problems.open);
  }
  if (trusted.length + flaws.length + open.length === 0) return undefined;
  const taken = new Map<string, string>();
  for (const one of trusted) {
    if (one.account !== account && account !== undefined && one.account !== undefined) continue;
    const clients = known.clientsOf?.(one);
    const { provider } = one;
    const report = findFlaws(
      one.policy,
      { provider, ...(known.role === undefined ? {} : { role: known.role }) },
      {
        ...(one.account === undefined ? {} : { account: one.account }),
        ...(clients ? { clients } : {}),
      },
    );
    flaws.push(...report.flaws, ...refused(one.policy));
    open.push(...report.open);
    for (const [name, value] of report.taken) taken.set(name, value);
  }
  const key = ({ class: flaw, range, about }: Flaw): string =>
    `${flaw} ${range.start} ${range.end} ${about}`;
  return {
    flaws: [...new Map(flaws.map((flaw) => [key(flaw), flaw])).values()],
    open,
    taken,
  };
}

/** Whether the text speaks of GitHub, though no statement that could be read trusts it. */
function mayBeGithub({ file, range, problems }: Policy): boolean {
  if (!problems.some(({ fatal }) => fatal)) return false;
  return file.text.slice(range.start, range.end).includes('token.actions.githubusercontent.com');
}

/** Providers that are open as a whole, in statements that compare no claim of GitHub's by its name. */
function unknownProviders(
  policy: Policy,
  trusted: readonly TrustedIssuer[],
): readonly OpenQuestion[] {
  if (trusted.length > 0) return [];
  return policy.statements.flatMap(({ effect, principal, action }) => {
    const open = principal?.values.find(
      ({ kind, value }) => kind === 'Federated' && fixedText(value.pieces) === undefined,
    );
    const exchanges = action?.values.some(({ pieces }) =>
      /^sts:(?:\*|AssumeRoleWithWebIdentity)$/i.test(shownText(pieces)),
    );
    if (effect !== 'Allow' || !open || !exchanges) return [];
    const reason = `the provider is not known: ${shownText(open.value.pieces)}`;
    return [{ question: 'whether it trusts GitHub', reason, outside: true }];
  });
}

/** Statements that IAM does not take when the policy is written; one that stands already stays as it is. */
function refused(policy: Policy): Flaw[] {
  return writeTimeAnswers(policy).flatMap(({ verdict, statement, provider, message }): Flaw[] => {
    const found = policy.statements.find(({ index }) => index === statement);
    if (verdict !== 'rejected' || !found) return [];
    return [
      {
        class: 'refused-by-iam',
        severity: 'medium',
        range: found.range,
        statement,
        about: provider,
        ...(message === undefined ? {} : { detail: message }),
      },
    ];
  });
}

/** Principals of GitHub's that no token comes with: another account's provider, a retired address. */
function keptOut(policy: Policy, account: string | undefined): Flaw[] {
  return policy.statements.flatMap(({ effect, principal, index }) =>
    (effect === 'Allow' && principal && !principal.negated ? principal.values : []).flatMap(
      ({ kind, value }): Flaw[] => {
        const provider = shownText(value.pieces);
        if (kind !== 'Federated' || !provider.includes(':oidc-provider/')) return [];
        const flaw = {
          class: 'never-matches',
          severity: 'medium',
          about: provider,
          range: value.range,
          statement: index,
        } as const;
        if (issuerOf(provider) === retired)
          return [{ ...flaw, detail: 'GitHub gave this address up before OIDC was released' }];
        const other = accountOfArn(provider);
        if (other === undefined || account === undefined || other === account) return [];
        return [
          {
            ...flaw,
            detail: `the role is in account ${account}, and AWS looks for providers there`,
          },
        ];
      },
    ),
  );
}
