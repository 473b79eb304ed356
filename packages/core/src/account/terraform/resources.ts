import type { DocumentNode, PolicyDocument, TemplateText } from '../../iam/document/node.ts';
import type { SourceFile } from '../../text/source.ts';
import {
  itemsOf,
  literal,
  literalOf,
  secondsOf,
  shorten,
  shown,
  templateOf,
} from '../document/access.ts';
import { embeddedDocument } from '../document/embedded.ts';
import { parseHoledJson } from '../document/holed-json.ts';
import { unreadable } from '../document/unreadable.ts';
import type { AttachedPolicy, ProviderState, RoleState } from '../model.ts';
import { missingIn, missingOf, policyOf, shortName } from '../policy-parts.ts';
import type { ProblemList } from '../problem.ts';
import type { HclBlock, HclBody } from './body.ts';
import type { Environment } from './environment.ts';
import { type Instance, nestedBlocks, written } from './instances.ts';
import type { FolderScope } from './scope.ts';
import { unknown } from './step.ts';

/** What reading the resources of a folder needs. */
export interface FolderContext {
  readonly scope: FolderScope;
  /** The problems of a file. */
  readonly problemsOf: (file: SourceFile) => ProblemList;
  /** Managed policies of the folder by their ARN, holes shown. */
  readonly managed: ReadonlyMap<string, AttachedPolicy>;
  /** What stands before addresses: `module.ci.`, or nothing. */
  readonly prefix: string;
}

/** A policy document in an attribute: JSON in a string, or what `jsonencode` and data sources make. */
export function documentAt(
  body: HclBody,
  name: string,
  bound: Environment,
  { scope, problemsOf }: FolderContext,
): PolicyDocument | undefined {
  const expression = body.attribute(name);
  const value = scope.attribute(body, name, bound);
  if (!expression || !value) return undefined;
  const { file } = expression;
  const encoded = scope.evaluator.encoded(value);
  if (encoded) return encoded;
  const problems = problemsOf(file);
  if (value.kind === 'map' || value.kind === 'list') {
    return {
      file,
      root: unreadable(value.range, `${name} must be a string of JSON: use jsonencode()`, problems),
    };
  }
  const place = scope.evaluator.placesOf(value, file);
  if (place && value.kind === 'text') return { file, root: parseHoledJson(value, problems, place) };
  return embeddedDocument(value, problems);
}

/** One `aws_iam_role`. */
export function roleOf(
  block: HclBlock,
  instance: Instance,
  condition: string | undefined,
  context: FolderContext,
): RoleState {
  const { scope } = context;
  const { body } = block;
  const { bound } = instance;
  const { result, defaults } = scope.watch((): RoleState => {
    const trust = documentAt(body, 'assume_role_policy', bound, context);
    const policies = [
      ...inlinePolicies(body, bound, context),
      ...managedPolicies(body, bound, context),
    ];
    const boundaryArn = scope.text(body, 'permissions_boundary', bound);
    const boundary = boundaryArn && managedPolicy(boundaryArn, context.managed);
    const seconds = secondsOf(scope.attribute(body, 'max_session_duration', bound));
    const label = addressOf(block, instance, context);
    return {
      name: nameOf(body, bound, `${block.labels.join('.')}${instance.suffix}`, scope),
      label,
      file: block.file,
      range: block.range,
      ...(trust ? { trust } : {}),
      ...(seconds === undefined ? {} : { maxSessionDuration: seconds }),
      policies,
      ...(boundary ? { boundary } : {}),
      unresolved: [
        ...(trust ? missingIn('the trust policy', trust) : ['the trust policy is missing']),
        ...policies.flatMap(missingOf),
        ...(boundary ? missingOf(boundary) : []),
        ...(body.broken ? ['a part of this block is no HCL'] : []),
      ],
      ...(condition === undefined ? {} : { condition }),
    };
  });
  return defaults.length > 0 ? { ...result, defaults } : result;
}

/** `aws_iam_role.deploy["dev"]`, behind the modules that it is in. */
export function addressOf(
  { labels }: HclBlock,
  { suffix }: Instance,
  { prefix }: FolderContext,
): string {
  return shorten(`${prefix}${labels.join('.')}${suffix}`);
}

/** The name, a prefix with what the provider adds, or a hole with the address: as references give it. */
function nameOf(
  body: HclBody,
  bound: Environment,
  address: string,
  scope: FolderScope,
): TemplateText {
  const name = scope.text(body, 'name', bound);
  if (name) return name;
  const prefix = scope.text(body, 'name_prefix', bound) ?? [];
  return [...prefix, { hole: `${address}.name` }];
}

function inlinePolicies(
  body: HclBody,
  bound: Environment,
  context: FolderContext,
): AttachedPolicy[] {
  const { blocks, unknown: dynamic } = nestedBlocks(
    body,
    'inline_policy',
    bound,
    context.scope.evaluator,
  );
  const known = blocks.map((one) =>
    policyOf(
      shown(context.scope.text(one.body, 'name', one.bound)) || 'inline policy',
      documentAt(one.body, 'policy', one.bound, context),
    ),
  );
  const open = dynamic.map((expression) =>
    policyOf('inline policies', {
      file: expression.file,
      root: unknown(written(expression), expression.range),
    }),
  );
  // `inline_policy {}` alone says that there are none.
  return [...known.filter(({ document, name }) => document || name !== 'inline policy'), ...open];
}

function managedPolicies(
  body: HclBody,
  bound: Environment,
  context: FolderContext,
): AttachedPolicy[] {
  const value = context.scope.attribute(body, 'managed_policy_arns', bound);
  return itemsOf(value).map((item) =>
    managedPolicy(templateOf(item) ?? [{ hole: 'managed policy' }], context.managed),
  );
}

/** A managed policy by its ARN: one of the folder with its document, or any other by name. */
export function managedPolicy(
  arn: TemplateText,
  managed: ReadonlyMap<string, AttachedPolicy>,
): AttachedPolicy {
  return managed.get(shown(arn)) ?? policyOf(shortName(arn), undefined, literal(arn));
}

/** One `aws_iam_policy`. */
export function policyResource(
  block: HclBlock,
  { bound, suffix }: Instance,
  context: FolderContext,
): AttachedPolicy {
  const name = nameOf(block.body, bound, `${block.labels.join('.')}${suffix}`, context.scope);
  return policyOf(shown(name), documentAt(block.body, 'policy', bound, context));
}

/** One `aws_iam_openid_connect_provider`. */
export function providerResource(
  block: HclBlock,
  { bound }: Instance,
  { scope }: FolderContext,
): ProviderState {
  const { body } = block;
  const list = (name: string): readonly DocumentNode[] | undefined => {
    const value = scope.attribute(body, name, bound);
    return value?.kind === 'unresolved' ? undefined : itemsOf(value);
  };
  const ids = list('client_id_list');
  const thumbprints = list('thumbprint_list');
  return {
    url: scope.text(body, 'url', bound) ?? [{ hole: `${block.labels.join('.')}.url` }],
    ...(ids
      ? { clientIds: ids.map((one) => templateOf(one) ?? [{ hole: 'client_id_list' }]) }
      : {}),
    ...(thumbprints ? { thumbprints: thumbprints.flatMap((one) => literalOf(one) ?? []) } : {}),
    file: block.file,
    range: block.range,
  };
}
