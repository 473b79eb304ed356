import {
  accessDeniedMessage,
  accessRequest,
  evaluate,
  evaluateTrust,
  issuerOf,
  readPrincipal,
  requestContext,
  type CompiledPolicy,
  type PolicySet,
  type RequestContext,
  type RequestPrincipal,
} from '@sallyport/core';

import type { EvaluateCommandOptions } from '../commands/evaluate.ts';
import { readPolicy } from './input.ts';
import type { EvaluateReport } from './report.ts';
import { wrongUsage } from './usage.ts';

/** The part of a report that a question is answered by. */
export type Answer = Pick<EvaluateReport, 'decision' | 'asked' | 'message' | 'unmapped'> & {
  readonly policies: readonly CompiledPolicy[];
};

/**
 * Asks a trust policy about a token.
 * @throws SallyportError `USAGE`, `INPUT_INVALID`
 */
export function askTrust(
  options: EvaluateCommandOptions,
  claims: ReadonlyMap<string, string>,
  cwd: string,
): Answer {
  const [path = '', ...more] = options.policy;
  if (more.length > 0)
    throw wrongUsage(
      'a token is asked about at one trust policy',
      'give --policy once, or --action instead of a token',
    );
  const policy = readPolicy(cwd, path, 'trust');
  const rcp = options.rcp.map((file) => [readPolicy(cwd, file, 'rcp')]);
  const [provider, taken] = providerOf(options, policy, claims);
  const decision = evaluateTrust(policy, {
    provider,
    claims,
    ...(options.role === undefined ? {} : { role: options.role }),
    ...(options.sessionName === undefined ? {} : { sessionName: options.sessionName }),
    context: contextOf(options),
    ...(rcp.length > 0 ? { rcp } : {}),
  });
  const asked = {
    principal: provider,
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: options.role ?? '*',
  };
  const assumptions = [
    ...(taken ? [`the provider is the policy's own, ${provider}`] : []),
    ...decision.assumptions,
  ];
  const { verdict, cause, reason, trace, unmapped } = decision;
  return {
    decision: { verdict, cause, reason, trace, assumptions },
    asked,
    message: verdict === 'denied' ? `Not authorized to perform ${asked.action}` : undefined,
    unmapped,
    policies: [policy, ...rcp.flat()],
  };
}

/** The provider that was given, or the one that the policy names for the token's issuer. */
function providerOf(
  { provider }: EvaluateCommandOptions,
  { policy }: CompiledPolicy,
  claims: ReadonlyMap<string, string>,
): [arn: string, taken: boolean] {
  if (provider !== undefined) return [provider, false];
  const issuer = claims
    .get('iss')
    ?.replace(/^https:\/\//, '')
    .replace(/\/$/, '');
  const named = policy.statements.flatMap(({ principal }) =>
    (principal?.values ?? []).flatMap(({ kind, value }) => {
      const [text, ...more] = value.pieces;
      return kind === 'Federated' && typeof text === 'string' && more.length === 0 ? [text] : [];
    }),
  );
  const fitting = new Set(named.filter((arn) => issuer === undefined || issuerOf(arn) === issuer));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return [only, true];
  throw wrongUsage(
    fitting.size === 0
      ? `the policy names no identity provider${issuer === undefined ? '' : ` for ${issuer}`}`
      : 'the policy names several identity providers',
    'give the one that the token is for: --provider arn:aws:iam::<account>:oidc-provider/<issuer>',
  );
}

/**
 * Asks all policies about an action.
 * @throws SallyportError `USAGE`, `INPUT_INVALID`
 */
export function askAction(options: EvaluateCommandOptions, action: string, cwd: string): Answer {
  const read = options.policy.map((path) => readPolicy(cwd, path));
  const resources = read.filter(({ kind }) => kind !== 'identity');
  const [resource, ...more] = resources;
  if (more.length > 0)
    throw wrongUsage(
      'two policies have a Principal, and a resource has only one policy',
      'give the policy of the resource, and those of the principal',
    );
  const identity = read.filter(({ kind }) => kind === 'identity');
  const boundary =
    options.boundary === undefined ? undefined : readPolicy(cwd, options.boundary, 'boundary');
  const session = options.sessionPolicy.map((path) => readPolicy(cwd, path, 'session'));
  const scp = options.scp.map((path) => [readPolicy(cwd, path, 'scp')]);
  const rcp = options.rcp.map((path) => [readPolicy(cwd, path, 'rcp')]);
  const set: PolicySet = {
    ...(identity.length > 0 ? { identity } : {}),
    ...(resource ? { resource } : {}),
    ...(boundary ? { boundary } : {}),
    ...(session.length > 0 ? { session } : {}),
    ...(scp.length > 0 ? { scp } : {}),
    ...(rcp.length > 0 ? { rcp } : {}),
  };
  const request = accessRequest({
    principal: principalOf(options.principal),
    action,
    resource: options.resource ?? '*',
    ...(options.resourceAccount === undefined ? {} : { resourceAccount: options.resourceAccount }),
    context: contextOf(options),
  });
  const decision = evaluate(set, request);
  return {
    decision,
    asked: { principal: options.principal, action, resource: request.resource },
    message: accessDeniedMessage(decision, request),
    policies: [...read, ...(boundary ? [boundary] : []), ...session, ...scp.flat(), ...rcp.flat()],
  };
}

function principalOf(text: string | undefined): RequestPrincipal {
  if (text === undefined) return { kind: 'unspecified' };
  const principal = readPrincipal(text);
  if (principal) return principal;
  throw wrongUsage(
    `--principal "${text}" is no principal`,
    'give the ARN of a role, a session, a user, a root user or a provider, 12 digits, or a service such as codebuild.amazonaws.com',
  );
}

function contextOf({ context, absent, complete }: EvaluateCommandOptions): RequestContext {
  const values = new Map<string, string[]>();
  for (const given of context) {
    const at = given.indexOf('=');
    if (at < 1)
      throw wrongUsage(`--context "${given}" has no "="`, 'write --context aws:SourceIp=192.0.2.7');
    const key = given.slice(0, at).toLowerCase();
    values.set(key, [...(values.get(key) ?? []), given.slice(at + 1)]);
  }
  return requestContext({ values, absent, complete });
}
