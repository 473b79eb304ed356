import { sourceFile } from '../text/source.ts';
import type { CompiledPolicy } from './compile.ts';
import { askLayer, type LayerAnswer } from './layer.ts';
import { and, type Match } from './match.ts';
import type { PolicyKind } from './policy-kind.ts';
import type { PolicyLayer } from './policy-layer.ts';
import type { AccessRequest } from './request/request.ts';

/** Every policy that has a say in a request. A policy whose document is not known is an {@link unknownPolicy}. */
export interface PolicySet {
  /** Those attached to the principal; undefined when they are not known, an empty list when there are none. */
  readonly identity?: readonly CompiledPolicy[];
  /**
   * That of the resource, `none` when it certainly has none. When it is left out, a request inside one
   * account is judged without it, unless its kind of resource cannot be used without.
   */
  readonly resource?: CompiledPolicy | 'none';
  /** Without one there is none. */
  readonly boundary?: CompiledPolicy;
  /** One of the session must allow, when there are any. */
  readonly session?: readonly CompiledPolicy[];
  /** From the organisation's root down to the account: at each level one must allow. */
  readonly scp?: readonly (readonly CompiledPolicy[])[];
  readonly rcp?: readonly (readonly CompiledPolicy[])[];
}

/** A group of policies that must allow, with what they say. */
export interface AskedLayer {
  readonly layer: PolicyLayer;
  readonly policies: readonly CompiledPolicy[];
  readonly answer: LayerAnswer;
}

/** A policy that is attached, but whose document is not known: it may allow or deny anything. */
export function unknownPolicy(name: string, kind: PolicyKind): CompiledPolicy {
  const file = sourceFile(name, '');
  const range = { start: 0, end: 0 };
  const message = `the document of ${name} is not known`;
  const problem = { code: 'policy-unresolved', range, message, fatal: true } as const;
  const policy = { file, range, statements: [], problems: [problem] };
  return { policy, kind, name, statements: [], problems: [problem], fatal: problem };
}

/** Asks the layers that are given, in the order in which AWS's messages name them. */
export function askLayers(set: PolicySet, request: AccessRequest): AskedLayer[] {
  const asked: AskedLayer[] = [];
  const ask = (layer: PolicyLayer, policies: readonly CompiledPolicy[]): void => {
    asked.push({ layer, policies, answer: askLayer(policies, request) });
  };
  for (const level of set.scp ?? []) ask('scp', level);
  for (const level of set.rcp ?? []) ask('rcp', level);
  if (set.resource !== undefined && set.resource !== 'none')
    ask(set.resource.kind === 'trust' ? 'trust' : 'resource', [set.resource]);
  if (set.identity) ask('identity', set.identity);
  if (set.boundary) ask('boundary', [set.boundary]);
  if (set.session && set.session.length > 0) ask('session', set.session);
  return asked;
}

/** Whether every group of these layers allows; true when there is none. */
export function allAllow(asked: readonly AskedLayer[], layers: readonly PolicyLayer[]): Match {
  let match: Match = true;
  for (const { layer, answer } of asked)
    if (layers.includes(layer)) match = and(match, answer.allow);
  return match;
}
