import type { Frame } from '../../credentials/frame.ts';
import {
  environmentGivesCredentials,
  leavesCredentials,
  mayGiveCredentials,
  writesCredentials,
} from '../../credentials/other-sources.ts';
import { showText } from '../../credentials/pattern.ts';
import { mayHaveOwnCredentials } from '../../credentials/runner.ts';
import type { CredentialStep } from '../../credentials/step.ts';
import type { Confidence, Severity } from '../../finding/severity.ts';
import type { Job, Step } from '../../workflow/model.ts';
import { placeOfStep, placeOfText } from '../places.ts';
import { defineRule, type Place, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  job: string;
  role: string | null;
  /** An earlier step that gives credentials, but not in every run, with its condition. */
  skipped: { step: string; if: string } | null;
  /** Another action before it that may give credentials. */
  maybe: string | null;
};

/**
 * `role-chaining: true` without credentials to chain from. The input switches OIDC off in its step:
 * the action then needs credentials that an earlier step of the same job left in the environment.
 * Credentials never cross jobs.
 * Source: https://github.com/aws-actions/configure-aws-credentials#assuming-a-role-using-existing-credentials
 */
export const rule: Rule = defineRule<Data>({
  id: 'role-chaining-without-source',
  title: 'Role chaining in a job that has no credentials yet',
  severity: 'high',
  confidence: 'high',
  plane: 'authentication',
  check(context, report) {
    for (const job of context.repository.workflows.flatMap((workflow) => workflow.jobs)) {
      const steps = context.credentials.of(job);
      const index = steps.findIndex((step) => step.method === 'chained');
      const chained = steps[index];
      if (!chained?.jobStep || environmentGivesCredentials(chained)) continue;
      const role = chained.input('role-to-assume');
      const before = steps.slice(0, index).filter(leavesCredentials);
      const judged = judge(chained, before, job, context);
      if (!judged) continue;
      const { skipped, maybe, ...rest } = judged;
      report({
        at: chainPlace(chained),
        related: [
          ...(skipped?.jobStep
            ? [placeOfStep(skipped.jobStep, 'the only earlier credentials, skipped in some runs')]
            : []),
          ...(maybe ? [placeOfStep(maybe, 'may give credentials')] : []),
        ],
        data: {
          job: job.id,
          role: role ? showText(role, context.repository) : null,
          skipped: skipped?.jobStep
            ? { step: nameOf(skipped.jobStep), if: conditionOf(skipped) ?? '' }
            : null,
          maybe: maybe?.uses?.value ?? null,
        },
        ...rest,
        subject: { workflow: job.workflow, job, step: chained.jobStep },
      });
    }
  },
  message: ({ job, role, skipped }) => {
    const into = role === null ? '' : ` into "${role}"`;
    if (skipped)
      return `job "${job}" chains${into} from the credentials of step "${skipped.step}", which is skipped unless "${skipped.if}"`;
    return `job "${job}" chains${into} with "role-chaining: true", but no earlier step of the job gets credentials to chain from, and those of other jobs never reach it`;
  },
  help: ({ skipped }) =>
    skipped
      ? 'give both steps the same condition'
      : 'take a first role by OIDC in a step before it, or drop "role-chaining" to take this role by OIDC',
});

interface Judgement {
  readonly skipped?: CredentialStep;
  readonly maybe?: Step;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
}

function judge(
  chained: CredentialStep,
  earlier: readonly CredentialStep[],
  job: Job,
  { repository }: RuleContext,
): Judgement | undefined {
  const [only] = earlier;
  if (only) {
    // Two conditional sources are usually two arms of one choice.
    const condition = conditionOf(only);
    const certain =
      earlier.length > 1 || condition === undefined || condition === conditionOf(chained);
    return certain ? undefined : { skipped: only, severity: 'low', confidence: 'low' };
  }
  const before = chained.jobStep ? job.steps.slice(0, job.steps.indexOf(chained.jobStep)) : [];
  if (before.some(writesCredentials)) return undefined;
  const maybe = before.find((step) => mayGiveCredentials(step) && !repository.actionOf(step));
  if (maybe) return { maybe, confidence: 'low' };
  return mayHaveOwnCredentials(job, repository) ? { confidence: 'medium' } : {};
}

/** The condition of a step and of the uses that lead to it; undefined when it always runs. */
function conditionOf({ frame }: CredentialStep): string | undefined {
  const conditions: string[] = [];
  for (let at: Frame | undefined = frame; at; at = at.caller) {
    const text = at.step?.if?.value.replaceAll(/^\s*\$\{\{|\}\}\s*$/g, '').trim();
    if (text && !/^(?:always|success)\(\)$/.test(text))
      conditions.push(text.replaceAll(/\s+/g, ' '));
  }
  return conditions.length > 0 ? conditions.join(' && ') : undefined;
}

function nameOf(step: Step): string {
  return step.name?.value ?? step.id?.value ?? step.uses?.value ?? '';
}

function chainPlace(chained: CredentialStep): Place {
  const input = chained.input('role-chaining');
  if (input)
    return placeOfText(input, 'switches OIDC off and needs credentials that are there already');
  return placeOfStep(chained.step, 'chains a role');
}
