import type { ClaimName, Claims } from './claims.ts';

/** Claims in the order in which people look for them; `jti` names one token and is left out. */
const order: readonly ClaimName[] = [
  'iss',
  'aud',
  'sub',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'repository_visibility',
  'enterprise',
  'enterprise_id',
  'event_name',
  'environment',
  'environment_node_id',
  'ref',
  'ref_type',
  'ref_protected',
  'head_ref',
  'base_ref',
  'sha',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'job_workflow_ref',
  'job_workflow_sha',
  'actor',
  'actor_id',
  'runner_environment',
  'run_id',
  'run_number',
  'run_attempt',
  'check_run_id',
];

/** A token's claims with their names, in a fixed order; custom properties stand last, by name. */
export function orderedClaims(claims: Claims): readonly (readonly [ClaimName, string])[] {
  const properties = [...claims.keys()]
    .filter((name): name is ClaimName => name.startsWith('repo_property_'))
    .toSorted();
  return [...order, ...properties].flatMap((name) => {
    const value = claims.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
}

/**
 * One line per claim, names padded to one width. Values are quoted as in JSON, so that a control
 * character of an environment's name cannot draw on a terminal; the token itself is not an input.
 */
export function showClaims(claims: Claims): readonly string[] {
  const rows = orderedClaims(claims);
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${quoted(value)}`);
}

/** JSON leaves DEL, C1 controls and bidirectional marks as they are. */
function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
