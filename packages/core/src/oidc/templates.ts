/**
 * Which templates (`include_claim_keys`) of a stranger's repository could make a subject that one of
 * these patterns of IAM accepts: every key alone, and the keys that a pattern spells, with and without
 * another one before or behind. What a longer template could add is a value that these have too.
 */
export function templatesFor(patterns: readonly string[]): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  // ATTACKER: a policy holds many patterns; each one looks at a bounded number of templates.
  for (const pattern of patterns.slice(0, maxPatterns))
    for (const keys of candidatesFor(pattern)) {
      if (!found.has(keys.join()) && matchesSome(pattern, keys)) found.set(keys.join(), keys);
      if (found.size >= maxTemplates) return [...found.values()];
    }
  return [...found.values()];
}

const maxPatterns = 200;
const maxTemplates = 60;
const maxSpelled = 8;

/** Keys that an owner may put into a template, the ones that hold most first. */
const claimKeys: readonly string[] = [
  'repo',
  'context',
  'environment',
  'ref',
  'workflow',
  'actor',
  'job_workflow_ref',
  'head_ref',
  'base_ref',
  'repository',
  'repository_owner',
  'workflow_ref',
  'repository_id',
  'repository_owner_id',
  'repository_visibility',
  'actor_id',
  'event_name',
  'ref_type',
  'ref_protected',
  'runner_environment',
  'sha',
  'run_id',
  'run_number',
  'run_attempt',
  'workflow_sha',
  'job_workflow_sha',
  'check_run_id',
  'enterprise',
  'enterprise_id',
];

/** Keys whose values an owner writes at will. */
const chosen: readonly string[] = ['environment', 'workflow', 'ref', 'job_workflow_ref'];

function candidatesFor(pattern: string): readonly (readonly string[])[] {
  const spelled = spelledKeys(pattern);
  const sequences = [spelled, withContext(spelled)].filter((keys) => keys.length > 0);
  const mixed = sequences.flatMap((keys) => [
    keys,
    ...chosen.flatMap((key) => [
      [key, ...keys],
      [...keys, key],
    ]),
  ]);
  // Behind a wildcard one key is as good as another: the ones whose values an owner writes stand for all.
  const open = /^[*?]/.test(pattern);
  const single = open ? claimKeys.filter((key) => chosen.includes(key)) : claimKeys;
  const properties = spelled.filter((key) => !claimKeys.includes(key));
  const all = [...[...single, ...properties].map((key) => [key]), ...mixed];
  // GitHub's own default is no template, and a key twice is not one either.
  return all.filter((keys) => new Set(keys).size === keys.length && keys.join() !== 'repo,context');
}

/** The keys that stand in front of a colon. */
function spelledKeys(pattern: string): readonly string[] {
  const keys = [...pattern.matchAll(/(?<![a-z0-9_])([a-z][a-z0-9_]*):/g)].map(
    ([, key = '']) => key,
  );
  return [...new Set(keys)]
    .filter((key) => claimKeys.includes(key) || /^repo_property_\w+$/.test(key))
    .slice(0, maxSpelled);
}

/** `context` for the `environment` or `ref` that it is written as. */
function withContext(keys: readonly string[]): readonly string[] {
  return keys.map((key) => (key === 'environment' || key === 'ref' ? 'context' : key));
}

/** Whether any values, free of colons, make a subject that the pattern matches. */
function matchesSome(pattern: string, keys: readonly string[]): boolean {
  const glob = Array.from(pattern);
  const ends = keys.includes('context') ? contextEnds : [[]];
  return ends.some((end) => {
    const skeleton = keys.flatMap((key, index): readonly Part[] => [
      ...(index > 0 ? [':'] : []),
      ...partsOf(key, end),
    ]);
    return overlap(glob, skeleton);
  });
}

/** Any letters but a colon. */
const value = Symbol('value');
type Part = string | typeof value;

const contextEnds: readonly (readonly Part[])[] = [
  [...Array.from('environment:'), value],
  [...Array.from('ref:'), value],
  Array.from('pull_request'),
];

function partsOf(key: string, context: readonly Part[]): readonly Part[] {
  if (key === 'context') return context;
  if (key === 'repo') return [...Array.from('repo:'), value, '/', value];
  return [...Array.from(`${key}:`), value];
}

/** Whether a glob and a skeleton have a text in common, by the places that both can reach together. */
function overlap(glob: readonly string[], skeleton: readonly Part[]): boolean {
  const width = skeleton.length + 1;
  const seen = new Set<number>([0]);
  const reach = (at: number, place: number): void => {
    if (at <= glob.length && place < width) seen.add(at * width + place);
  };
  // A set grows while it is walked: at most as many places as letters times parts.
  for (const found of seen) {
    const at = Math.floor(found / width);
    const place = found % width;
    if (at === glob.length && place === skeleton.length) return true;
    const letter = glob[at];
    const part = skeleton[place];
    if (letter === '*') reach(at + 1, place);
    if (typeof part === 'symbol') reach(at, place + 1);
    if (letter === undefined || part === undefined) continue;
    const next = at + (letter === '*' ? 0 : 1);
    const stays = typeof part === 'symbol';
    const fits =
      letter === '*' || letter === '?' || (part === value ? letter !== ':' : letter === part);
    if (fits) reach(next, stays ? place : place + 1);
  }
  return false;
}
