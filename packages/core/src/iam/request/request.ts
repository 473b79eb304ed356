import type { RequestContext } from './context.ts';
import { accountOf, type RequestPrincipal } from './principal.ts';

/** One question: may this principal do this to that? Made by {@link accessRequest}. */
export interface AccessRequest {
  readonly principal: RequestPrincipal;
  /** `service:Action`, as AWS names it. */
  readonly action: string;
  /** An ARN, or `*` for actions that know no resources. */
  readonly resource: string;
  /** The account that owns the resource; undefined when it is not known. */
  readonly resourceAccount: string | undefined;
  readonly context: RequestContext;
}

/** What a request is made of. */
export interface RequestInput {
  readonly principal: RequestPrincipal;
  readonly action: string;
  readonly resource: string;
  /** Needed where the ARN does not tell it, as those of S3; wins over the ARN. */
  readonly resourceAccount?: string;
  readonly context: RequestContext;
}

/**
 * Makes a request, and fills in the keys that follow from principal and resource, unless they are given.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function accessRequest(input: RequestInput): AccessRequest {
  const { principal, action, resource } = input;
  const resourceAccount = input.resourceAccount ?? accountOfArn(resource) ?? ownAccount(input);
  const { values: given, rest } = input.context;
  let derived: ReadonlyMap<string, readonly string[]> | undefined;
  const values = {
    get: (key: string): readonly string[] | undefined =>
      given.get(key) ?? (derived ??= derivedKeys(principal, resourceAccount)).get(key),
  };
  return { principal, action, resource, resourceAccount, context: { values, rest } };
}

/** An action without a resource acts on the caller's own account. */
function ownAccount({ resource, principal }: RequestInput): string | undefined {
  return resource === '*' ? accountOf(principal) : undefined;
}

/** The fifth part of an ARN, when it is twelve digits. */
export function accountOfArn(arn: string): string | undefined {
  let start = 0;
  for (let part = 0; part < 4; part += 1) {
    const colon = arn.indexOf(':', start);
    if (colon === -1) return undefined;
    start = colon + 1;
  }
  const end = arn.indexOf(':', start);
  const account = arn.slice(start, end === -1 ? undefined : end);
  return /^\d{12}$/.test(account) ? account : undefined;
}

function derivedKeys(
  principal: RequestPrincipal,
  resourceAccount: string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  if (resourceAccount !== undefined) keys.set('aws:resourceaccount', [resourceAccount]);
  const { kind } = principal;
  if (kind === 'unspecified' || kind === 'federated') return keys;
  keys.set('aws:principalisawsservice', [String(kind === 'service')]);
  keys.set('aws:principalservicename', kind === 'service' ? [principal.service] : []);
  keys.set(
    'aws:username',
    kind === 'user' ? [principal.arn.slice(principal.arn.lastIndexOf('/') + 1)] : [],
  );
  const account = accountOf(principal);
  if (account !== undefined) {
    keys.set('aws:principalaccount', [account]);
    const arn = 'arn' in principal ? principal.arn : undefined;
    // A role whose path is not known has an ARN all the same: it is left to be unknown.
    if (arn !== undefined) keys.set('aws:principalarn', [arn]);
  }
  const type = types[kind];
  if (type !== undefined) keys.set('aws:principaltype', [type]);
  return keys;
}

const types: Readonly<Partial<Record<RequestPrincipal['kind'], string>>> = {
  role: 'AssumedRole',
  user: 'User',
  root: 'Account',
  'federated-user': 'FederatedUser',
  anonymous: 'Anonymous',
};
