/**
 * The condition keys of a request. Names are in lower case: IAM takes them in any.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition.html
 */
export interface RequestContext {
  /** Keys whose values are known; an empty list is a key that is not there. Asked key by key, never listed. */
  readonly values: Pick<ReadonlyMap<string, readonly string[]>, 'get'>;
  /** What is true of every other key. */
  readonly rest: (key: string) => MissingKey;
}

/**
 * Why a key has no values: it is certainly not in the request; AWS never has it in such a request; or
 * whoever asks did not say.
 */
export type MissingKey = 'absent' | 'unsupported' | 'unknown';

/** The values of a key (at least one), or why there are none. */
export type KeyState = readonly string[] | MissingKey;

/** How a key stands in a request; `key` is in lower case. */
export function stateOf(context: RequestContext, key: string): KeyState {
  const values = context.values.get(key);
  if (values === undefined) return context.rest(key);
  return values.length === 0 ? 'absent' : values;
}

/** What is known of a request's context. */
interface KnownContext {
  /** Keys in any case. */
  readonly values?: Iterable<readonly [key: string, values: string | readonly string[]]>;
  /** Keys that are not in the request. */
  readonly absent?: Iterable<string>;
  /** Keys of which nothing is known, though everything else is (`complete`). */
  readonly unknown?: Iterable<string>;
  /** Whether every key that is not listed is absent; else it is unknown. */
  readonly complete?: boolean;
}

/** Makes a context of what is known. A key that is listed twice keeps its last values. */
export function requestContext(known: KnownContext): RequestContext {
  const values = new Map<string, readonly string[]>();
  for (const key of known.absent ?? []) values.set(key.toLowerCase(), []);
  for (const [key, given] of known.values ?? [])
    values.set(key.toLowerCase(), typeof given === 'string' ? [given] : given);
  const unknown = new Set([...(known.unknown ?? [])].map((key) => key.toLowerCase()));
  for (const key of unknown) values.delete(key);
  const complete = known.complete ?? false;
  return { values, rest: (key) => (complete && !unknown.has(key) ? 'absent' : 'unknown') };
}
