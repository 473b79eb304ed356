import type { DocumentNode, TemplatePiece, TemplateText } from '../../iam/document/node.ts';
import { joinPieces, literalAt, templateOf, valueOf } from '../document/access.ts';
import type { Resolver } from './resolver.ts';

const partition: TemplatePiece = { hole: 'AWS::Partition' };
const region: TemplatePiece = { hole: 'AWS::Region' };
const account: TemplatePiece = { hole: 'AWS::AccountId' };

/** The property that names a resource, what stands before the name in its ARN, and what `Ref` gives. */
interface Naming {
  readonly property: string;
  readonly arn: readonly TemplatePiece[];
  readonly ref: 'name' | 'arn';
  /** The attribute that is the ARN. */
  readonly attribute: string;
}

/**
 * Resources whose ARN follows from their name ("Return values" of each type in
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html).
 */
const namings: ReadonlyMap<string, Naming> = new Map<string, Naming>([
  [
    'AWS::S3::Bucket',
    { property: 'BucketName', arn: ['arn:', partition, ':s3:::'], ref: 'name', attribute: 'Arn' },
  ],
  [
    'AWS::ECR::Repository',
    {
      property: 'RepositoryName',
      arn: regional('ecr', 'repository/'),
      ref: 'name',
      attribute: 'Arn',
    },
  ],
  [
    'AWS::DynamoDB::Table',
    { property: 'TableName', arn: regional('dynamodb', 'table/'), ref: 'name', attribute: 'Arn' },
  ],
  [
    'AWS::Lambda::Function',
    {
      property: 'FunctionName',
      arn: regional('lambda', 'function:'),
      ref: 'name',
      attribute: 'Arn',
    },
  ],
  [
    'AWS::SNS::Topic',
    { property: 'TopicName', arn: regional('sns', ''), ref: 'arn', attribute: 'TopicArn' },
  ],
  [
    'AWS::ECS::Cluster',
    { property: 'ClusterName', arn: regional('ecs', 'cluster/'), ref: 'name', attribute: 'Arn' },
  ],
]);

function regional(service: string, kind: string): readonly TemplatePiece[] {
  return ['arn:', partition, `:${service}:`, region, ':', account, `:${kind}`];
}

/** Types that make an OIDC provider; CDK's is a custom resource with the same properties. */
export const providerTypes: readonly string[] = [
  'AWS::IAM::OIDCProvider',
  'Custom::AWSCDKOpenIdConnectProvider',
];

/** What `Ref` gives for a resource; undefined when it is not known. */
export function referenceOf(
  name: string,
  resource: DocumentNode | undefined,
  resolver: Resolver,
): TemplateText | undefined {
  const type = literalAt(resource, 'Type') ?? '';
  const properties = valueOf(resource, 'Properties');
  if (type === 'AWS::IAM::Role') return nameOf(name, properties, 'RoleName', resolver);
  if (type === 'AWS::IAM::ManagedPolicy' || providerTypes.includes(type))
    return iamArnOf(type, name, properties, resolver);
  const naming = namings.get(type);
  if (!naming) return undefined;
  const own = nameOf(name, properties, naming.property, resolver);
  return naming.ref === 'name' ? own : joinPieces([...naming.arn, ...own]);
}

/** What `Fn::GetAtt` gives for a resource; undefined when it is not known. */
export function attributeOf(
  name: string,
  attribute: string,
  resource: DocumentNode | undefined,
  resolver: Resolver,
): TemplateText | undefined {
  const type = literalAt(resource, 'Type') ?? '';
  const properties = valueOf(resource, 'Properties');
  const isArn =
    attribute === 'Arn' || (type === 'AWS::IAM::ManagedPolicy' && attribute === 'PolicyArn');
  if (isArn) {
    const arn = iamArnOf(type, name, properties, resolver);
    if (arn) return arn;
  }
  const naming = namings.get(type);
  if (naming?.attribute !== attribute) return undefined;
  return joinPieces([...naming.arn, ...nameOf(name, properties, naming.property, resolver)]);
}

function iamArnOf(
  type: string,
  name: string,
  properties: DocumentNode | undefined,
  resolver: Resolver,
): TemplateText | undefined {
  const start: TemplatePiece[] = ['arn:', partition, ':iam::', account];
  if (providerTypes.includes(type)) {
    const value = valueOf(properties, 'Url');
    const url = templateOf(value && resolver.resolve(value)) ?? [{ hole: `${name}.Url` }];
    const [first, ...rest] = url;
    const bare = typeof first === 'string' ? first.replace(/^https:\/\//, '') : first;
    return joinPieces([...start, ':oidc-provider/', bare ?? '', ...rest]);
  }
  const kind = { 'AWS::IAM::Role': 'role', 'AWS::IAM::ManagedPolicy': 'policy' }[type];
  if (kind === undefined) return undefined;
  const property = kind === 'role' ? 'RoleName' : 'ManagedPolicyName';
  const pathValue = valueOf(properties, 'Path');
  const path = pathValue
    ? (templateOf(resolver.resolve(pathValue)) ?? [{ hole: `${name}.Path` }])
    : ['/'];
  return joinPieces([
    ...start,
    `:${kind}`,
    ...path,
    ...nameOf(name, properties, property, resolver),
  ]);
}

function nameOf(
  logicalId: string,
  properties: DocumentNode | undefined,
  property: string,
  resolver: Resolver,
): TemplateText {
  const value = valueOf(properties, property);
  return templateOf(value && resolver.resolve(value)) ?? [{ hole: logicalId }];
}
