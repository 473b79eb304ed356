import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { compilePolicy, type CompiledPolicy } from '../../src/iam/compile.ts';
import { parseJsonDocument } from '../../src/iam/document/json.ts';
import { parsePolicy } from '../../src/iam/parse/policy.ts';
import { sourceFile } from '../../src/text/source.ts';

/** GitHub's provider in an account of nobody. */
export const provider =
  'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';

/** A trust policy from its text. */
function trustPolicy(text: string): CompiledPolicy {
  const file = sourceFile('trust.json', text);
  const { root } = parseJsonDocument(file);
  if (!root) throw new Error('the policy is no JSON');
  return compilePolicy(parsePolicy({ file, root }), 'trust');
}

/** A statement that lets GitHub's provider in under conditions. */
export function statement(
  conditions: object,
  action: string | readonly string[] = 'sts:AssumeRoleWithWebIdentity',
): object {
  return {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: action,
    Condition: conditions,
  };
}

/** A policy of statements. */
export function policyOf(...statements: readonly object[]): CompiledPolicy {
  return trustPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

/** A published trust policy, and which of the tokens a reference engine lets in. */
export interface PublishedPolicy {
  readonly id: string;
  readonly action: string;
  readonly conditions: object;
  readonly verdict: 'correct' | 'flawed';
  readonly class: string;
  readonly reference: Readonly<Record<string, boolean>>;
}

const path = fileURLToPath(
  new URL('../../../../../shared/corpus/trust-policies.json', import.meta.url),
);

/** Published policies beside the checkout, where they are at hand. */
export function publishedPolicies():
  | {
      readonly tokens: Readonly<Record<string, Readonly<Record<string, string>>>>;
      readonly policies: readonly PublishedPolicy[];
    }
  | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
