import type { ExaminedPlace, KeyGroup } from '../../credentials/place.ts';
import type { CredentialStep } from '../../credentials/step.ts';
import { fileOf, type Job } from '../../workflow/model.ts';
import { pipelinesOf, type Pipeline } from '../../workflow/pipeline.ts';
import { defineRule, type Place, type Report, type Rule, type RuleContext } from '../rule.ts';

type Data = { form: 'same-step' | 'same-job' | 'pipeline'; job: string; oidcJobs: string[] };

/**
 * Keys in some places of a pipeline and OIDC in others. The pipeline is as strong as its weakest
 * job; and in one step a non-empty `aws-access-key-id` silently switches OIDC off, role or no role
 * (the flow choice in the source of aws-actions/configure-aws-credentials v6).
 */
export const rule: Rule = defineRule<Data>({
  id: 'mixed-authentication',
  title: 'Keys and OIDC in one pipeline',
  severity: 'high',
  confidence: 'high',
  plane: 'authentication',
  check(context, report) {
    for (const pipeline of pipelinesOf(context.repository))
      checkPipeline(pipeline, context, report);
  },
  message: ({ form, job, oidcJobs }) => {
    if (form === 'same-step')
      return `"${job}" gives a key beside role-to-assume in one step: the key wins, and OIDC is never tried`;
    if (form === 'same-job') return `"${job}" uses a long-lived key and OIDC in the same job`;
    return `"${job}" uses a long-lived key while ${listed(oidcJobs)} of the same pipeline use${oidcJobs.length === 1 ? 's' : ''} OIDC`;
  },
  help: ({ form }) =>
    form === 'same-step'
      ? 'remove the key inputs; reach a second account by OIDC into a hub role and a step with `role-chaining: true` (`sallyport fix`)'
      : 'use OIDC in every job of the pipeline (`sallyport fix`), then delete the key in IAM',
});

function checkPipeline(pipeline: Pipeline, context: RuleContext, report: Report<Data>): void {
  const oidc = pipeline.jobs.flatMap((job) =>
    context.credentials
      .of(job)
      .filter(isOidc)
      .map((step) => ({ job, step })),
  );
  for (const [owner, group] of keyOwners(pipeline, context)) {
    const [first] = group.places;
    const step =
      first.step && context.credentials.stepsOf(first.step).find((one) => one.step === first.step);
    const beside = step?.method === 'keys' ? step.input('role-to-assume') : undefined;
    const sameJob = oidc.filter((one) => one.job === owner);
    const related = oidc.filter((one) => one.job !== owner);
    if (!beside && oidc.length === 0) continue;
    const form = beside ? 'same-step' : sameJob.length > 0 ? 'same-job' : 'pipeline';
    const jobs = [...new Set(related.map((one) => one.job.id))];
    report({
      at: placeOf(first),
      related: [
        ...(beside
          ? [
              {
                file: fileOf(first.step ?? pipeline.root),
                range: beside.text.node,
                label: 'the role that OIDC would assume',
              },
            ]
          : []),
        ...oidc.slice(0, 3).map(oidcPlace),
      ],
      data: { form, job: owner ? owner.id : 'env', oidcJobs: jobs },
      subject: {
        workflow: first.workflow ?? pipeline.root,
        ...(owner ? { job: owner } : {}),
        ...(first.step ? { step: first.step } : {}),
        detail: group,
      },
    });
  }
}

/** The first long-lived key of each job, and that of the workflow's own `env:`. */
function keyOwners(
  pipeline: Pipeline,
  { credentials }: RuleContext,
): Map<Job | undefined, KeyGroup> {
  const owners = new Map<Job | undefined, KeyGroup>();
  for (const group of credentials.groups) {
    const [{ job, workflow }] = group.places;
    if (group.class !== 'static' || !workflow || !pipeline.workflows.includes(workflow)) continue;
    // A key beside a role says most about the job, so it stands for the others of the job.
    if (!owners.has(job) || besideRole(group, credentials)) owners.set(job, group);
  }
  return owners;
}

function besideRole(group: KeyGroup, credentials: RuleContext['credentials']): boolean {
  const [{ step, by }] = group.places;
  if (!step || by !== 'with') return false;
  return credentials
    .stepsOf(step)
    .some(
      (one) =>
        one.step === step && one.method === 'keys' && one.input('role-to-assume') !== undefined,
    );
}

function isOidc(step: CredentialStep): boolean {
  return step.method === 'oidc';
}

function placeOf(place: ExaminedPlace): Place {
  return { file: place.file, range: place.range, label: 'long-lived key' };
}

function oidcPlace({ job, step }: { job: Job; step: CredentialStep }): Place {
  const shown = step.jobStep ?? step.step;
  return {
    file: fileOf(shown),
    range: shown.uses?.node ?? shown.node,
    label: `OIDC in "${job.id}"`,
  };
}

function listed(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `"${name}"`);
  const more = names.length - quoted.length;
  return more > 0 ? `${quoted.join(', ')} and ${more} more jobs` : quoted.join(', ');
}
