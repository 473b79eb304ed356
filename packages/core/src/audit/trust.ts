import type { AccountState, RoleState } from '../account/model.ts';
import type { PolicySources } from '../account/read.ts';
import { parsePolicy } from '../iam/parse/policy.ts';
import { fixedText, shownText } from '../iam/parse/reader.ts';
import { accountOfArn } from '../iam/request/request.ts';
import { conditionPrefix, readIssuer } from '../oidc/issuer.ts';
import type { SourceFile } from '../text/source.ts';
import type { TrustedIssuer } from '../trust/door.ts';
import { examineTrust } from '../trust/examine.ts';
import type { TrustReport } from '../trust/flaw.ts';

/** A role that trusts GitHub, and what is wrong with its trust policy. */
export interface ExaminedRole {
  readonly role: RoleState;
  /** The file that ranges of the report point into. */
  readonly file: SourceFile;
  readonly report: TrustReport;
}

/** The trust policies among the sources of a repository; examined when the first rule asks. */
export class TrustPolicies {
  readonly #sources: PolicySources | undefined;
  #examined: readonly ExaminedRole[] | undefined;

  constructor(sources: PolicySources | undefined) {
    this.#sources = sources;
  }

  /** Every role with a trust policy that is about GitHub. */
  get examined(): readonly ExaminedRole[] {
    this.#examined ??= (this.#sources?.states ?? []).flatMap((state) =>
      state.roles.flatMap((role) => this.#examine(role, state) ?? []),
    );
    return this.#examined;
  }

  /** The files that hold them. */
  get files(): readonly SourceFile[] {
    return [...new Set(this.examined.map(({ file }) => file))];
  }

  #examine(role: RoleState, state: AccountState): ExaminedRole | undefined {
    if (!role.trust) return undefined;
    const account = accountOfArn(role.arn ?? '') ?? state.account;
    const report = examineTrust(parsePolicy(role.trust), {
      ...(role.arn === undefined ? {} : { role: role.arn }),
      ...(account === undefined ? {} : { account }),
      clientsOf: (trusted) => this.#clientsOf(trusted),
    });
    return report && { role, file: role.trust.file, report };
  }

  /** The audiences of the only provider with that address; undefined where one of them is open. */
  #clientsOf({ issuer, account }: TrustedIssuer): readonly string[] | undefined {
    const providers = (this.#sources?.states ?? []).flatMap((state) =>
      state.providers.filter(({ url, arn }) => {
        const own = accountOfArn(arn ?? '') ?? state.account;
        if (own !== undefined && account !== undefined && own !== account) return false;
        const known = readIssuer(shownText(url));
        return known !== undefined && conditionPrefix(known) === conditionPrefix(issuer);
      }),
    );
    const [provider, ...others] = providers;
    if (!provider || others.length > 0) return undefined;
    const clients = provider.clientIds?.map(fixedText);
    return clients?.every((client) => client !== undefined) ? clients : undefined;
  }
}
