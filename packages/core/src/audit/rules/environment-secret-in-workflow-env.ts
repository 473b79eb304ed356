import type { Job, Entry, Workflow } from '../../workflow/model.ts';
import { referencesIn } from '../../workflow/references.ts';
import { defineRule, type Place, type Rule } from '../rule.ts';

type Data = { variable: string; source: string; environments: string[]; without: string[] };

/** Words in names of values that usually differ from one deployment environment to the next. */
const scopedName =
  /(?:^|_)(?:ACCOUNT|ACCOUNT_?ID|ACCOUNTID|ROLE|ROLE_?ARN|PROD|PRODUCTION|PRD|STAGING|STAGE|STG|PREPROD|UAT|QA|SANDBOX|DEV|DEVELOPMENT)(?=_|$)/i;

/**
 * A workflow-level `env:` that reads a secret or variable whose name speaks of one environment.
 * GitHub gives the secrets and variables of an environment only to jobs that name the environment;
 * workflow-level `env:` is read for every job alike.
 * Source: https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments#environment-secrets
 */
export const rule: Rule = defineRule<Data>({
  id: 'environment-secret-in-workflow-env',
  title: 'Environment-scoped secret read at workflow level',
  severity: 'low',
  confidence: 'low',
  plane: 'authentication',
  check({ repository }, report) {
    for (const workflow of repository.workflows) {
      if (!workflow.env.items.some(scopedSource)) continue;
      const reads = new Map(workflow.jobs.map((job) => [job, namesReadBy(job)]));
      for (const entry of workflow.env.items) {
        const source = scopedSource(entry);
        if (!source) continue;
        const readers = workflow.jobs.filter((job) => reads.get(job)?.has(entry.name));
        const inside = readers.filter((job) => job.environment);
        if (inside.length === 0) continue;
        const without = readers.filter((job) => !job.environment && !job.uses);
        const environments = [...new Set(inside.map(environmentOf))];
        report({
          at: {
            file: workflow.file,
            range: { start: entry.key.start, end: entry.value?.node.end ?? entry.key.end },
            label: `reads ${source} for every job`,
          },
          related: [...inside, ...without].map((job) => placeOf(job, workflow)),
          confidence: without.length > 0 || environments.length > 1 ? 'medium' : 'low',
          data: {
            variable: entry.name,
            source,
            environments,
            without: without.map((job) => job.id),
          },
          subject: { workflow, detail: entry },
        });
      }
    }
  },
  message({ variable, source, environments, without }) {
    const names = environments.map((name) => `"${name}"`).join(', ');
    const jobs = without.map((id) => `"${id}"`).join(', ');
    const what = `workflow-level env sets "${variable}" from ${source} for every job, though jobs of environment${environments.length > 1 ? 's' : ''} ${names} read it`;
    if (without.length === 0)
      return `${what}: if it is defined on an environment only, every other job gets an empty string`;
    return `${what}: job${without.length > 1 ? 's' : ''} ${jobs} without an environment get${without.length > 1 ? '' : 's'} an empty string if it is defined on the environment only`;
  },
  help: ({ variable, source }) =>
    `if ${source} belongs to an environment, set \`${variable}\` in the \`env:\` of the jobs that name that environment`,
});

function scopedSource(entry: Entry): string | undefined {
  const references = referencesIn(entry.value).filter(
    ({ context }) => context === 'secrets' || context === 'vars',
  );
  const [first, another] = references;
  const name = first?.path[0];
  // Who chooses between several by a condition has them all on the repository.
  if (!first || another || name === undefined) return undefined;
  return scopedName.test(entry.name) || scopedName.test(name)
    ? `${first.context}.${name}`
    : undefined;
}

/** The variables that a job's text names, in expressions and in scripts of any language. */
function namesReadBy(job: Job): ReadonlySet<string> {
  const text = job.workflow.file.text.slice(job.node.start, job.node.end);
  const uses = text.matchAll(/(?:\benv\.|\$\{?|\$env:|environ\S{0,8}["'])([A-Za-z_]\w*)/g);
  const own = new Set(job.env.items.map((entry) => entry.name));
  return new Set([...uses].map((match) => match[1] ?? '').filter((name) => !own.has(name)));
}

function environmentOf(job: Job): string {
  return job.environment?.name?.value ?? 'unknown';
}

function placeOf(job: Job, workflow: Workflow): Place {
  const label = job.environment ? `environment "${environmentOf(job)}"` : 'no environment';
  return { file: workflow.file, range: { start: job.key.start, end: job.key.end }, label };
}
