/**
 * Who asks. A role never asks by itself: its sessions do, and their ARN does not show the role's path.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type RequestPrincipal =
  | RolePrincipal
  | {
      readonly kind: 'user';
      readonly partition: string;
      readonly account: string;
      readonly arn: string;
    }
  | {
      readonly kind: 'root';
      readonly partition: string;
      readonly account: string;
      readonly arn: string;
    }
  /** A session of GetFederationToken. */
  | {
      readonly kind: 'federated-user';
      readonly partition: string;
      readonly account: string;
      readonly arn: string;
    }
  /** Who comes with a token of an identity provider; `provider` is its ARN, or a name like `accounts.google.com`. */
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'anonymous' }
  /** Nothing is known but that a policy is attached to it. */
  | { readonly kind: 'unspecified' };

export interface RolePrincipal {
  readonly kind: 'role';
  readonly partition: string;
  readonly account: string;
  /** Without path. */
  readonly name: string;
  /** The role's ARN, with its path; undefined when only a session's ARN is known. */
  readonly arn: string | undefined;
  /** The session's name, when it is known. */
  readonly session: string | undefined;
}

/** Reads an ARN, an account id, a service's name or `*` (anonymous); undefined for anything else. */
export function readPrincipal(text: string): RequestPrincipal | undefined {
  if (text === '*') return { kind: 'anonymous' };
  if (/^\d{12}$/.test(text))
    return { kind: 'root', partition: 'aws', account: text, arn: `arn:aws:iam::${text}:root` };
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(text))
    return { kind: 'service', service: text };
  const match =
    /^arn:(?<partition>aws[a-z-]*):(?<service>iam|sts)::(?<account>\d{12}):(?<type>[a-z-]+)(?:\/(?<name>.+))?$/.exec(
      text,
    );
  const { partition = '', service, account = '', type, name } = match?.groups ?? {};
  const common = { partition, account, arn: text };
  if (service === 'iam' && type === 'root' && name === undefined)
    return { kind: 'root', ...common };
  if (name === undefined) return undefined;
  if (service === 'iam' && type === 'user') return { kind: 'user', ...common };
  if (service === 'iam' && type === 'role')
    return { kind: 'role', ...common, name: lastSegment(name), session: undefined };
  if (service === 'iam' && (type === 'oidc-provider' || type === 'saml-provider'))
    return { kind: 'federated', provider: text };
  if (service === 'sts' && type === 'federated-user') return { kind: 'federated-user', ...common };
  const [role = '', session, ...more] = name.split('/');
  if (service === 'sts' && type === 'assumed-role' && session !== undefined && more.length === 0)
    return { kind: 'role', ...common, arn: undefined, name: role, session };
  return undefined;
}

/** The account of the principal; undefined for those outside all accounts, and for unknown ones. */
export function accountOf(principal: RequestPrincipal): string | undefined {
  return 'account' in principal ? principal.account : undefined;
}

/** The ARN as AWS's messages and CloudTrail show it. */
export function shownPrincipal(principal: RequestPrincipal): string | undefined {
  switch (principal.kind) {
    case 'role':
      return principal.session === undefined
        ? principal.arn
        : sessionArn(principal, principal.session);
    case 'user':
    case 'root':
    case 'federated-user':
      return principal.arn;
    case 'federated':
      return principal.provider;
    case 'service':
      return principal.service;
    case 'anonymous':
      return 'anonymous';
    case 'unspecified':
      return undefined;
  }
}

/** The ARN of a session of a role. */
export function sessionArn({ partition, account, name }: RolePrincipal, session: string): string {
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
