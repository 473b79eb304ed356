import type { DocumentNode } from '../../iam/document/node.ts';
import { itemsOf, mapNode, shown, templateOf, textNode, valueOf } from '../document/access.ts';
import { embeddedDocument } from '../document/embedded.ts';
import type { AttachedPolicy, RoleState } from '../model.ts';
import { missingIn, missingOf, policyOf } from '../policy-parts.ts';
import type { Resource } from './resource.ts';
import {
  boundaryOf,
  documentOf,
  managedPolicy,
  propertiesOf,
  type TemplateContext,
  unknownPolicy,
} from './role.ts';

/**
 * The role that SAM makes for a function without `Role`: `<logical id>Role`, trusting Lambda unless
 * `AssumeRolePolicyDocument` says otherwise
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html).
 */
export function functionRole(
  { id, node }: Resource,
  root: DocumentNode,
  context: TemplateContext,
): RoleState | undefined {
  const { scope, problems } = context;
  const written = valueOf(node, 'Properties');
  const globals = valueOf(valueOf(root, 'Globals'), 'Function');
  if (valueOf(written, 'Role') ?? valueOf(globals, 'Role')) return undefined;
  const { result, defaults } = scope.watch((): RoleState => {
    const properties = propertiesOf(node, scope);
    const trust = documentOf(properties, 'AssumeRolePolicyDocument', problems) ?? {
      file: problems.file,
      root: lambdaTrust(node),
    };
    const policies = itemsOf(valueOf(written, 'Policies')).flatMap(
      (item) => samPolicy(item, context) ?? [],
    );
    const boundary = boundaryOf(
      valueOf(written, 'PermissionsBoundary') ?? valueOf(globals, 'PermissionsBoundary'),
      context,
    );
    return {
      name: [{ hole: `${id}Role` }],
      label: `${id}Role`,
      file: problems.file,
      range: node.range,
      trust,
      policies,
      ...(boundary ? { boundary } : {}),
      unresolved: [
        ...missingIn('the trust policy', trust),
        ...policies.flatMap(missingOf),
        ...(boundary ? missingOf(boundary) : []),
        'what SAM adds for events, tracing and the network of the function',
      ],
    };
  });
  return defaults.length > 0 ? { ...result, defaults } : result;
}

/** A document, the name or ARN of a managed policy, or a policy template, which is named only. */
function samPolicy(item: DocumentNode, context: TemplateContext): AttachedPolicy | undefined {
  const value = context.scope.resolve(item);
  if (value?.kind === 'map' && valueOf(value, 'Statement')) {
    return policyOf('inline policy', embeddedDocument(value, context.problems));
  }
  if (value?.kind === 'map' && value.entries.length > 0) {
    const [template] = value.entries;
    return policyOf(`SAM policy template ${shown(template?.key)}`, undefined);
  }
  if (value?.kind === 'text' && templateOf(value)?.length) return managedPolicy(item, context);
  return value && unknownPolicy(value, context.problems);
}

function lambdaTrust({ range }: DocumentNode): DocumentNode {
  const text = (value: string): DocumentNode => textNode([value], range);
  const statement = mapNode(
    {
      Effect: text('Allow'),
      Principal: mapNode({ Service: text('lambda.amazonaws.com') }, range),
      Action: text('sts:AssumeRole'),
    },
    range,
  );
  return mapNode(
    { Version: text('2012-10-17'), Statement: { kind: 'list', items: [statement], range } },
    range,
  );
}
