import type { ClaimName, Claims } from './claims.ts';

/** The payload of a token as claims, and what is wrong with it. Nothing here verifies a signature. */
export interface ReadToken {
  readonly claims: Claims;
  /** Every audience; `aud` of the claims is the first. */
  readonly audiences: readonly string[];
  /** Seconds since 1970; absent where the claim is missing or no number. */
  readonly times: { readonly iat?: number; readonly nbf?: number; readonly exp?: number };
  /** Claims that this project does not know, by name. */
  readonly unknown: readonly string[];
  readonly problems: readonly TokenProblem[];
}

/** A claim that is not as GitHub writes it. */
interface TokenProblem {
  readonly claim: string;
  readonly problem: string;
}

const required: readonly ClaimName[] = ['iss', 'aud', 'sub'];

const known: ReadonlySet<string> = new Set<ClaimName>([
  ...required,
  'ref',
  'ref_type',
  'ref_protected',
  'sha',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'repository_visibility',
  'actor',
  'actor_id',
  'event_name',
  'head_ref',
  'base_ref',
  'run_id',
  'run_number',
  'run_attempt',
  'runner_environment',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'job_workflow_ref',
  'job_workflow_sha',
  'environment',
  'environment_node_id',
  'enterprise',
  'enterprise_id',
  'check_run_id',
  'jti',
]);

/** Reads a payload that was decoded from JSON; hostile ones have problems, they never throw. */
export function readClaims(payload: unknown): ReadToken {
  const claims = new Map<ClaimName, string>();
  const problems: TokenProblem[] = [];
  const unknown: string[] = [];
  const times: { iat?: number; nbf?: number; exp?: number } = {};
  let audiences: readonly string[] = [];
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    problems.push({ claim: '', problem: 'the payload is no JSON object' });
    return { claims, audiences, times, unknown, problems };
  }
  for (const [name, value] of Object.entries(payload) as [string, unknown][]) {
    if (name === 'iat' || name === 'nbf' || name === 'exp') {
      if (typeof value === 'number' && Number.isSafeInteger(value)) times[name] = value;
      else problems.push({ claim: name, problem: 'must be a whole number of seconds' });
    } else if (name === 'aud' && Array.isArray(value)) {
      audiences = value.filter((one): one is string => typeof one === 'string');
      if (audiences.length < value.length)
        problems.push({ claim: name, problem: 'holds something that is no string' });
      problems.push({
        claim: name,
        problem: `is a list of ${value.length}; GitHub writes one string`,
      });
      const [first] = audiences;
      if (first !== undefined) claims.set('aud', first);
    } else if (!isClaimName(name)) unknown.push(name);
    else if (typeof value === 'string') claims.set(name, value);
    else problems.push({ claim: name, problem: 'must be a string' });
  }
  if (typeof Reflect.get(payload, 'aud') === 'string') audiences = [claims.get('aud') ?? ''];
  for (const name of required)
    if (!claims.has(name) && !problems.some(({ claim }) => claim === name))
      problems.push({ claim: name, problem: 'is missing' });
  return { claims, audiences, times, unknown, problems };
}

function isClaimName(name: string): name is ClaimName {
  return known.has(name) || /^repo_property_\w+$/.test(name);
}
