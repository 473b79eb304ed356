import { compilePolicy, type CompiledPolicy } from '../../src/iam/compile.ts';
import { readJsonDocument } from '../../src/iam/document/json.ts';
import { parsePolicy } from '../../src/iam/parse/policy.ts';
import type { PolicyKind } from '../../src/iam/policy-kind.ts';
import type { Policy } from '../../src/iam/policy.ts';
import { sourceFile } from '../../src/text/source.ts';

/** Any JSON. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A policy as people write it, parsed. */
function parsed(policy: Json, name = 'policy.json'): Policy {
  return parsePolicy(readJsonDocument(sourceFile(name, JSON.stringify(policy))));
}

/** The same, ready for its place. */
export function compiled(
  policy: Json,
  kind: PolicyKind = 'identity',
  name?: string,
): CompiledPolicy {
  return compilePolicy(parsed(policy, name ?? `${kind}.json`), kind);
}

/** A policy that allows everything under one condition. */
export function allowedIf(
  operator: string,
  key: string,
  expected: Json,
  version = '2012-10-17',
): Json {
  return {
    Version: version,
    Statement: {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { [operator]: { [key]: expected } },
    },
  };
}
