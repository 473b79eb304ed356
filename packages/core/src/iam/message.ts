import type { Decision } from './decision.ts';
import { explicitDenyIn, noneAllows } from './policy-layer.ts';
import { shownPrincipal } from './request/principal.ts';
import type { AccessRequest } from './request/request.ts';

/**
 * What AWS answers to a denied request, word for word; undefined when it was not denied. Callers of
 * another organisation get it without the reason, and some services leave the reason out.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDeniedMessage(
  { verdict, cause }: Decision,
  { principal, action, resource }: AccessRequest,
): string | undefined {
  if (verdict !== 'denied') return undefined;
  // Calls without a signature have no user to name, and STS tells them nothing.
  if (/^sts:assumerolewith/i.test(action)) return `Not authorized to perform ${action}`;
  const user = shownPrincipal(principal);
  const who = user === undefined ? '' : `User: ${user} is `;
  const what = `${who}not authorized to perform: ${action} on resource: ${resource}`;
  if (cause.kind === 'explicit-deny') return `${what} with ${explicitDenyIn(cause.layer)}`;
  if (cause.kind === 'implicit-deny') return `${what} because ${noneAllows(cause.layer, action)}`;
  return what;
}
