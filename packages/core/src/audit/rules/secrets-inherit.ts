import { keyName } from '../../credentials/names.ts';
import { originsOf } from '../../credentials/origin.ts';
import type { CredentialInputName } from '../../credentials/step.ts';
import type { Job, Workflow } from '../../workflow/model.ts';
import type { Repository } from '../../workflow/repository.ts';
import { secretReads } from '../../workflow/secret-reads.ts';
import { placeOfNode, placeOfPart } from '../places.ts';
import { defineRule, type Place, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  job: string;
  callee: string;
  /** The AWS secrets that the callee reads; empty when it cannot be seen. */
  aws: string[];
  /** Everything else that it reads. */
  others: string[];
  remote: boolean;
};

/**
 * `secrets: inherit` hands every secret of the caller to the callee. Where AWS keys or roles are
 * among them, the list of what the callee gets belongs into the call.
 * Source: https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows#passing-inputs-and-secrets-to-a-reusable-workflow
 */
export const rule: Rule = defineRule<Data>({
  id: 'secrets-inherit',
  title: 'Every secret is handed to a workflow that takes AWS secrets',
  severity: 'medium',
  confidence: 'high',
  plane: 'privilege',
  check(context, report) {
    const { repository } = context;
    for (const job of repository.workflows.flatMap((workflow) => workflow.jobs)) {
      const { secretsInherit, uses } = job;
      if (!secretsInherit || !uses) continue;
      const at = placeOfNode(job.workflow.file, secretsInherit.node, 'hands over every secret');
      const data = { job: job.id, callee: uses.value };
      const callee = repository.calleeOf(job);
      if (!callee) {
        if (uses.value.startsWith('./')) continue;
        report({
          at,
          data: { ...data, aws: [], others: [], remote: true },
          severity: 'low',
          confidence: 'low',
          subject: { workflow: job.workflow, job },
        });
        continue;
      }
      const reads = readsOf(callee, context, new Set());
      const aws = reads.filter((read) => read.aws);
      if (aws.length === 0) continue;
      report({
        at,
        related: aws.slice(0, 10).map((read) => read.place),
        data: {
          ...data,
          aws: names(aws),
          others: names(reads.filter((read) => !read.aws)),
          remote: false,
        },
        subject: { workflow: job.workflow, job, detail: { callee } },
      });
    }
  },
  message: ({ job, callee, aws, remote }) =>
    remote
      ? `job "${job}" hands every secret to "${callee}" of another repository; what that reads cannot be seen`
      : `job "${job}" hands every secret to "${callee}", which takes the AWS secret${aws.length > 1 ? 's' : ''} "${aws.join('", "')}"`,
  help: ({ aws, others, remote }) =>
    remote
      ? 'name under "secrets:" what the workflow needs'
      : `name what it reads under "secrets:" instead of "inherit" (${[...aws, ...others].join(', ')}), and declare it under "on.workflow_call.secrets"`,
});

interface Read {
  readonly name: string;
  readonly aws: boolean;
  readonly place: Place;
}

/** The secrets that a workflow reads, itself or in what it calls with `inherit`, each once. */
function readsOf(workflow: Workflow, context: RuleContext, seen: ReadonlySet<Workflow>): Read[] {
  if (seen.has(workflow)) return [];
  const { repository } = context;
  const found = new Map<string, Read>();
  const credentials = credentialSecrets(workflow, context);
  for (const { name, text, part } of secretReads(workflow)) {
    if (name === 'GITHUB_TOKEN' || found.has(name)) continue;
    const place = placeOfPart(workflow.file, text, part, 'read here');
    found.set(name, { name, aws: credentials.has(name) || isAwsName(name), place });
  }
  for (const read of below(workflow, repository, context, seen)) {
    if (!found.has(read.name)) found.set(read.name, read);
  }
  return [...found.values()];
}

function below(
  workflow: Workflow,
  repository: Repository,
  context: RuleContext,
  seen: ReadonlySet<Workflow>,
): Read[] {
  return workflow.jobs.flatMap((job: Job) => {
    const callee = job.secretsInherit ? repository.calleeOf(job) : undefined;
    return callee ? readsOf(callee, context, new Set([...seen, workflow])) : [];
  });
}

/** Names that speak of AWS keys or roles by themselves. */
function isAwsName(name: string): boolean {
  if (keyName(name)?.strength === 'strong') return true;
  return (
    /ROLE_ARN|ROLE_TO_ASSUME/.test(name) ||
    (/(?:^|_)AWS_/.test(name) && /(?:^|_)ROLE(?:_|$)/.test(name))
  );
}

const inputs: readonly CredentialInputName[] = [
  'role-to-assume',
  'aws-access-key-id',
  'aws-secret-access-key',
  'aws-session-token',
];

/** The secrets that end in credential steps, whatever they are called. */
function credentialSecrets(
  workflow: Workflow,
  { credentials, repository }: RuleContext,
): Set<string> {
  const steps = workflow.jobs.flatMap((job) => credentials.of(job));
  const given = steps.flatMap((step) => inputs.flatMap((name) => step.input(name) ?? []));
  const origins = given.flatMap(({ text, frame }) => originsOf(text, frame, repository));
  return new Set(
    origins.flatMap((origin) => (origin.kind === 'secret' ? [origin.name.toUpperCase()] : [])),
  );
}

function names(reads: readonly Read[]): string[] {
  return reads.map((read) => read.name).toSorted();
}
