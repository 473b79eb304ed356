/** Where in the promotion something stands, as far as its name says. */
export type Stage = 'dev' | 'test' | 'staging' | 'production';

const words: Readonly<Record<string, Stage>> = {
  dev: 'dev',
  develop: 'dev',
  development: 'dev',
  devel: 'dev',
  sandbox: 'dev',
  test: 'test',
  testing: 'test',
  tests: 'test',
  qa: 'test',
  uat: 'test',
  e2e: 'test',
  nonprod: 'test',
  nonproduction: 'test',
  staging: 'staging',
  stage: 'staging',
  stg: 'staging',
  preprod: 'staging',
  preproduction: 'staging',
  preview: 'staging',
  prod: 'production',
  production: 'production',
  prd: 'production',
};

/** `pre-prod` and `non-production` are no production. */
const negations: Readonly<Record<string, Stage>> = {
  pre: 'staging',
  non: 'test',
  not: 'test',
  no: 'test',
};

/** The words of a name: `HindsightProdStack`, `hindsight_prod_stack` and `PROD-2` all have `prod`. */
export function wordsOf(text: string): readonly string[] {
  let found = known.get(text);
  if (!found) {
    found = cut(text);
    // ATTACKER: what is kept must not grow with the number of files of a long run.
    if (known.size > 10_000) known.clear();
    if (text.length < 100) known.set(text, found);
  }
  return found;
}

/** Names of jobs, branches, stages and tasks are few, and asked for by many. */
const known = new Map<string, readonly string[]>();

function cut(text: string): string[] {
  if (text === '') return [];
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/([a-z]{3,})(\d)/gi, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** The stages that a name speaks of, by whole words: `product-x` and `prodigy` speak of none. */
export function stagesIn(text: string): ReadonlySet<Stage> {
  const found = new Set<Stage>();
  const all = wordsOf(text);
  for (const [index, word] of all.entries()) {
    const stage = Object.hasOwn(words, word) ? words[word] : undefined;
    if (!stage) continue;
    const before = all[index - 1] ?? '';
    const negated = Object.hasOwn(negations, before) ? negations[before] : undefined;
    found.add(stage === 'production' && negated ? negated : stage);
  }
  // "live" means production only where a whole name says it: `acme-live`, not `live-reload`.
  if (all.at(-1) === 'live' && found.size === 0) found.add('production');
  return found;
}

/** The stage that a name speaks of; undefined when it speaks of none or of several. */
export function stageOf(text: string): Stage | undefined {
  const found = stagesIn(text);
  const [stage] = found;
  return found.size === 1 ? stage : undefined;
}
