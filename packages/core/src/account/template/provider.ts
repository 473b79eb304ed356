import type { DocumentNode } from '../../iam/document/node.ts';
import { itemsOf, literalOf, templateOf, valueOf } from '../document/access.ts';
import type { ProviderState } from '../model.ts';
import type { Resource } from './resource.ts';
import { propertiesOf, type TemplateContext } from './role.ts';

/** `AWS::IAM::OIDCProvider`, and CDK's custom resource that makes one. */
export function providerOf(
  { id, node }: Resource,
  { scope, problems }: TemplateContext,
): ProviderState {
  const properties = propertiesOf(node, scope);
  // CDK's custom resource writes ClientIDList where CloudFormation's writes ClientIdList.
  const ids = valueOf(properties, 'ClientIdList') ?? valueOf(properties, 'ClientIDList');
  const thumbprints = valueOf(properties, 'ThumbprintList');
  const known = (list: DocumentNode | undefined): boolean => list?.kind !== 'unresolved';
  return {
    url: templateOf(valueOf(properties, 'Url')) ?? [{ hole: `${id}.Url` }],
    ...(known(ids)
      ? { clientIds: itemsOf(ids).map((one) => templateOf(one) ?? [{ hole: 'ClientIdList' }]) }
      : {}),
    ...(known(thumbprints)
      ? { thumbprints: itemsOf(thumbprints).flatMap((one) => literalOf(one) ?? []) }
      : {}),
    file: problems.file,
    range: node.range,
  };
}
