import { unquoted } from '../../script/vocabulary.ts';
import { actsOf, type Act } from '../../steps/acts.ts';
import { awsCall, awsOption, type AwsCall } from '../../steps/aws-cli.ts';
import { runningSteps, type RunningStep } from '../../steps/running.ts';
import { swallowed } from '../../steps/swallowed.ts';
import { fileOf, type Job } from '../../workflow/model.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

/**
 * A change set is looked at after it was executed. `cdk deploy --require-approval never` and
 * `aws cloudformation deploy` make and execute their own change set; what is described afterwards
 * stops nothing, and mostly does not exist.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
 */
export const rule: Rule = defineRule<{
  deployed: string;
  stack: string | null;
  changeSet: string | null;
  swallowedBy: string | null;
}>({
  id: 'change-set-after-the-fact',
  title: 'Change set that is described after the deployment',
  severity: 'medium',
  confidence: 'high',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      for (const job of workflow.jobs) {
        if (!speaksOfChangeSets(job, context)) continue;
        for (const { call, running, after } of describedAfter(job, context)) {
          const script = context.scripts.of(running.step);
          const parsed = script?.parsed();
          if (!script || !parsed) continue;
          const lost = swallowed(call.command, parsed, running.step);
          report({
            at: {
              file: fileOf(running.step),
              range: script.range(call.command.start, call.command.end),
              label: 'described when it is too late',
            },
            related: [{ file: after.file, range: after.range, label: 'already deployed here' }],
            data: {
              deployed: after.tool,
              stack: awsOption(call, 'stack-name')?.text ?? null,
              changeSet: awsOption(call, 'change-set-name')?.text ?? null,
              swallowedBy: lost?.words ?? null,
            },
            subject: { workflow, job, step: running.step },
          });
        }
      }
    }
  },
  message: ({ deployed, changeSet, stack, swallowedBy }) => {
    const what = changeSet === null ? 'the change set' : `change set "${changeSet}"`;
    const of = stack === null ? '' : ` of "${stack}"`;
    const lost = swallowedBy === null ? '' : `, and \`${swallowedBy}\` hides that there is none`;
    return `${what}${of} is described after \`${deployed}\` has changed the stack${lost}`;
  },
  help: ({ deployed }) =>
    deployed === 'cdk deploy'
      ? 'make it first with `cdk deploy --method=prepare-change-set`, review it behind an environment with reviewers, then run `aws cloudformation execute-change-set`'
      : 'make it first (`create-change-set`, or `deploy --no-execute-changeset`), review it behind an environment with reviewers, then run `execute-change-set`',
});

/** Whether a script of the job has the word: what the steps do is much more work. */
function speaksOfChangeSets(job: Job, { repository }: RuleContext): boolean {
  return runningSteps(job, repository).some(({ step }) => {
    const script = step.run?.value ?? '';
    // Quotes may part the word, and `$'…'` may spell it with escapes.
    return (
      script.includes('change-set') ||
      script.includes("$'") ||
      unquoted(script).includes('change-set')
    );
  });
}

interface Described {
  readonly call: AwsCall;
  readonly running: RunningStep;
  /** The deployment before it. */
  readonly after: Act;
}

/** The change sets that a job describes with a deployment before them and no new change set between. */
function describedAfter(job: Job, context: RuleContext): Described[] {
  const acts = actsOf(job, context).filter(executes);
  if (acts.length === 0) return [];
  const found: Described[] = [];
  let after: Act | undefined;
  for (const running of runningSteps(job, context.repository)) {
    const here = acts.filter((act) => act.running === running);
    const script = context.scripts.of(running.step)?.parsed();
    for (const command of script?.commands ?? []) {
      after = here.find((act) => act.call?.command === command) ?? after;
      if (!after || !script) continue;
      const call = awsCall(command);
      if (call?.service !== 'cloudformation') continue;
      if (call.operation === 'create-change-set') after = undefined;
      else if (call.operation === 'describe-change-set') found.push({ call, running, after });
    }
    // A deployment by an action has no command; what follows it in later steps comes after.
    after = here.find((act) => !act.call) ?? after;
  }
  return found;
}

/** Whether a deployment executes the change set that it makes. */
function executes({ kind, tool, call }: Act): boolean {
  if (
    kind !== 'deploy' ||
    !/^(?:cdk deploy|sam deploy|aws cloudformation (?:deploy|execute-change-set|update-stack|create-stack))$/.test(
      tool,
    )
  )
    return false;
  const words = call?.words.join(' ') ?? '';
  return !/--no-execute(?:-changeset)?\b|--method[= ]prepare-change-set/.test(words);
}
