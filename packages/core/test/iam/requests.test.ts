import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { CompiledPolicy } from '../../src/iam/compile.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import { and, type Match } from '../../src/iam/match.ts';
import type { PolicyKind } from '../../src/iam/policy-kind.ts';
import { unknownPolicy, type PolicySet } from '../../src/iam/policy-set.ts';
import { requestContext } from '../../src/iam/request/context.ts';
import { readPrincipal, type RequestPrincipal } from '../../src/iam/request/principal.ts';
import { accessRequest, type AccessRequest } from '../../src/iam/request/request.ts';
import { compiled, type Json } from './policies.ts';

interface Case {
  readonly name: string;
  readonly policies: {
    readonly identity?: readonly Json[];
    readonly resource?: Json;
    readonly trust?: Json;
    readonly boundary?: Json;
    readonly session?: readonly Json[];
    readonly scp?: readonly (readonly Json[])[];
    readonly rcp?: readonly (readonly Json[])[];
  };
  readonly request: {
    readonly principal: string | { readonly arn: string; readonly session?: string } | null;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string;
    readonly context: Readonly<Record<string, string | readonly string[] | null>>;
    readonly unknown?: readonly string[];
    readonly complete: boolean;
  };
  readonly expect: { readonly verdict: string; readonly layer?: string; readonly reason?: string };
}

const path = new URL('../../../../corpus/iam/requests.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fileURLToPath(path), 'utf8')) as { cases: Case[] };

function policy(json: Json, kind: PolicyKind, place: string = ''): CompiledPolicy {
  const name = `${kind}${place}.json`;
  return json === 'unknown' ? unknownPolicy(name, kind) : compiled(json, kind, name);
}

function setOf({
  identity,
  resource,
  trust,
  boundary,
  session,
  scp,
  rcp,
}: Case['policies']): PolicySet {
  return {
    ...(identity
      ? { identity: identity.map((one, index) => policy(one, 'identity', `${index}`)) }
      : {}),
    ...(resource === undefined
      ? {}
      : { resource: resource === 'none' ? resource : policy(resource, 'resource') }),
    ...(trust === undefined ? {} : { resource: policy(trust, 'trust') }),
    ...(boundary === undefined ? {} : { boundary: policy(boundary, 'boundary') }),
    ...(session
      ? { session: session.map((one, index) => policy(one, 'session', `${index}`)) }
      : {}),
    ...(scp ? { scp: levels(scp, 'scp') } : {}),
    ...(rcp ? { rcp: levels(rcp, 'rcp') } : {}),
  };
}

function levels(given: readonly (readonly Json[])[], kind: PolicyKind): CompiledPolicy[][] {
  return given.map((level, at) => level.map((one, index) => policy(one, kind, `${at}-${index}`)));
}

function principalOf(given: Case['request']['principal']): RequestPrincipal {
  const text = typeof given === 'string' ? given : (given?.arn ?? '');
  const principal = given === null ? ({ kind: 'unspecified' } as const) : readPrincipal(text);
  if (!principal) throw new Error(`${text} is no principal`);
  if (typeof given === 'string' || given === null || principal.kind !== 'role') return principal;
  return { ...principal, session: given.session };
}

function requestOf({
  principal,
  context,
  unknown,
  complete,
  ...rest
}: Case['request']): AccessRequest {
  const values = Object.entries(context).map(([key, value]) => [key, value ?? []] as const);
  return accessRequest({
    ...rest,
    principal: principalOf(principal),
    context: requestContext({ values, complete, ...(unknown ? { unknown } : {}) }),
  });
}

describe('requests of the corpus', () => {
  it('are many', () => expect(cases.length).toBeGreaterThan(150));

  it.each(cases)('$name: $expect.verdict', ({ policies, request, expect: expected }) => {
    const decision = evaluate(setOf(policies), requestOf(request));
    const { cause } = decision;
    expect({
      verdict: decision.verdict,
      ...('layer' in cause ? { layer: cause.layer } : {}),
      reason: decision.reason,
    }).toEqual({
      verdict: expected.verdict,
      ...(expected.layer === undefined ? {} : { layer: expected.layer }),
      reason: expect.stringContaining(expected.reason ?? '') as string,
    });
    // The trace tells the same as the verdict: a statement matches when all of its parts do.
    for (const { matched, elements, conditions, problem } of decision.trace) {
      const parts = [...elements, ...conditions].map(({ result }) => result);
      expect(matched).toBe(problem === undefined ? parts.reduce<Match>(and, true) : 'undecided');
    }
    if (cause.kind === 'allowed' || cause.kind === 'explicit-deny') {
      const place = cause.place;
      const traced = decision.trace.find(
        (one) =>
          one.layer === cause.layer &&
          one.policy === place?.policy.name &&
          one.statement === place.statement.statement.index &&
          one.matched === true,
      );
      const effect = cause.kind === 'allowed' ? 'Allow' : 'Deny';
      if (place) expect(traced).toMatchObject({ effect, matched: true });
    }
  });
});
