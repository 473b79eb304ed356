import {
  patternsOf,
  showPattern,
  trimPattern,
  type FixedPart,
  type OpenPart,
  type Pattern,
} from '../../credentials/pattern.ts';
import { stageOf, type Stage } from '../../credentials/stage.ts';
import type { CredentialStep } from '../../credentials/step.ts';
import type { Confidence, Severity } from '../../finding/severity.ts';
import { entryOf, type Job } from '../../workflow/model.ts';
import type { Repository } from '../../workflow/repository.ts';
import { placeOfJob, placeOfText } from '../places.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  role: string;
  by: 'arn' | 'secret' | 'variable';
  jobs: { workflow: string; job: string; environment: string | null; stage: string | null }[];
  /** Whether an environment may hold another value under the same name. */
  perhapsScoped: boolean;
};

/**
 * One role for several stages: what can start the weakest of them gets what the strongest may do.
 * With an environment the token's subject is `environment:NAME`, without one it is the ref, so the
 * role also has to trust both forms.
 * Source: https://docs.github.com/actions/reference/security/oidc#filtering-for-a-specific-environment
 */
export const rule: Rule = defineRule<Data>({
  id: 'shared-role-across-environments',
  title: 'One role serves several environments',
  severity: 'medium',
  confidence: 'high',
  plane: 'privilege',
  check(context, report) {
    for (const uses of byRole(context).values()) {
      const stages = apart(uses);
      const [first] = stages;
      if (!first || stages.length < 2) continue;
      report({
        at: placeOfText(first.part.at, 'the same role in each of these jobs'),
        related: stages.map((use) => placeOfJob(use.job, describe(use.environment, use.stage))),
        data: {
          role: first.shown,
          by: first.by,
          jobs: stages.map(({ job, environment, stage }) => ({
            workflow: job.workflow.file.path,
            job: job.id,
            environment: environment ?? null,
            stage: stage ?? null,
          })),
          perhapsScoped: perhapsScoped(stages),
        },
        ...weightOf(stages),
        subject: {
          workflow: first.job.workflow,
          job: first.job,
          detail: { jobs: stages.map((use) => use.job) },
        },
      });
    }
  },
  message: ({ role, jobs, perhapsScoped: scoped }) => {
    const where = jobs
      .map((one) => `"${one.job}" (${describe(one.environment, one.stage)})`)
      .join(', ');
    const unless = scoped ? ', unless an environment has a value of its own under that name' : '';
    return `role "${role}" serves jobs of different stages: ${where}${unless}`;
  },
  help: ({ by }) =>
    by === 'arn'
      ? 'make one role per environment, each trusting only "environment:<name>", and name it in a variable of that environment'
      : 'give each environment a role of its own, under a name of its own or as a variable of the environment, and each job an "environment:"',
});

/** One way in which a job takes a role. */
interface Use {
  readonly job: Job;
  readonly part: FixedPart | OpenPart;
  readonly shown: string;
  readonly by: Data['by'];
  readonly environment: string | undefined;
  readonly stage: Stage | undefined;
}

function byRole(context: RuleContext): Map<string, Use[]> {
  const found = new Map<string, Use[]>();
  for (const job of context.repository.workflows.flatMap((workflow) => workflow.jobs)) {
    const environments = environmentsOf(job, context.repository);
    if (!environments) continue;
    for (const step of context.credentials.of(job)) {
      for (const use of usesOf(job, step, environments, context.repository)) {
        found.set(use.shown, [...(found.get(use.shown) ?? []), use]);
      }
    }
  }
  return found;
}

function usesOf(
  job: Job,
  step: CredentialStep,
  environments: readonly (string | undefined)[],
  repository: Repository,
): Use[] {
  const role = step.input('role-to-assume');
  if (!role || step.method === 'ambient') return [];
  const patterns = patternsOf(role.text, role.frame, repository).map(trimPattern);
  // Several roles and several environments belong together in pairs that we cannot tell.
  if (patterns.length > 1 && environments.length > 1) return [];
  return patterns.flatMap((pattern) => {
    const named = nameOf(pattern, job);
    if (!named) return [];
    return environments.map((environment) => ({
      ...named,
      job,
      environment,
      stage: stageOfJob(job, environment),
    }));
  });
}

function nameOf(pattern: Pattern, job: Job): Pick<Use, 'part' | 'shown' | 'by'> | undefined {
  const [part] = pattern;
  if (!part || pattern.length > 1) return undefined;
  if (part.kind === 'fixed')
    return part.text.startsWith('arn:') ? { part, shown: part.text, by: 'arn' } : undefined;
  const { origin } = part;
  const shown = showPattern(pattern);
  // `vars[format(...)]` is another variable for each value of what it is made from.
  if (origin.kind === 'variable')
    return origin.name === '' ? undefined : { part, shown, by: 'variable' };
  if (origin.kind !== 'secret' || origin.dynamic || isDeclared(origin.name, job)) return undefined;
  return { part, shown, by: 'secret' };
}

/** A secret that callers give under this name: each may give another one. */
function isDeclared(secret: string, job: Job): boolean {
  const call = job.workflow.triggers.find((trigger) => trigger.event === 'workflow_call');
  return call !== undefined && entryOf(call.secrets, secret, true) !== undefined;
}

/** The names that a job's environment can have; undefined when only a run can tell. */
function environmentsOf(job: Job, repository: Repository): (string | undefined)[] | undefined {
  const name = job.environment?.name;
  if (!name) return job.environment ? undefined : [undefined];
  const patterns = patternsOf(name, { job }, repository);
  if (patterns.some((pattern) => pattern.some((part) => part.kind === 'open'))) return undefined;
  return [...new Set(patterns.map((pattern) => showPattern(pattern).trim() || undefined))];
}

function stageOfJob(job: Job, environment: string | undefined): Stage | undefined {
  if (environment !== undefined) return stageOf(environment);
  const file = job.workflow.file.path.split('/').at(-1) ?? '';
  return stageOf(job.id) ?? stageOf(file.replace(/\.ya?ml$/, ''));
}

/** One use per stage, where any two of the stages differ; empty when none do. */
function apart(uses: readonly Use[]): Use[] {
  const kept: Use[] = [];
  for (const use of uses) {
    if (!kept.some((one) => one.environment === use.environment && one.stage === use.stage))
      kept.push(use);
  }
  return kept.filter((use) => kept.some((other) => differ(use, other))).slice(0, 10);
}

function differ(a: Use, b: Use): boolean {
  if ((a.environment === undefined) !== (b.environment === undefined)) return true;
  if (a.stage && b.stage) return a.stage !== b.stage;
  return a.environment?.toLowerCase() !== b.environment?.toLowerCase();
}

function perhapsScoped(stages: readonly Use[]): boolean {
  return stages.some((use) => use.by !== 'arn' && use.environment !== undefined);
}

function weightOf(stages: readonly Use[]): { severity?: Severity; confidence?: Confidence } {
  if (!perhapsScoped(stages)) return {};
  // A variable of each environment under one name is how it should be, and looks just like this.
  const all = stages.every((use) => use.environment !== undefined);
  return { severity: all ? 'info' : 'low', confidence: 'low' };
}

function describe(
  environment: string | null | undefined,
  stage: string | null | undefined,
): string {
  if (environment) return `environment "${environment}"`;
  return stage ? `${stage} by its name, no environment` : 'no environment';
}
