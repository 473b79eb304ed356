import { actsOf, type Act } from '../../steps/acts.ts';
import { neededJobs } from '../../steps/graph.ts';
import { runningSteps } from '../../steps/running.ts';
import { wordsOf } from '../../steps/stage.ts';
import type { Job } from '../../workflow/model.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

/**
 * The approval is asked for on one environment and the role is taken under another, or under none. The
 * reviewers guard the approval job only: any other job that names the second environment gets a token
 * with the same subject, and the role, without asking.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
export const rule: Rule = defineRule<{
  approval: string;
  asked: string | null;
  job: string;
  taken: string | null;
  takes: string;
}>({
  id: 'unprotected-approval',
  title: 'Approval on another environment than the job that takes the role',
  severity: 'medium',
  confidence: 'medium',
  plane: 'authorization',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      for (const approval of workflow.jobs.filter((job) => isApproval(job, context))) {
        const asked = approval.environment?.name;
        for (const job of guardedBy(approval, context)) {
          const taken = job.environment?.name;
          const act = actsOf(job, context).find(isTaking);
          if (!act || sameName(asked?.value, taken?.value)) continue;
          // An approval by an issue protects no environment; the job's own may have reviewers.
          if (!asked && taken) continue;
          report({
            at: {
              file: workflow.file,
              range: taken?.via ?? taken?.node ?? job.key,
              label: taken ? 'the role is taken here' : 'the role is taken under no environment',
            },
            related: [
              {
                file: workflow.file,
                range: asked?.via ?? asked?.node ?? approval.key,
                label: 'the approval is asked for here',
              },
              {
                file: act.file,
                range: act.range,
                label: 'what the approval should protect',
              },
            ],
            data: {
              approval: approval.id,
              asked: asked?.value ?? null,
              job: job.id,
              taken: taken?.value ?? null,
              takes: act.tool,
            },
            ...(asked && !taken ? { confidence: 'high' } : {}),
            subject: { workflow, job },
          });
        }
      }
    }
  },
  message: ({ approval, asked, job, taken }) => {
    const under = taken === null ? 'without an environment' : `under environment "${taken}"`;
    const where =
      asked === null ? `in job "${approval}"` : `on environment "${asked}" (job "${approval}")`;
    return `the approval is asked for ${where}, but "${job}" takes its role ${under}, which that approval does not protect`;
  },
  help: ({ approval, asked, job, taken }) => {
    const name = taken ?? asked ?? 'production';
    const put = taken === null ? `give "${job}" \`environment: ${name}\`, ` : '';
    return `${put}require reviewers on environment "${name}", let the role's trust policy demand its subject, and drop "${approval}"`;
  },
});

/** An approval job does nothing but wait: it is called so, or its environment is, or it asks a person. */
function isApproval(job: Job, context: RuleContext): boolean {
  if (job.uses) return false;
  const acts = actsOf(job, context);
  if (acts.some((act) => act.kind === 'approval' && !act.byName)) return true;
  const names = [job.id, job.name?.value ?? '', job.environment?.name?.value ?? ''];
  const called = names.some((name) => wordsOf(name).some((word) => approvalWords.test(word)));
  return called && job.environment !== undefined && isIdle(job, acts, context);
}

const approvalWords = /^(?:approvals?|approve|manual|gate|hold|confirm|confirmation)$/;

function isIdle(job: Job, acts: readonly Act[], context: RuleContext): boolean {
  if (acts.some((act) => act.kind !== 'notify' && act.kind !== 'approval')) return false;
  return runningSteps(job, context.repository).every(({ step }) => {
    if (!step.run)
      return /^(?:actions\/(?:checkout|github-script)|step-security\/harden-runner)(?:@|$)/.test(
        step.uses?.value ?? '',
      );
    const parsed = context.scripts.of(step)?.parsed();
    return (
      parsed?.commands.every((one) =>
        /^(?:echo|printf|true|:|exit|sleep|date|cat)$/.test(one.name?.text ?? ''),
      ) ?? false
    );
  });
}

/** The jobs behind an approval that take a role or deploy, up to the next approval. */
function guardedBy(approval: Job, context: RuleContext): Job[] {
  const { jobs } = approval.workflow;
  const found: Job[] = [];
  const seen = new Set<Job>([approval]);
  const open = [approval];
  for (let from = open.pop(); from; from = open.pop()) {
    for (const job of jobs) {
      if (seen.has(job) || !neededJobs(job).includes(from)) continue;
      seen.add(job);
      if (isApproval(job, context)) continue;
      // Behind the first job that takes a role, the next approval is that one's own affair.
      if (actsOf(job, context).some(isTaking)) found.push(job);
      else open.push(job);
    }
  }
  return found.toSorted((a, b) => a.key.start - b.key.start);
}

function isTaking(act: Act): boolean {
  return act.kind === 'credential' || act.kind === 'deploy';
}

/** Environments are compared without regard to case. */
function sameName(asked: string | undefined, taken: string | undefined): boolean {
  return asked !== undefined && asked.toLowerCase() === taken?.toLowerCase();
}
