import type { CredentialInputName, CredentialMethod, CredentialStep } from '../credentials/step.ts';
import { evaluateText, truthOf, type Scope, type Truth } from '../workflow/evaluate.ts';
import { stepScope } from './step-scope.ts';

/** How a step gets its credentials in one event; `open` names the input that only a run tells. */
export interface Method {
  readonly method: CredentialMethod;
  readonly open?: CredentialInputName;
}

/**
 * The flow of aws-actions/configure-aws-credentials v6 with the inputs as they are in one event: an
 * input that comes to nothing counts as absent, `role-chaining: ${{ inputs.chain }}` as it is.
 */
export function methodAt(credential: CredentialStep, scope: Scope): Method {
  // A key that is not known is taken for one: a step with a key asks for no token.
  if (isSet('aws-access-key-id', credential, scope) !== false) {
    const session = credential.input('aws-session-token') !== undefined;
    return { method: session ? 'session-keys' : 'keys' };
  }
  const chained = isOn('role-chaining', credential, scope);
  if (chained === true) return { method: 'chained' };
  if (isSet('web-identity-token-file', credential, scope) !== false) {
    return { method: 'web-identity-file' };
  }
  const skipped = isOn('force-skip-oidc', credential, scope);
  if (skipped === true || !credential.input('role-to-assume')) return { method: 'ambient' };
  if (chained === 'unknown') return { method: 'oidc', open: 'role-chaining' };
  if (skipped === 'unknown') return { method: 'oidc', open: 'force-skip-oidc' };
  return { method: 'oidc' };
}

function isSet(name: CredentialInputName, credential: CredentialStep, scope: Scope): Truth {
  const input = credential.input(name);
  if (!input) return false;
  return truthOf(evaluateText(input.text, stepScope(input.frame, scope)));
}

function isOn(name: CredentialInputName, credential: CredentialStep, scope: Scope): Truth {
  const input = credential.input(name);
  if (!input) return false;
  const value = evaluateText(input.text, stepScope(input.frame, scope));
  if (value.kind !== 'known') return 'unknown';
  return /^(?:true|True|TRUE)$/.test(String(value.value));
}
