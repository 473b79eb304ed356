import { stemOf } from '../credentials/names.ts';
import { stageOf } from '../steps/stage.ts';
import { familyOf } from '../workflow/family.ts';
import { entryOf, type Job } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';

/** The repository variables that shall hold the ARNs of a key's role, and how the job reads them. */
export interface RoleVariable {
  /** The first, and nearly always the only one. */
  readonly name: string;
  /** All of them with the environment family each is for: one per value of the input that chooses. */
  readonly all: readonly { readonly name: string; readonly family: string | undefined }[];
  /** The expression, with its braces. */
  readonly expression: string;
}

/**
 * Names the variable for the role that takes a key's place, by environment family: the family or
 * stage that the key's secret names, the job's environment, the workflow's family, the stage in the
 * job's own name. A key with words of its own and no family (`PR`, `RELEASE`) keeps those words, so
 * that two keys never become one role by accident.
 */
export function roleVariable(
  job: Job | undefined,
  secret: string | undefined,
  repository: Repository,
): RoleVariable {
  const own =
    secret === undefined ? [] : wordsOf(stemOf(secret)).filter((word) => !plain.has(word));
  const family = job && familyOf(job.workflow, repository);
  const named =
    own.find((word) => word === family?.toUpperCase()) ??
    own.find((word) => stageOf(word.toLowerCase()) !== undefined);
  const chosen = named === undefined && job ? chosenByInput(job, own, repository) : undefined;
  if (chosen) return chosen;
  const found = named ?? (job ? familyOfJob(job, repository) : undefined);
  const suffix = found?.toUpperCase() ?? own.join('_');
  const name = suffix ? `AWS_ROLE_ARN_${suffix}` : 'AWS_ROLE_ARN';
  return {
    name,
    all: [{ name, family: found?.toLowerCase() }],
    expression: `\${{ vars.${name} }}`,
  };
}

/**
 * A reusable workflow that is told its stage by an input takes the role of that stage: one variable
 * per value that its callers give. Undefined when nothing says that an input is the stage.
 */
function chosenByInput(
  job: Job,
  own: readonly string[],
  repository: Repository,
): RoleVariable | undefined {
  const trigger = job.workflow.triggers.find((one) => one.event === 'workflow_call');
  const callers = repository.callersOf(job.workflow);
  for (const input of trigger?.inputs ?? []) {
    if (!/(?:^|[-_])(?:env|environment|stage)(?:[-_]|$)/i.test(input.name)) continue;
    const values = callers.map((caller) => entryOf(caller.with, input.name, true)?.value?.value);
    const distinct = [...new Set(values)];
    // Names of variables hold letters, digits and underscores only.
    if (distinct.length === 0 || distinct.some((one) => one === undefined || !/^\w+$/.test(one)))
      continue;
    const prefix = ['AWS_ROLE_ARN', ...own].join('_');
    const all = distinct.flatMap((value) =>
      value === undefined ? [] : { name: `${prefix}_${value.toUpperCase()}`, family: value },
    );
    const [first] = all;
    if (!first) continue;
    const expression = `\${{ vars[format('${prefix}_{0}', inputs.${input.name})] }}`;
    return { name: first.name, all, expression };
  }
  return undefined;
}

/** The family a job belongs to: its environment's name, its workflow's family, a stage in its names. */
function familyOfJob(job: Job, repository: Repository): string | undefined {
  const environment = job.environment?.name?.value;
  if (environment !== undefined && /^[\w-]+$/.test(environment))
    return environment.replaceAll('-', '_');
  const family = familyOf(job.workflow, repository);
  if (family && /^\w+$/.test(family) && stageOf(family) !== undefined) return family;
  const file = repository.pathInside(job.workflow.file).split('/').at(-1) ?? '';
  // "test" in a job's name says what the job does, not where it deploys to.
  const stages = [stageOf(job.id), stageOf(file.replace(/\.ya?ml$/, ''))];
  return stages.find((stage) => stage !== undefined && stage !== 'test');
}

/** A session name that shows stage and run in CloudTrail: at most 64 characters of `[\w+=,.@-]`. */
export function sessionName(job: Job | undefined, repository: Repository): string {
  const family = (job && familyOfJob(job, repository)) ?? '';
  const id = (job?.id ?? 'composite').replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 30);
  const says = id.toLowerCase().includes(family.toLowerCase()) || stageOf(id) === stageOf(family);
  const lead = family && !says ? `${family}-${id}` : id;
  return `${lead.slice(0, 40)}-\${{ github.run_id }}`;
}

const plain = new Set([
  'AWS',
  'USER',
  'KEY',
  'DEPLOYMENT',
  'DEPLOY',
  'CI',
  'IAM',
  'GITHUB',
  'ACTIONS',
  'ACCESS',
  'SECRET',
  '',
]);

function wordsOf(text: string): string[] {
  return text.toUpperCase().split(/[^A-Z0-9]+/);
}
