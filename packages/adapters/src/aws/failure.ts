/** Why AWS did not answer a question. Never holds credentials. */
export interface AwsFailure {
  readonly kind: 'no-credentials' | 'expired' | 'refused' | 'unreachable' | 'failed';
  /** The permission that the call needs: `iam:ListRoles`. */
  readonly action: string;
  /** The service's own sentence, or the system's. */
  readonly problem: string;
}

/** Whether a thrown value is a failure of AWS. */
export function isAwsFailure(value: unknown): value is AwsError {
  return value instanceof AwsError;
}

/** A failure, thrown. */
export class AwsError extends Error implements AwsFailure {
  readonly kind: AwsFailure['kind'];
  readonly action: string;
  readonly problem: string;

  constructor(action: string, error: unknown) {
    const problem = sentence(error);
    super(`${action}: ${problem}`, { cause: error });
    this.name = 'AwsError';
    this.action = action;
    this.problem = problem;
    this.kind = kindOf(error);
  }
}

/** Runs a call; what it throws becomes an {@link AwsError} that names the permission. */
export async function call<Result>(action: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new AwsError(action, error);
  }
}

const refused: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'AuthorizationError',
]);
/** Names of https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html, and the SDK's own. */
const expired: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const noCredentials: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
]);

function kindOf(error: unknown): AwsFailure['kind'] {
  const name = property(error, 'name') ?? '';
  if (noCredentials.has(name)) return 'no-credentials';
  if (refused.has(name)) return 'refused';
  if (expired.has(name)) return 'expired';
  const code = property(error, 'code') ?? '';
  return /^E[A-Z]+$/.test(code) || name === 'TimeoutError' ? 'unreachable' : 'failed';
}

function sentence(error: unknown): string {
  const message = property(error, 'message') ?? '';
  const name = property(error, 'name') ?? 'Error';
  const text =
    message === '' || message === 'UnknownError' ? (property(error, 'code') ?? name) : message;
  return refused.has(name) || expired.has(name) ? `${name}: ${text}` : text;
}

function property(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : undefined;
}
