import type { DocumentNode, PolicyDocument } from '../../iam/document/node.ts';
import {
  itemsOf,
  literalAt,
  literalOf,
  secondsOf,
  shorten,
  templateOf,
  valueOf,
} from '../document/access.ts';
import { embeddedDocument } from '../document/embedded.ts';
import type { AttachedPolicy, ProviderState, RoleState } from '../model.ts';
import { missingIn, missingOf } from '../policy-parts.ts';
import type { ProblemList } from '../problem.ts';

/** Documents of managed policies by ARN. */
export type ManagedDocuments = ReadonlyMap<string, PolicyDocument>;

/**
 * A role as IAM's API shows it: the elements of `RoleDetailList`, `Roles`, or `Role`
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html).
 */
export function apiRole(
  node: DocumentNode,
  managed: ManagedDocuments,
  problems: ProblemList,
): RoleState | undefined {
  if (node.kind !== 'map') {
    problems.add('source-wrong-type', node.range, 'a role must be an object');
    return undefined;
  }
  const unresolved: string[] = [];
  const trust = embeddedDocument(valueOf(node, 'AssumeRolePolicyDocument'), problems);
  if (!trust) unresolved.push('the trust policy is not shown');
  unresolved.push(...missingIn('the trust policy', trust));
  const name = literalAt(node, 'RoleName');
  const arn = literalAt(node, 'Arn');
  if (name === undefined) unresolved.push('the name is not shown');
  const inline = list(node, 'RolePolicyList', problems).map((one) => inlinePolicy(one, problems));
  const attached = list(node, 'AttachedManagedPolicies', problems).map((one) =>
    attachedPolicy(literalAt(one, 'PolicyArn'), literalAt(one, 'PolicyName'), managed),
  );
  const policies = [...inline, ...attached];
  for (const policy of policies) unresolved.push(...missingOf(policy));
  const boundary = boundaryOf(valueOf(node, 'PermissionsBoundary'), managed);
  if (boundary) unresolved.push(...missingOf(boundary));
  const seconds = secondsOf(valueOf(node, 'MaxSessionDuration'));
  return {
    ...(name === undefined ? {} : { name: [name] }),
    ...(arn === undefined ? {} : { arn }),
    label: shorten(name ?? arn ?? 'role'),
    file: problems.file,
    range: node.range,
    ...(trust ? { trust } : {}),
    ...(seconds === undefined ? {} : { maxSessionDuration: seconds }),
    policies,
    ...(boundary ? { boundary } : {}),
    unresolved,
  };
}

/** A member that must be a list, if it is there; anything else is a problem, and no items. */
export function list(
  node: DocumentNode | undefined,
  name: string,
  problems: ProblemList,
): readonly DocumentNode[] {
  const value = valueOf(node, name);
  if (value === undefined) return [];
  if (value.kind === 'list') return value.items;
  problems.add('source-wrong-type', value.range, `${name} must be a list`);
  return [];
}

/** An inline policy: `{PolicyName, PolicyDocument}`. */
export function inlinePolicy(node: DocumentNode, problems: ProblemList): AttachedPolicy {
  const document = embeddedDocument(valueOf(node, 'PolicyDocument'), problems);
  const name = literalAt(node, 'PolicyName') ?? 'inline policy';
  return { name, ...(document ? { document } : {}) };
}

/** A managed policy that a role names. */
function attachedPolicy(
  arn: string | undefined,
  name: string | undefined,
  managed: ManagedDocuments,
): AttachedPolicy {
  const document = arn === undefined ? undefined : managed.get(arn);
  return {
    name: name ?? arn?.slice(arn.lastIndexOf('/') + 1) ?? 'managed policy',
    ...(arn === undefined ? {} : { arn }),
    ...(document ? { document } : {}),
  };
}

function boundaryOf(
  node: DocumentNode | undefined,
  managed: ManagedDocuments,
): AttachedPolicy | undefined {
  if (node === undefined) return undefined;
  return attachedPolicy(
    literalAt(node, 'PermissionsBoundaryArn') ?? literalOf(node),
    undefined,
    managed,
  );
}

/**
 * Managed policies with their default version, as in `Policies` of the authorization details
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ManagedPolicyDetail.html).
 */
export function managedPolicies(
  node: DocumentNode | undefined,
  problems: ProblemList,
): AttachedPolicy[] {
  return list(node, 'Policies', problems).map((policy) => {
    const arn = literalAt(policy, 'Arn');
    const chosen = literalAt(policy, 'DefaultVersionId');
    const version = list(policy, 'PolicyVersionList', problems).find((one) =>
      chosen === undefined
        ? literalAt(one, 'IsDefaultVersion') === 'true'
        : literalAt(one, 'VersionId') === chosen,
    );
    const document = embeddedDocument(valueOf(version, 'Document'), problems);
    return {
      name: literalAt(policy, 'PolicyName') ?? arn ?? 'managed policy',
      ...(arn === undefined ? {} : { arn }),
      ...(document ? { document } : {}),
    };
  });
}

/** The documents among policies, by ARN. */
export function documentsByArn(policies: readonly AttachedPolicy[]): ManagedDocuments {
  return new Map(
    policies.flatMap(({ arn, document }) =>
      arn !== undefined && document ? [[arn, document] as const] : [],
    ),
  );
}

/** A provider as `get-open-id-connect-provider` shows it, or as our snapshot does; names differ in case. */
export function apiProvider(node: DocumentNode, problems: ProblemList): ProviderState | undefined {
  const first = (...names: readonly string[]): DocumentNode | undefined =>
    names.map((name) => valueOf(node, name)).find((value) => value !== undefined);
  const arn = literalOf(first('Arn', 'arn'));
  const url = templateOf(first('Url', 'url')) ?? urlOfArn(arn);
  if (url === undefined) {
    problems.add('source-wrong-type', node.range, 'a provider must have a URL or an ARN');
    return undefined;
  }
  const ids = first('ClientIDList', 'clientIds');
  const thumbprints = first('ThumbprintList', 'thumbprints');
  return {
    ...(arn === undefined ? {} : { arn }),
    url,
    ...(ids
      ? { clientIds: itemsOf(ids).map((id) => templateOf(id) ?? [{ hole: 'client id' }]) }
      : {}),
    ...(thumbprints
      ? { thumbprints: itemsOf(thumbprints).flatMap((one) => literalOf(one) ?? []) }
      : {}),
    file: problems.file,
    range: node.range,
  };
}

function urlOfArn(arn: string | undefined): readonly [string] | undefined {
  const match = /:oidc-provider\/(.+)$/.exec(arn?.slice(0, 2048) ?? '');
  return match?.[1] === undefined ? undefined : [match[1]];
}
