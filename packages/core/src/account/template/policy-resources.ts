import type { DocumentNode } from '../../iam/document/node.ts';
import { literal, literalOf, templateOf, valueOf } from '../document/access.ts';
import { shown } from '../document/access.ts';
import type { AttachedPolicy } from '../model.ts';
import { policyOf, type PolicyAttachment, type RoleKey } from '../policy-parts.ts';
import type { ProblemList } from '../problem.ts';
import type { Resource } from './resource.ts';
import { documentOf, propertiesOf, referred, type TemplateContext } from './role.ts';
import type { TemplateScope } from './scope.ts';

/** The managed policies of a template by logical id. */
export function managedPolicies(
  resources: readonly Resource[],
  scope: TemplateScope,
  problems: ProblemList,
): ReadonlyMap<string, AttachedPolicy> {
  const found = new Map<string, AttachedPolicy>();
  for (const { id, type, node } of resources) {
    if (type !== 'AWS::IAM::ManagedPolicy') continue;
    const properties = propertiesOf(node, scope);
    const name = shown(templateOf(valueOf(properties, 'ManagedPolicyName'))) || id;
    const arn = literal(scope.attribute(id, 'PolicyArn'));
    found.set(id, policyOf(name, documentOf(properties, 'PolicyDocument', problems), arn));
  }
  return found;
}

/**
 * The roles that `AWS::IAM::Policy`, `AWS::IAM::RolePolicy` and `AWS::IAM::ManagedPolicy` name
 * themselves. A list of roles that is not known is left as an open part.
 */
export function attachmentOf(
  { id, type, node }: Resource,
  context: TemplateContext,
): PolicyAttachment[] {
  const { scope, problems, managed } = context;
  const property = roleProperties[type];
  const named = property === undefined ? undefined : valueOf(valueOf(node, 'Properties'), property);
  if (named === undefined) return [];
  const properties = propertiesOf(node, scope);
  const own = managed.get(id);
  const name = shown(templateOf(valueOf(properties, 'PolicyName'))) || id;
  const policy = own ?? policyOf(name, documentOf(properties, 'PolicyDocument', problems));
  const written =
    named.kind === 'list' || property === 'RoleName' ? named : (scope.resolve(named) ?? named);
  const nodes = written.kind === 'list' ? written.items : [written];
  const roles = nodes.flatMap((one) => roleKey(one, scope) ?? []);
  if (roles.length < nodes.length)
    context.leave(id, 'the roles that have this policy are not known', named.range);
  return [{ roles, policy, label: id, file: problems.file, range: node.range }];
}

const roleProperties: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'Roles',
  'AWS::IAM::ManagedPolicy': 'Roles',
  'AWS::IAM::RolePolicy': 'RoleName',
};

function roleKey(node: DocumentNode, scope: TemplateScope): RoleKey | undefined {
  const key = referred(node);
  const value = scope.resolve(node);
  const name = value?.kind === 'text' ? value.value : undefined;
  if (key === undefined && name === undefined) return undefined;
  return {
    ...(key === undefined ? {} : { key }),
    ...(name && (key === undefined || literalOf(value) !== undefined) ? { name } : {}),
  };
}
