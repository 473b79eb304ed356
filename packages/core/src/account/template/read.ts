import type { DocumentNode } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import { itemsOf, literalAt, literalOf, shorten, valueOf } from '../document/access.ts';
import type { AccountState, ProviderState, RoleState } from '../model.ts';
import { attachPolicies, type PolicyAttachment, unattached } from '../policy-parts.ts';
import type { ProblemList } from '../problem.ts';
import type { UnresolvedPart } from '../unresolved.ts';
import { attachmentOf, managedPolicies } from './policy-resources.ts';
import { providerOf } from './provider.ts';
import { providerTypes } from './reference.ts';
import { type Resource, resourcesOf } from './resource.ts';
import { roleOf, type TemplateContext } from './role.ts';
import { functionRole } from './sam.ts';
import { TemplateScope } from './scope.ts';

/** What a template says, and which of its parts could add roles that are not seen. */
export interface ReadTemplate {
  readonly states: readonly AccountState[];
  readonly unresolved: readonly UnresolvedPart[];
}

/** Whether a tree is a CloudFormation template: it has resources with types. */
export function isTemplate(root: DocumentNode): boolean {
  const resources = valueOf(root, 'Resources');
  if (resources === undefined) return false;
  if (valueOf(root, 'AWSTemplateFormatVersion') ?? valueOf(root, 'Transform')) return true;
  return (
    resources.kind === 'map' &&
    resources.entries.some(({ value }) => literalAt(value, 'Type')?.includes('::') === true)
  );
}

/**
 * Reads the roles, policies and providers of a CloudFormation or SAM template
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html).
 */
export function readTemplate(root: DocumentNode, problems: ProblemList): ReadTemplate {
  const { file } = problems;
  const resources = resourcesOf(root, problems);
  const scope = new TemplateScope(root);
  const unresolved: UnresolvedPart[] = [];
  const leave = (label: string, what: string, range: Range): void => {
    unresolved.push({ file, range, label, what });
  };
  const context: TemplateContext = {
    scope,
    problems,
    managed: managedPolicies(resources, scope, problems),
    leave,
  };
  const roles = new Map<string, RoleState>();
  const providers: ProviderState[] = [];
  const attachments: PolicyAttachment[] = [];
  for (const resource of resources) {
    const { id, type } = resource;
    if (type === 'AWS::IAM::Role') roles.set(id, roleOf(resource, context));
    const generated =
      type === 'AWS::Serverless::Function' ? functionRole(resource, root, context) : undefined;
    if (generated) roles.set(`${id}Role`, generated);
    if (providerTypes.includes(type)) providers.push(providerOf(resource, context));
    attachments.push(...attachmentOf(resource, context));
    const hidden = hiddenRoles(resource);
    if (hidden !== undefined) leave(id, hidden, resource.keyRange);
  }
  for (const macro of itemsOf(valueOf(root, 'Transform'))) {
    const name = literalOf(macro) ?? literalAt(macro, 'Name') ?? 'Transform';
    if (!harmless.test(name))
      leave(shorten(name), 'this macro may add or change roles', macro.range);
  }
  const all = attachPolicies(roles, attachments, ({ label, range }, what) =>
    leave(label, what, range),
  );
  const policies = unattached(context.managed.values(), all);
  const state: AccountState = {
    source: { kind: 'cloudformation', file },
    roles: all,
    providers,
    complete: { roles: false, providers: false },
    ...(policies.length > 0 ? { policies } : {}),
  };
  return { states: [state], unresolved };
}

/** SAM's transform is read here; language extensions show as functions where they are used. */
const harmless =
  /^AWS::(?:Serverless-\d{4}-\d{2}-\d{2}|LanguageExtensions|CodeDeployBlueGreen|SecretsManager-\d{4}-\d{2}-\d{2})$/;

function hiddenRoles({ id, type }: Resource): string | undefined {
  if (id.startsWith('Fn::')) return `${id} makes resources that are not read`;
  if (
    type === 'AWS::CloudFormation::Stack' ||
    type === 'AWS::CloudFormation::StackSet' ||
    type === 'AWS::Serverless::Application'
  ) {
    return 'a nested template: its roles are read only if its file is given too';
  }
  return type.endsWith('::MODULE') ? 'a registry module: its resources are not known' : undefined;
}
