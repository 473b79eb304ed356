import type { MissingKey } from '../request/context.ts';

/** How a key stands in a call of AssumeRoleWithWebIdentity by a workflow, when no claim fills it. */
interface WebIdentityKey {
  /** In lower case; a `/` at the end stands for any name after it. */
  readonly key: string;
  /** A value that it always has, or what is known of it. */
  readonly is: { readonly value: string } | Exclude<MissingKey, 'unsupported'>;
}

/**
 * The keys that such a call can have besides those of the provider, as of 2026-09-26. The call is not
 * signed: keys of a principal do not exist. GitHub's tokens carry no tags and no source identity. AWS
 * does not describe `sts:RoleAuthorizedByIdp`, so that nothing is known of it.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const keys: readonly WebIdentityKey[] = [
  { key: 'sts:rolesessionname', is: 'unknown' },
  { key: 'sts:roleauthorizedbyidp', is: 'unknown' },
  { key: 'sts:sourceidentity', is: 'absent' },
  { key: 'sts:transitivetagkeys', is: 'absent' },
  { key: 'aws:requesttag/', is: 'absent' },
  { key: 'aws:tagkeys', is: 'absent' },
  { key: 'aws:calledvia', is: 'absent' },
  { key: 'aws:calledviafirst', is: 'absent' },
  { key: 'aws:calledvialast', is: 'absent' },
  { key: 'aws:currenttime', is: 'unknown' },
  { key: 'aws:epochtime', is: 'unknown' },
  { key: 'aws:federatedprovider', is: 'absent' },
  { key: 'aws:multifactorauthage', is: 'absent' },
  { key: 'aws:multifactorauthpresent', is: 'absent' },
  { key: 'aws:principalaccount', is: 'absent' },
  { key: 'aws:principalarn', is: 'absent' },
  { key: 'aws:principalisawsservice', is: 'unknown' },
  { key: 'aws:principalorgid', is: 'absent' },
  { key: 'aws:principalorgpaths', is: 'absent' },
  { key: 'aws:principalservicename', is: 'absent' },
  { key: 'aws:principalservicenameslist', is: 'absent' },
  { key: 'aws:principaltag/', is: 'absent' },
  { key: 'aws:principaltype', is: 'unknown' },
  { key: 'aws:referer', is: 'unknown' },
  { key: 'aws:requestedregion', is: 'unknown' },
  { key: 'aws:resourceaccount', is: 'unknown' },
  { key: 'aws:resourceorgid', is: 'unknown' },
  { key: 'aws:resourceorgpaths', is: 'unknown' },
  { key: 'aws:resourcetag/', is: 'unknown' },
  // STS answers on TLS only.
  { key: 'aws:securetransport', is: { value: 'true' } },
  { key: 'aws:sourceaccount', is: 'absent' },
  { key: 'aws:sourcearn', is: 'absent' },
  { key: 'aws:sourceip', is: 'unknown' },
  { key: 'aws:sourceorgid', is: 'absent' },
  { key: 'aws:sourceorgpaths', is: 'absent' },
  { key: 'aws:sourcevpc', is: 'unknown' },
  { key: 'aws:sourcevpcarn', is: 'unknown' },
  { key: 'aws:sourcevpce', is: 'unknown' },
  { key: 'aws:tokenissuetime', is: 'absent' },
  { key: 'aws:useragent', is: 'unknown' },
  { key: 'aws:userid', is: 'unknown' },
  { key: 'aws:username', is: 'absent' },
  { key: 'aws:viaawsservice', is: { value: 'false' } },
  { key: 'aws:vpceaccount', is: 'unknown' },
  { key: 'aws:vpceorgid', is: 'unknown' },
  { key: 'aws:vpceorgpaths', is: 'unknown' },
  { key: 'aws:vpcsourceip', is: 'unknown' },
];

const exact = new Map<string, WebIdentityKey['is']>();
const families: WebIdentityKey[] = [];
for (const one of keys)
  if (one.key.endsWith('/')) families.push(one);
  else exact.set(one.key, one.is);

/** Values that such a call always has. */
export const webIdentityValues: ReadonlyMap<string, readonly string[]> = new Map(
  keys.flatMap(({ key, is }) => (typeof is === 'string' ? [] : [[key, [is.value]] as const])),
);

/**
 * How a key stands that no claim fills: `unsupported` for one that AWS never has in such a call. `key` is
 * in lower case. Keys of `aws:` that are not in the table may be newer than it: nothing is known of them.
 */
export function webIdentityKey(key: string): MissingKey {
  const is = exact.get(key) ?? families.find((one) => key.startsWith(one.key))?.is;
  if (typeof is === 'string') return is;
  return key.startsWith('aws:') || key.startsWith('sts:') ? 'unknown' : 'unsupported';
}
