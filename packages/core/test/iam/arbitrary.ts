import {
  array,
  boolean,
  constant,
  constantFrom,
  oneof,
  option,
  record,
  subarray,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';

import type { Decision } from '../../src/iam/decision.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import type { PolicyKind } from '../../src/iam/policy-kind.ts';
import type { PolicySet } from '../../src/iam/policy-set.ts';
import { requestContext } from '../../src/iam/request/context.ts';
import type { RequestPrincipal } from '../../src/iam/request/principal.ts';
import { accessRequest } from '../../src/iam/request/request.ts';
import type {
  PlainConditions,
  PlainPolicy,
  PlainPrincipal,
  PlainRequest,
  PlainSet,
  PlainStatement,
} from './plain.ts';
import { compiled, type Json } from './policies.ts';

/** How often each law is tried: many times at night, fewer in every run. */
export const runs = Number(process.env['SALLYPORT_IAM_RUNS'] ?? 2000);

/** A question in both forms. */
export interface AskedRequest {
  readonly plain: PlainRequest;
  readonly principal: RequestPrincipal;
  readonly resourceAccount: string;
  /** What is given of the context, before keys follow from the principal. */
  readonly given: ReadonlyMap<string, readonly string[]>;
}

const account = '111111111111';
const accountNames = [account, `arn:aws:iam::${account}:root`];
const user = `arn:aws:iam::${account}:user/dev`;
const role = `arn:aws:iam::${account}:role/ci/deploy`;
const session = `arn:aws:sts::${account}:assumed-role/deploy/run`;
const stranger = 'arn:aws:iam::333333333333:root';

/** Without `*` and `?`: what they mean in the value of a variable is not said. */
const texts = ['a', 'b', 'A', 'ab', 'dev', '$', '{a}', ''];
const keys: Readonly<Record<string, readonly string[]>> = {
  'test:text': texts,
  'test:list': texts,
  'test:number': ['1', '2.5', '-3', '1e1', '10'],
  'test:date': ['2026-01-01T00:00:00Z', '2026-06-01T12:30:00Z', '2027-01-01T00:00:00Z'],
  'test:flag': ['true', 'false'],
  'test:address': ['192.0.2.7', '192.0.2.200', '198.51.100.1'],
  'test:arn': [user, role, 'arn:aws:s3:::acme/x', 'arn:aws:s3:::acme/y:z'],
};

const patterns = [
  ...texts,
  '*',
  'a*',
  '*b',
  '?',
  'a?*',
  '${test:text}',
  '${test:text}b*',
  '${test:gone}',
  "${test:gone, 'a'}",
  '${aws:username}',
  '${*}',
  '${$}',
];
const expected: Readonly<Record<string, readonly string[]>> = {
  ...keys,
  'test:text': patterns,
  'test:list': patterns,
  'test:address': ['192.0.2.0/24', '192.0.2.128/25', '198.51.100.1', '0.0.0.0/0'],
  'test:arn': [
    ...keys['test:arn']!,
    'arn:*:s3:::acme/*',
    'arn:aws:iam::*:role/*',
    'arn:aws:s3:*:*:*',
  ],
};
const orders = [
  'Equals',
  'NotEquals',
  'LessThan',
  'LessThanEquals',
  'GreaterThan',
  'GreaterThanEquals',
];
const strings = [
  'Equals',
  'NotEquals',
  'EqualsIgnoreCase',
  'NotEqualsIgnoreCase',
  'Like',
  'NotLike',
];
const bases: Readonly<Record<string, readonly string[]>> = {
  'test:text': strings.map((name) => `String${name}`),
  'test:list': strings.map((name) => `String${name}`),
  'test:number': orders.map((name) => `Numeric${name}`),
  'test:date': orders.map((name) => `Date${name}`),
  'test:flag': ['Bool'],
  'test:address': ['IpAddress', 'NotIpAddress'],
  'test:arn': ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals'],
};

const some = (values: readonly string[], maxLength = 3): Arbitrary<string[]> =>
  uniqueArray(constantFrom(...values), { minLength: 1, maxLength });

/** One operator on one key. ForAnyValue with IfExists is left out: AWS does not say which of them wins. */
const condition: Arbitrary<readonly [operator: string, key: string, values: readonly string[]]> =
  constantFrom(...Object.keys(keys)).chain((key) =>
    oneof(
      { weight: 1, arbitrary: tuple(constant('Null'), constant(key), some(['true', 'false'], 1)) },
      {
        weight: 8,
        arbitrary: tuple(
          tuple(
            key === 'test:list'
              ? constantFrom('ForAllValues:', 'ForAnyValue:')
              : constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
            constantFrom(...(bases[key] ?? [])),
            boolean(),
          ).map(
            ([set, base, ifExists]) =>
              `${set}${base}${ifExists && set !== 'ForAnyValue:' ? 'IfExists' : ''}`,
          ),
          constantFrom(key, key.toUpperCase()),
          some(expected[key] ?? []),
        ),
      },
    ),
  );

const conditions: Arbitrary<PlainConditions> = oneof(
  { weight: 2, arbitrary: constant([]) },
  { weight: 3, arbitrary: array(condition, { maxLength: 2 }) },
).map((list) =>
  Object.fromEntries(list.map(([operator, key, values]) => [operator, { [key]: values }])),
);

const requestedActions = ['s3:GetObject', 's3:PutObject', 'ecr:PutImage'];
const actions = [
  ...requestedActions,
  '*',
  '*',
  '*:*',
  's3:*',
  's3:get*',
  'ECR:Put?mage',
  's3:*Object',
  'iam:*',
];
const requestedResources = [
  'arn:aws:s3:::acme/x',
  'arn:aws:s3:::home/dev/a',
  'arn:aws:ecr:eu-west-2:111111111111:repository/shop',
];
const resources = [
  ...requestedResources,
  '*',
  'arn:aws:*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::a*e/?',
  'arn:aws:s3:::home/${aws:username}/*',
  'arn:aws:s3:::*/${test:text}',
  'arn:aws:ecr:*:111111111111:repository/*',
  'arn:*:s3:::acme/*',
];

const negatable = <Name extends string>(
  name: Name,
  values: readonly string[],
): Arbitrary<Partial<Record<Name | `Not${Name}`, readonly string[]>>> =>
  tuple(constantFrom(name, name, name, `Not${name}` as const), some(values)).map(
    ([element, list]) => ({ [element]: list }) as Partial<Record<Name | `Not${Name}`, string[]>>,
  );

const principals: readonly PlainPrincipal[] = [
  '*',
  { AWS: '*' },
  { AWS: user },
  { AWS: role },
  { AWS: session },
  { AWS: accountNames },
  { AWS: [stranger, session] },
  { AWS: stranger, Federated: 'accounts.google.com' },
];
/** Who is left out is named in every way, or in none. */
const excepted: readonly PlainPrincipal[] = [
  { AWS: stranger },
  { AWS: [...accountNames, user, role, session] },
];

const who: Arbitrary<Pick<PlainStatement, 'Principal' | 'NotPrincipal'>> = oneof(
  { weight: 6, arbitrary: constantFrom(...principals).map((Principal) => ({ Principal })) },
  { weight: 1, arbitrary: constantFrom(...excepted).map((NotPrincipal) => ({ NotPrincipal })) },
);

function statement(
  kind: 'identity' | 'resource' | 'rcp',
  effects: readonly ('Allow' | 'Deny')[],
): Arbitrary<PlainStatement> {
  return record({
    effect: constantFrom(...effects),
    action: negatable('Action', actions),
    resource:
      kind === 'resource'
        ? option(negatable('Resource', resources))
        : negatable('Resource', resources),
    named:
      kind === 'identity'
        ? constant({})
        : kind === 'rcp'
          ? constant({ Principal: '*' as const })
          : who,
    condition: conditions,
  })
    .filter(({ effect, named }) => effect === 'Deny' || !('NotPrincipal' in named))
    .map(({ effect, action, resource, named, condition }) => ({
      Effect: effect,
      ...named,
      ...action,
      ...resource,
      ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
    }));
}

const both = ['Allow', 'Allow', 'Allow', 'Deny'] as const;

/** A policy for a kind of place; `effects` are those that its statements have. */
export function policy(
  kind: 'identity' | 'resource' | 'rcp',
  effects: readonly ('Allow' | 'Deny')[] = both,
): Arbitrary<PlainPolicy> {
  return record({
    Version: constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
    Statement: array(statement(kind, effects), { minLength: 1, maxLength: 3 }),
  });
}

/** Every layer, most of them often missing. */
export function policySet(
  effects: readonly ('Allow' | 'Deny')[] = both,
): Arbitrary<PlainSet & Required<Pick<PlainSet, 'identity'>>> {
  const identity = policy('identity', effects);
  return record(
    {
      identity: array(identity, { maxLength: 2 }),
      resource: policy('resource', effects),
      boundary: identity,
      session: array(identity, { minLength: 1, maxLength: 2 }),
      scp: array(array(identity, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
      rcp: array(array(policy('rcp', effects), { minLength: 1, maxLength: 2 }), { maxLength: 1 }),
    },
    { requiredKeys: ['identity'] },
  ).chain((set) => {
    const optional = ['resource', 'boundary', 'session', 'scp', 'rcp'] as const;
    return subarray([...optional], { maxLength: 3 }).map((kept) => ({
      identity: set.identity,
      ...Object.fromEntries(kept.filter((name) => name in set).map((name) => [name, set[name]])),
    }));
  });
}

const contexts: Arbitrary<ReadonlyMap<string, readonly string[]>> = tuple(
  ...Object.entries(keys).map(([key, values]) =>
    option(key === 'test:list' ? some(values) : some(values, 1)).map(
      (given) => [key, given] as const,
    ),
  ),
).map((list) => new Map(list.flatMap(([key, given]) => (given ? [[key, given] as const] : []))));

const askers: readonly {
  readonly principal: RequestPrincipal;
  readonly names: PlainRequest['names'];
  readonly own: Readonly<Record<string, string>>;
}[] = [
  {
    principal: { kind: 'user', partition: 'aws', account, arn: user },
    names: { account: accountNames, session: [user] },
    own: { 'aws:username': 'dev', 'aws:principalarn': user },
  },
  {
    principal: {
      kind: 'role',
      partition: 'aws',
      account,
      name: 'deploy',
      arn: role,
      session: 'run',
    },
    names: { account: accountNames, role: [role], session: [session] },
    own: { 'aws:principalarn': role },
  },
];

export const asked: Arbitrary<AskedRequest> = record({
  asker: constantFrom(...askers),
  resourceAccount: constantFrom(account, account, '222222222222'),
  action: constantFrom(...requestedActions),
  resource: constantFrom(...requestedResources),
  given: contexts,
}).map(({ asker, resourceAccount, action, resource, given }) => ({
  principal: asker.principal,
  resourceAccount,
  given,
  plain: {
    names: asker.names,
    sameAccount: resourceAccount === account,
    action,
    resource,
    context: new Map([
      ...given,
      ...Object.entries(asker.own).map(([key, value]) => [key, [value]] as const),
    ]),
  },
}));

/** The set for the evaluator that is judged. */
function prepared(set: PlainSet): PolicySet {
  const ready = (one: PlainPolicy, kind: PolicyKind): ReturnType<typeof compiled> =>
    compiled(one as unknown as Json, kind);
  const levels = (
    given: readonly (readonly PlainPolicy[])[],
    kind: PolicyKind,
  ): ReturnType<typeof compiled>[][] => given.map((level) => level.map((one) => ready(one, kind)));
  return {
    ...(set.identity ? { identity: set.identity.map((one) => ready(one, 'identity')) } : {}),
    resource: set.resource ? ready(set.resource, 'resource') : 'none',
    ...(set.boundary ? { boundary: ready(set.boundary, 'boundary') } : {}),
    ...(set.session ? { session: set.session.map((one) => ready(one, 'session')) } : {}),
    ...(set.scp ? { scp: levels(set.scp, 'scp') } : {}),
    ...(set.rcp ? { rcp: levels(set.rcp, 'rcp') } : {}),
  };
}

/** What the evaluator that is judged says; `unknown` are keys that it is not told of. */
export function decide(
  set: PlainSet,
  request: AskedRequest,
  unknown: readonly string[] = [],
): Decision {
  const { plain, principal, resourceAccount, given } = request;
  return evaluate(
    prepared(set),
    accessRequest({
      principal,
      action: plain.action,
      resource: plain.resource,
      resourceAccount,
      context: requestContext({ values: given, complete: true, unknown }),
    }),
  );
}

/** Keys of which a request can be left ignorant. */
export const unknownKeys: Arbitrary<string[]> = subarray(Object.keys(keys));
