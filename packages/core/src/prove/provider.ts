import { shown } from '../account/document/access.ts';
import type { AccountState, ProviderState } from '../account/model.ts';
import type { TemplateText } from '../iam/document/node.ts';
import { fixedText } from '../iam/parse/reader.ts';
import type { Formula } from '../language/formula.ts';
import { conditionPrefix, issuerUrl, type Issuer } from '../oidc/issuer.ts';
import { all, any, equals, unknown } from '../trust/formula.ts';
import type { Reason } from './proof.ts';
import type { RoleArn } from './role-search.ts';

/** What the inputs say of the identity provider that a token comes to. */
export type ProviderAnswer =
  /** `audience`: which tokens it takes, by their audience. */
  | {
      readonly kind: 'there';
      readonly audience: Formula;
      readonly clientIds: readonly string[] | undefined;
      readonly assumptions: readonly string[];
    }
  | { readonly kind: 'refused' | 'unseen'; readonly reason: Reason };

/** What `--assume-provider` allows. */
export interface ProviderOptions {
  readonly assumeProvider: boolean;
}

/**
 * Looks for the provider of an issuer in a role's account. STS asks for it before it looks at the role.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function findProvider(
  states: readonly AccountState[],
  { account }: RoleArn,
  issuer: Issuer,
  { assumeProvider }: ProviderOptions,
): ProviderAnswer {
  const wanted = conditionPrefix(issuer);
  const url = issuerUrl(issuer);
  const complete = states.some((state) => state.account === account && state.complete.providers);
  // INVARIANT: an account that is shown in full has no provider but its own: templates only promise one.
  const shownStates = complete ? states.filter((state) => state.account === account) : states;
  const providers = shownStates.flatMap((state) => state.providers);
  const matching = providers.filter((one) => sameUrl(addressOf(one.url), wanted));
  const own = matching.find(({ clientIds }) => clientIds) ?? matching[0];
  if (own) return ofProvider(own, url, assumeProvider);
  const otherPath = providers.find(({ url: one }) => sameHost(addressOf(one), wanted));
  if (complete && otherPath)
    return refused({
      code: 'issuer-path',
      message: `account ${account} has a provider for https://${shown(addressOf(otherPath.url))}, but the tokens are issued by ${url}`,
      help: `create an OIDC provider for ${url}, or set issuer: in the configuration`,
      at: { file: otherPath.file, range: otherPath.range },
    });
  if (complete)
    return refused({
      code: 'provider-missing',
      message: `account ${account} has no OIDC provider for ${url} ("No OpenIDConnect provider found in your account")`,
      help: 'create the provider in this account, or take a role of the account that has one',
    });
  if (assumeProvider)
    return {
      kind: 'there',
      audience: all([]),
      clientIds: undefined,
      assumptions: [
        `account ${account} has an OIDC provider for ${url} with the audience of the job`,
      ],
    };
  return {
    kind: 'unseen',
    reason: {
      code: 'provider-unseen',
      message: `nothing that was given shows the OIDC providers of account ${account}`,
      help: 'give a snapshot (sallyport snapshot), or --assume-provider',
    },
  };
}

function refused(reason: Reason): ProviderAnswer {
  return { kind: 'refused', reason };
}

function ofProvider(
  { clientIds, arn }: ProviderState,
  url: string,
  assumeProvider: boolean,
): ProviderAnswer {
  if (clientIds)
    return {
      kind: 'there',
      audience: any(clientIds.map((one) => audienceIs(one))),
      clientIds: clientIds.map((one) => shown(one)),
      assumptions: [],
    };
  const which = arn ?? `the provider for ${url}`;
  return {
    kind: 'there',
    audience: assumeProvider ? all([]) : unknown(`the audiences of ${which} were not given`),
    clientIds: undefined,
    assumptions: assumeProvider ? [`${which} takes the audience of the job`] : [],
  };
}

function audienceIs(id: TemplateText): Formula {
  return id.every((piece) => typeof piece === 'string')
    ? equals('aud', id.join(''))
    : unknown(`the audience "${shown(id)}" of the provider is not known`);
}

function addressOf(url: TemplateText): TemplateText {
  const [first, ...others] = url;
  return typeof first === 'string' ? [first.replace(/^https:\/\//i, ''), ...others] : url;
}

/** Hosts are compared without case and the path as it is; a text with holes is nobody's. */
function sameUrl(address: TemplateText, wanted: string): boolean {
  const text = fixedText(address)?.replace(/\/$/, '');
  if (text === undefined) return false;
  const [host, path] = split(text);
  const [otherHost, otherPath] = split(wanted);
  return host.toLowerCase() === otherHost.toLowerCase() && path === otherPath;
}

function sameHost(address: TemplateText, wanted: string): boolean {
  const text = fixedText(address);
  return text !== undefined && split(text)[0].toLowerCase() === split(wanted)[0].toLowerCase();
}

function split(address: string): readonly [string, string] {
  const slash = address.indexOf('/');
  return slash === -1 ? [address, ''] : [address.slice(0, slash), address.slice(slash)];
}
