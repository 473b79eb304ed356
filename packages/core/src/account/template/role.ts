import type { DocumentNode, PolicyDocument } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import {
  itemsOf,
  literalAt,
  literalOf,
  secondsOf,
  shorten,
  shown,
  templateOf,
  valueOf,
} from '../document/access.ts';
import { embeddedDocument } from '../document/embedded.ts';
import type { AttachedPolicy, RoleState } from '../model.ts';
import { missingIn, missingOf, policyOf, shortName } from '../policy-parts.ts';
import type { ProblemList } from '../problem.ts';
import { unresolved } from './intrinsics.ts';
import type { Resource } from './resource.ts';
import type { TemplateScope } from './scope.ts';

/** What reading one resource needs of the template. */
export interface TemplateContext {
  readonly scope: TemplateScope;
  readonly problems: ProblemList;
  /** The template's own managed policies, by logical id. */
  readonly managed: ReadonlyMap<string, AttachedPolicy>;
  /** Names a part that could not be followed. */
  readonly leave: (label: string, what: string, range: Range) => void;
}

/** A role of a template: `AWS::IAM::Role`. */
export function roleOf({ id, node }: Resource, context: TemplateContext): RoleState {
  const { scope, problems } = context;
  const { result, defaults } = scope.watch((): RoleState => {
    const properties = propertiesOf(node, scope);
    const trust = documentOf(properties, 'AssumeRolePolicyDocument', problems);
    const policies = [
      ...inlinePolicies(properties, problems),
      ...managedPoliciesOf(node, 'ManagedPolicyArns', context),
    ];
    const boundary = boundaryOf(
      valueOf(valueOf(node, 'Properties'), 'PermissionsBoundary'),
      context,
    );
    const seconds = secondsOf(valueOf(properties, 'MaxSessionDuration'));
    const condition = literalAt(node, 'Condition');
    return {
      name: templateOf(valueOf(properties, 'RoleName')) ?? [{ hole: id }],
      label: id,
      file: problems.file,
      range: node.range,
      ...(trust ? { trust } : {}),
      ...(seconds === undefined ? {} : { maxSessionDuration: seconds }),
      policies,
      ...(boundary ? { boundary } : {}),
      unresolved: [
        ...(trust ? missingIn('the trust policy', trust) : ['the trust policy is missing']),
        ...unknownProperties(properties),
        ...policies.flatMap(missingOf),
        ...(boundary ? missingOf(boundary) : []),
      ],
      ...(condition === undefined ? {} : { condition: shorten(condition) }),
    };
  });
  return defaults.length > 0 ? { ...result, defaults } : result;
}

/** The properties of a resource, resolved; an unresolved node where they cannot be. */
export function propertiesOf(node: DocumentNode, scope: TemplateScope): DocumentNode | undefined {
  const properties = valueOf(node, 'Properties');
  return properties && scope.resolve(properties);
}

/** The policy document in a property. */
export function documentOf(
  properties: DocumentNode | undefined,
  name: string,
  problems: ProblemList,
): PolicyDocument | undefined {
  return embeddedDocument(valueOf(properties, name), problems);
}

/** Inline policies of a role: `Policies`, a list of `{PolicyName, PolicyDocument}`. */
function inlinePolicies(
  properties: DocumentNode | undefined,
  problems: ProblemList,
): AttachedPolicy[] {
  return itemsOf(valueOf(properties, 'Policies')).map((item) => {
    if (item.kind !== 'map') return unknownPolicy(item, problems);
    const name = shown(templateOf(valueOf(item, 'PolicyName'))) || 'inline policy';
    return policyOf(name, documentOf(item, 'PolicyDocument', problems));
  });
}

/** Something that stands where a policy should, and could be any. */
export function unknownPolicy(item: DocumentNode, { file }: ProblemList): AttachedPolicy {
  const expression = item.kind === 'unresolved' ? item.expression : shown(templateOf(item));
  return policyOf(expression || 'policy', {
    file,
    root: unresolved(expression || 'this is no policy', item),
  });
}

/**
 * The managed policies that a resource lists: those of the template with their documents, others by
 * ARN. Read from the node as written, because a reference says which resource is meant.
 */
function managedPoliciesOf(
  node: DocumentNode,
  property: string,
  context: TemplateContext,
): AttachedPolicy[] {
  const listed = valueOf(valueOf(node, 'Properties'), property);
  if (listed === undefined) return [];
  // The list itself can be an intrinsic function.
  const items = listed.kind === 'list' ? listed.items : itemsOf(context.scope.resolve(listed));
  return items.flatMap((item) => managedPolicy(item, context) ?? []);
}

/** A managed policy by reference or ARN; undefined for `AWS::NoValue`. */
export function managedPolicy(
  item: DocumentNode,
  context: TemplateContext,
): AttachedPolicy | undefined {
  const own = context.managed.get(referred(item) ?? '');
  if (own) return own;
  const value = context.scope.resolve(item);
  if (value === undefined) return undefined;
  if (value.kind !== 'text') return unknownPolicy(value, context.problems);
  const arn = literalOf(value);
  const same = [...context.managed.values()].find((one) => arn !== undefined && one.arn === arn);
  return same ?? policyOf(shortName(value.value), undefined, arn);
}

/** The logical id in `{Ref: X}`, `{Fn::GetAtt: [X, PolicyArn]}`. */
export function referred(node: DocumentNode): string | undefined {
  const ref = literalAt(node, 'Ref');
  if (ref !== undefined) return ref;
  const path = valueOf(node, 'Fn::GetAtt');
  const first = path?.kind === 'list' ? path.items[0] : path;
  return literalOf(first)?.split('.')[0];
}

/** A permissions boundary; undefined for none. */
export function boundaryOf(
  node: DocumentNode | undefined,
  context: TemplateContext,
): AttachedPolicy | undefined {
  return node && managedPolicy(node, context);
}

function unknownProperties(properties: DocumentNode | undefined): string[] {
  return properties?.kind === 'unresolved' ? [`all properties: ${properties.expression}`] : [];
}
