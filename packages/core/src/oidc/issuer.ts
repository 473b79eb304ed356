import type { Colons } from './phrase.ts';

/**
 * Who signs the tokens.
 * Source: https://docs.github.com/actions/reference/security/oidc, and for GitHub Enterprise Server
 * https://docs.github.com/enterprise-server@latest/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export type Issuer =
  /** With `enterprise` when its tokens carry the enterprise in the issuer. */
  | { readonly kind: 'github.com'; readonly enterprise?: string }
  | { readonly kind: 'ghe.com'; readonly subdomain: string; readonly enterprise?: string }
  | { readonly kind: 'server'; readonly host: string; readonly version?: ServerVersion };

/** A version of GitHub Enterprise Server. */
interface ServerVersion {
  readonly major: number;
  readonly minor: number;
}

/** The issuer of github.com without an enterprise. */
export const githubCom: Issuer = { kind: 'github.com' };

const actionsHost = 'token.actions.githubusercontent.com';

/** The `iss` claim, and the URL of the provider in IAM. */
export function issuerUrl(issuer: Issuer): string {
  return `https://${conditionPrefix(issuer)}`;
}

/** What stands before `:sub` in condition keys, and behind `oidc-provider/` in ARNs. */
export function conditionPrefix(issuer: Issuer): string {
  switch (issuer.kind) {
    case 'github.com':
      return actionsHost + path(issuer.enterprise);
    case 'ghe.com':
      return `token.actions.${issuer.subdomain}.ghe.com${path(issuer.enterprise)}`;
    case 'server':
      return `${issuer.host}/_services/token`;
    default:
      return issuer satisfies never;
  }
}

function path(enterprise: string | undefined): string {
  return enterprise === undefined ? '' : `/${enterprise}`;
}

/**
 * The issuer of a provider's URL, ARN or condition-key prefix; undefined for another kind of provider.
 * Host names are read in any case, paths as they are.
 */
export function readIssuer(provider: string): Issuer | undefined {
  const address = provider
    .replace(/^arn:aws[\w-]*:iam::\d{12}:oidc-provider\//, '')
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '');
  const slash = address.indexOf('/');
  const host = (slash === -1 ? address : address.slice(0, slash)).toLowerCase();
  const rest = slash === -1 ? undefined : address.slice(slash + 1);
  if (!/^[a-z0-9.-]+(?::\d+)?$/.test(host)) return undefined;
  const slug = rest === undefined ? {} : { enterprise: rest };
  const subdomain = /^token\.actions\.([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
  if (host === actionsHost || subdomain !== undefined) {
    if (rest !== undefined && !/^[\w.-]+$/.test(rest)) return undefined;
    return subdomain === undefined
      ? { kind: 'github.com', ...slug }
      : { kind: 'ghe.com', subdomain, ...slug };
  }
  return rest === '_services/token' ? { kind: 'server', host } : undefined;
}

/** The address of the site: `https://github.com`. */
function serverUrl(issuer: Issuer): string {
  switch (issuer.kind) {
    case 'github.com':
      return 'https://github.com';
    case 'ghe.com':
      return `https://${issuer.subdomain}.ghe.com`;
    case 'server':
      return `https://${issuer.host}`;
    default:
      return issuer satisfies never;
  }
}

/** The audience of a token that was asked for without one: the owner's address. */
export function ownerAudience(issuer: Issuer, owner: string): string {
  return `${serverUrl(issuer)}/${owner}`;
}

/**
 * The audience that `configure-aws-credentials` asks for unless told otherwise.
 * Source: https://github.com/aws-actions/configure-aws-credentials#readme (China regions)
 */
export function stsAudience(partition: string): string {
  return partition === 'aws-cn' ? 'sts.amazonaws.com.cn' : 'sts.amazonaws.com';
}

/** Whether an issuer writes ids into subjects; GitHub Enterprise Server does not. */
export function knowsImmutable(issuer: Issuer): boolean {
  return issuer.kind !== 'server';
}

/** How colons are written; both ways when the version of the server is not known. */
export function colonsOf(issuer: Issuer): readonly Colons[] {
  if (issuer.kind !== 'server') return ['encoded'];
  if (!issuer.version) return ['encoded', 'raw'];
  return [isAfter(issuer.version, 3, 18) ? 'encoded' : 'raw'];
}

/** The branch whose workflow and ref a `pull_request_target` run has; both when nobody can say. */
export function targetRefs(issuer: Issuer): readonly ('default' | 'base')[] {
  if (issuer.kind !== 'server') return ['default'];
  if (!issuer.version) return ['default', 'base'];
  return [isAfter(issuer.version, 3, 19) ? 'default' : 'base'];
}

function isAfter({ major, minor }: ServerVersion, otherMajor: number, otherMinor: number): boolean {
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}
