import type { DocumentNode, PolicyDocument, TemplateText } from '../iam/document/node.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import { literal, shown } from './document/access.ts';
import type { AttachedPolicy, RoleState } from './model.ts';

/** A policy that belongs to roles which stand elsewhere. */
export interface PolicyAttachment {
  readonly roles: readonly RoleKey[];
  readonly policy: AttachedPolicy;
  /** What people find the attachment by. */
  readonly label: string;
  readonly file: SourceFile;
  readonly range: Range;
}

/** How a source names a role: the key of one in the same source, or a name. */
export interface RoleKey {
  readonly key?: string;
  readonly name?: TemplateText;
}

/** A policy from its parts; what is undefined is left out. */
export function policyOf(
  name: string,
  document: PolicyDocument | undefined,
  arn?: string,
): AttachedPolicy {
  return { name, ...(arn === undefined ? {} : { arn }), ...(document ? { document } : {}) };
}

/** What of a document could not be read, in words: at most five parts; nothing when it is whole or absent. */
export function missingIn(label: string, document: PolicyDocument | undefined): string[] {
  const found = new Set<string>();
  const visit = (node: DocumentNode): void => {
    if (found.size >= 5) return;
    if (node.kind === 'unresolved') found.add(`${label}: ${node.expression}`);
    else if (node.kind === 'list') for (const item of node.items) visit(item);
    else if (node.kind === 'map') for (const { value } of node.entries) visit(value);
  };
  if (document) visit(document.root);
  return [...found];
}

/** What is missing of a policy that a role has, in words. */
export function missingOf(policy: AttachedPolicy): string[] {
  return policy.document
    ? missingIn(`the policy ${policy.name}`, policy.document)
    : [`the document of the policy ${policy.name} is not shown`];
}

/** The last part of a managed policy's ARN or its name, holes shown. */
export function shortName(arn: TemplateText | undefined): string {
  const text = shown(arn);
  return text.slice(text.lastIndexOf('/') + 1);
}

/**
 * Gives every role its policies; a policy for a role that does not stand in the source makes a role
 * of which nothing else is known, unless nothing of its name is: `leave` is told then.
 */
export function attachPolicies(
  roles: ReadonlyMap<string, RoleState>,
  attachments: readonly PolicyAttachment[],
  leave: (attachment: PolicyAttachment, what: string) => void,
): RoleState[] {
  const all = new Map(roles);
  const byName = new Map<string, string | undefined>();
  for (const [key, role] of roles) {
    const name = literal(role.name);
    // A name that two roles have tells neither.
    if (name !== undefined) byName.set(name, byName.has(name) ? undefined : key);
  }
  for (const attachment of attachments) {
    const { roles: keys, policy, file, range } = attachment;
    for (const { key, name } of keys) {
      const found = key !== undefined && roles.has(key) ? key : byName.get(literal(name) ?? '');
      const label = shown(name) || (key ?? 'role');
      if (found === undefined && !name?.some((piece) => typeof piece === 'string')) {
        leave(attachment, `it is attached to ${label}, a role that is not known`);
        continue;
      }
      const at = found ?? `name ${label}`;
      const role = all.get(at) ?? {
        ...(name ? { name } : {}),
        label,
        file,
        range,
        policies: [],
        unresolved: ['the trust policy is not shown'],
      };
      // Terraform can name a policy in the role and in an attachment.
      if (role.policies.includes(policy)) continue;
      all.set(at, {
        ...role,
        policies: [...role.policies, policy],
        unresolved: [...role.unresolved, ...missingOf(policy)],
      });
    }
  }
  return [...all.values()];
}

/** The managed policies that no role has. */
export function unattached(
  policies: Iterable<AttachedPolicy>,
  roles: readonly RoleState[],
): AttachedPolicy[] {
  const taken = new Set(roles.flatMap((role) => [...role.policies, role.boundary]));
  return [...policies].filter((policy) => !taken.has(policy));
}
