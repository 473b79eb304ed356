/** What GitHub answered, or why there is no answer. */
export type GitHubAnswer<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | {
      readonly kind: 'failed';
      readonly reason: GitHubFailure;
      readonly status?: number;
      /** For people: what happened, why, what to do. Never holds a token or an answer's text. */
      readonly problem: string;
    };

type GitHubFailure =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'network'
  | 'server'
  | 'unexpected';

/** What an error of a request means; `what` names what was asked for. */
export function failureOf(
  error: unknown,
  what: string,
): Extract<GitHubAnswer<never>, { kind: 'failed' }> {
  const status = statusOf(error);
  switch (status) {
    case undefined:
      // ATTACKER: the message of a refused header quotes the token.
      return {
        kind: 'failed',
        reason: 'network',
        problem: `${what} could not be asked for (${networkCode(error)}): check the network and the address of the API`,
      };
    case 401:
      return {
        kind: 'failed',
        reason: 'unauthorized',
        status,
        problem: `GitHub refused the token when asked for ${what}: it is wrong or has expired`,
      };
    case 403:
      return {
        kind: 'failed',
        reason: 'forbidden',
        status,
        problem: `the token may not read ${what}, or asks too often: it needs "Actions: read" of the repository`,
      };
    case 404:
      return {
        kind: 'failed',
        reason: 'not-found',
        status,
        problem: `GitHub knows no ${what}, or does not show it to this token`,
      };
    default:
      return status >= 500
        ? {
            kind: 'failed',
            reason: 'server',
            status,
            problem: `GitHub answered ${status} when asked for ${what}: try again later`,
          }
        : {
            kind: 'failed',
            reason: 'unexpected',
            status,
            problem: `GitHub answered ${status} when asked for ${what}`,
          };
  }
}

/** An answer whose form is not the documented one. */
export function unexpectedForm(what: string): Extract<GitHubAnswer<never>, { kind: 'failed' }> {
  return {
    kind: 'failed',
    reason: 'unexpected',
    problem: `GitHub's answer about ${what} is not of the documented form`,
  };
}

/** The status of an answer; undefined when none came: a request that never arrived has a made-up 500. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const status: unknown = Reflect.get(error, 'status');
  return typeof status === 'number' && Reflect.get(error, 'response') !== undefined
    ? status
    : undefined;
}

/** `ECONNREFUSED`, wherever in the chain of causes it stands. */
function networkCode(error: unknown): string {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return code;
    if (Reflect.get(at, 'name') === 'TimeoutError') return 'timeout';
    at = Reflect.get(at, 'cause');
  }
  return 'no answer';
}
