import type { TemplatePiece, TemplateText } from '../../iam/document/node.ts';
import { joinPieces } from '../document/access.ts';

/** The holes that CloudFormation names stand for the same here: both depend on where one deploys. */
const partition: TemplatePiece = { hole: 'AWS::Partition' };
const account: TemplatePiece = { hole: 'AWS::AccountId' };
const region: TemplatePiece = { hole: 'AWS::Region' };

/** Reads a property of the resource. */
type Property = (name: string) => TemplateText | undefined;

/** Resources whose ARN follows from a property (documentation of each in hashicorp/aws). */
const arns: ReadonlyMap<string, { readonly property: string; readonly start: TemplateText }> =
  new Map([
    ['aws_s3_bucket', { property: 'bucket', start: ['arn:', partition, ':s3:::'] }],
    ['aws_ecr_repository', { property: 'name', start: regional('ecr', 'repository/') }],
    ['aws_dynamodb_table', { property: 'name', start: regional('dynamodb', 'table/') }],
    ['aws_lambda_function', { property: 'function_name', start: regional('lambda', 'function:') }],
    ['aws_sns_topic', { property: 'name', start: regional('sns', '') }],
    ['aws_sqs_queue', { property: 'name', start: regional('sqs', '') }],
    ['aws_ecs_cluster', { property: 'name', start: regional('ecs', 'cluster/') }],
  ]);

function regional(service: string, kind: string): TemplateText {
  return ['arn:', partition, `:${service}:`, region, ':', account, `:${kind}`];
}

/**
 * An attribute that follows from the resource's own properties; undefined when it does not
 * (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#attribute-reference).
 */
export function resourceAttribute(
  type: string,
  address: string,
  attribute: string,
  property: Property,
): TemplateText | undefined {
  const named = (name: string): TemplateText =>
    property(name) ?? prefixed(property(`${name}_prefix`), `${address}.${name}`);
  if (type === 'aws_iam_openid_connect_provider') {
    const url = property('url') ?? [{ hole: `${address}.url` }];
    if (attribute === 'arn' || attribute === 'id') return providerArn(url);
    return attribute === 'url' ? bare(url) : undefined;
  }
  if (type === 'aws_iam_role' || type === 'aws_iam_policy') {
    const kind = type === 'aws_iam_role' ? 'role' : 'policy';
    if (attribute === 'name' || (attribute === 'id' && kind === 'role')) return named('name');
    if (attribute !== 'arn' && attribute !== 'id') return undefined;
    const path = property('path') ?? ['/'];
    return joinPieces([
      'arn:',
      partition,
      ':iam::',
      account,
      `:${kind}`,
      ...path,
      ...named('name'),
    ]);
  }
  const arn = arns.get(type);
  if (!arn) return undefined;
  const name = property(arn.property) ?? [{ hole: `${address}.${arn.property}` }];
  if (attribute === 'arn') return joinPieces([...arn.start, ...name]);
  return attribute === arn.property ? name : undefined;
}

/** The ARN of a provider in the account that is deployed to. */
export function providerArn(url: TemplateText): TemplateText {
  return joinPieces(['arn:', partition, ':iam::', account, ':oidc-provider/', ...bare(url)]);
}

/** `name_prefix` is followed by what the provider makes up. */
function prefixed(prefix: TemplateText | undefined, hole: string): TemplateText {
  return joinPieces([...(prefix ?? []), { hole }]);
}

function bare([first, ...rest]: TemplateText): TemplateText {
  return [typeof first === 'string' ? first.replace(/^https:\/\//, '') : (first ?? ''), ...rest];
}
