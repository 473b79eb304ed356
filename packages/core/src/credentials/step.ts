import { entryOf, inputOf, type Step, type Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { frameOf, outermost, type Frame } from './frame.ts';

/**
 * How a credential step gets its credentials, by the flow of aws-actions/configure-aws-credentials
 * v6: OIDC if and only if a role is given and none of access key, web identity file, role chaining
 * and force-skip-oidc is.
 */
export type CredentialMethod =
  | 'oidc'
  | 'keys'
  | 'session-keys'
  | 'chained'
  | 'web-identity-file'
  | 'ambient';

/** An input of a credential step and whether it came by `with:` or by an environment variable. */
export interface CredentialInput {
  readonly text: Text;
  readonly from: 'with' | 'env';
  /** The frame in which the value must be read: an `env` of the caller belongs to the caller. */
  readonly frame: Frame;
}

/**
 * A step that puts AWS credentials into the job: configure-aws-credentials, a fork of it, or an
 * action with the same inputs. For one inside a composite action there is one per use.
 */
export interface CredentialStep {
  readonly step: Step;
  readonly frame: Frame;
  /** The step of the job that leads here: `step` itself, or the use of the composite action. */
  readonly jobStep: Step | undefined;
  readonly method: CredentialMethod;
  /** Whether it is configure-aws-credentials itself; others are recognised by their inputs. */
  readonly known: boolean;
  /** An input of configure-aws-credentials by name, its environment fallback included. */
  input(name: CredentialInputName): CredentialInput | undefined;
}

/**
 * Inputs and the environment variables that configure-aws-credentials reads in their place
 * (`translateEnvVariables` in its source, v6.2.3). Keys have none: the SDK reads those itself.
 */
const fallbacks = {
  'aws-region': 'AWS_REGION',
  'role-to-assume': 'ROLE_TO_ASSUME',
  'aws-access-key-id': undefined,
  'aws-secret-access-key': undefined,
  'aws-session-token': undefined,
  'web-identity-token-file': 'WEB_IDENTITY_TOKEN_FILE',
  'role-chaining': 'ROLE_CHAINING',
  audience: undefined,
  'role-duration-seconds': 'ROLE_DURATION_SECONDS',
  'role-external-id': 'ROLE_EXTERNAL_ID',
  'role-session-name': 'ROLE_SESSION_NAME',
  'role-skip-session-tagging': 'ROLE_SKIP_SESSION_TAGGING',
  'disable-retry': 'DISABLE_RETRY',
  'retry-max-attempts': 'RETRY_MAX_ATTEMPTS',
  'special-characters-workaround': 'SPECIAL_CHARACTERS_WORKAROUND',
  'use-existing-credentials': 'USE_EXISTING_CREDENTIALS',
  'allowed-account-ids': undefined,
  'force-skip-oidc': undefined,
  'output-credentials': 'OUTPUT_CREDENTIALS',
  'output-env-credentials': undefined,
  'aws-profile': undefined,
} as const;

export type CredentialInputName = keyof typeof fallbacks;

/** Whether a `uses:` names configure-aws-credentials or a fork that kept the name. */
export function isConfigureAwsCredentials(uses: string | undefined): boolean {
  return uses !== undefined && /^[^/\s]+\/configure-aws-credentials(?:[@/]|$)/i.test(uses);
}

/** The credential step that a step is in a frame; undefined when it is none. */
function credentialStep(
  step: Step,
  frame: Frame,
  repository: Repository,
): CredentialStep | undefined {
  if (!step.uses) return undefined;
  const known = isConfigureAwsCredentials(step.uses.value);
  const action = repository.actionOf(step);
  // A composite action is followed into its steps instead; its inputs say nothing by themselves.
  if (action?.using?.value === 'composite') return undefined;
  if (!known && !inputOf(step, 'role-to-assume') && !inputOf(step, 'aws-access-key-id'))
    return undefined;
  if (!known && !action && !/^\.\/?$/.test(step.uses.value) && !inputOf(step, 'role-to-assume'))
    return undefined;
  const inputs = new Map<CredentialInputName, CredentialInput | undefined>();
  const input = (name: CredentialInputName): CredentialInput | undefined => {
    let found = inputs.get(name);
    if (found === undefined && !inputs.has(name)) {
      found = readInput(name, step, frame, known);
      inputs.set(name, found);
    }
    return found;
  };
  return {
    step,
    frame,
    jobStep: outermost(frame).job ? outermost(frame).step : undefined,
    known,
    method: methodOf(input),
    input,
  };
}

function readInput(
  name: CredentialInputName,
  step: Step,
  frame: Frame,
  known: boolean,
): CredentialInput | undefined {
  const given = inputOf(step, name);
  if (given)
    return given.value === '' || isUnfilled(given, frame)
      ? undefined
      : { text: given, from: 'with', frame };
  const variable = fallbacks[name];
  return known && variable ? fromEnv(variable, frame) : undefined;
}

/** `${{ inputs.x }}` of a composite action whose caller gives no x, and which has no default for it. */
function isUnfilled(text: Text, frame: Frame): boolean {
  const user = frame.caller?.step;
  const name = /^\$\{\{\s*inputs\.([\w-]+)\s*\}\}$/.exec(text.value)?.[1]?.toLowerCase();
  if (!user || name === undefined || !frame.action) return false;
  const declared = frame.action.inputs.find((input) => input.name.toLowerCase() === name);
  return !inputOf(user, name) && (declared?.default?.value ?? '') === '';
}

function fromEnv(name: string, frame: Frame): CredentialInput | undefined {
  const levels = [frame.step?.env, frame.job?.env, frame.job?.workflow.env];
  for (const entries of levels) {
    const text = entries && entryOf(entries, name)?.value;
    if (text) return text.value === '' ? undefined : { text, from: 'env', frame };
  }
  return frame.caller ? fromEnv(name, frame.caller) : undefined;
}

function methodOf(
  input: (name: CredentialInputName) => CredentialInput | undefined,
): CredentialMethod {
  if (input('aws-access-key-id')) return input('aws-session-token') ? 'session-keys' : 'keys';
  if (isTrue(input('role-chaining'))) return 'chained';
  if (input('web-identity-token-file')) return 'web-identity-file';
  if (isTrue(input('force-skip-oidc')) || !input('role-to-assume')) return 'ambient';
  return 'oidc';
}

/** The booleans that the action accepts: true, True, TRUE. */
function isTrue(input: CredentialInput | undefined): boolean {
  return input !== undefined && /^(?:true|True|TRUE)$/.test(input.text.value);
}

const maxDepth = 10;
const maxSteps = 500;

/** The credential steps that a step of a job or an action leads to, through composite actions. */
export function credentialStepsOf(
  step: Step,
  repository: Repository,
  caller?: Frame,
): CredentialStep[] {
  return expand(step, repository, caller, 0).slice(0, maxSteps);
}

function expand(
  step: Step,
  repository: Repository,
  caller: Frame | undefined,
  depth: number,
): CredentialStep[] {
  const frame = frameOf(step, caller);
  const direct = credentialStep(step, frame, repository);
  if (direct) return [direct];
  const action = repository.actionOf(step);
  // ATTACKER: composite actions can use each other; GitHub stops at ten levels.
  if (!action || depth >= maxDepth) return [];
  return action.steps
    .flatMap((inner) => expand(inner, repository, frame, depth + 1))
    .slice(0, maxSteps);
}
