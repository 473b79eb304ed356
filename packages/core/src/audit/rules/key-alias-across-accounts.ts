import type { Confidence } from '../../finding/severity.ts';
import { accountOf, isAccountId, type JobAccount } from '../../steps/accounts.ts';
import { artifactsOf } from '../../steps/artifacts.ts';
import { kmsCalls, type KmsCall } from '../../steps/kms.ts';
import { runningSteps, type RunningStep } from '../../steps/running.ts';
import { sealedBy } from '../../steps/sealed.ts';
import { fixedText, wordValues } from '../../steps/value.ts';
import { fileOf, type Job } from '../../workflow/model.ts';
import { placeOfJob } from '../places.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  alias: string;
  /** The account that encrypts; null when the files do not say. */
  account: string | null;
  consumers: { job: string; account: string }[];
};

/**
 * A KMS key named by its alias although a job of another account has to decrypt. An alias is local
 * to its account and region; the other account needs the key's ARN, a key policy that names it, and
 * a permission of its own.
 * Sources: https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html and
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
export const rule: Rule = defineRule<Data>({
  id: 'key-alias-across-accounts',
  title: 'KMS alias used across accounts',
  severity: 'medium',
  confidence: 'medium',
  plane: 'authorization',
  check(context, report) {
    for (const job of context.repository.workflows.flatMap((workflow) => workflow.jobs)) {
      for (const running of runningSteps(job, context.repository)) {
        for (const { call, alias } of aliasCalls(running, context)) {
          const mine = accountOf(job, context, running.jobStep.index);
          const others = foreign(mine, consumersOf(job, context));
          const script = context.scripts.of(running.step);
          const word = call.keyId;
          if (others.length === 0 || !script || !word) continue;
          report({
            at: {
              file: fileOf(running.step),
              range: script.range(word.start, word.end),
              label: 'an alias of this account and region only',
            },
            related: others.map((one) => placeOfJob(one.job, `works in account ${one.account}`)),
            confidence: confidenceOf(mine, others),
            data: {
              alias,
              account: mine.account ?? null,
              consumers: others.map((one) => ({ job: one.job.id, account: one.account })),
            },
            subject: { workflow: job.workflow, job, step: running.jobStep, detail: call },
          });
        }
      }
    }
  },
  message({ alias, account, consumers }) {
    const others = consumers.map((one) => `job "${one.job}" (account ${one.account})`).join(', ');
    const own = account === null ? 'the account that encrypts' : `account ${account}`;
    return `"${alias}" names a key of ${own}, but ${others} must decrypt with it`;
  },
  help: ({ consumers }) =>
    `give the key's ARN (\`arn:aws:kms:<region>:<account>:key/<id>\`), allow the other account${consumers.length > 1 ? 's' : ''} in the key policy, and \`kms:Decrypt\` on that ARN in the deploying role${consumers.length > 1 ? 's' : ''}`,
});

interface Consumer {
  readonly job: Job;
  readonly account: string;
  readonly role: string | undefined;
}

function aliasCalls(
  { step, frame }: RunningStep,
  { scripts, repository }: RuleContext,
): { call: KmsCall; alias: string }[] {
  if (!step.run?.value.includes('kms')) return [];
  const script = scripts.of(step)?.parsed();
  if (!script) return [];
  return kmsCalls(script).flatMap((call) => {
    if (!call.keyId || !/^(?:encrypt|generate-data-key)/.test(call.operation)) return [];
    const alias = wordValues(call.keyId, { script, frame, repository })
      .map(fixedText)
      .find((text) => text?.startsWith('alias/'));
    return alias === undefined ? [] : [{ call, alias }];
  });
}

/** The jobs that get what this job encrypts, with the account in which each works. */
function consumersOf(job: Job, context: RuleContext): Consumer[] {
  const artifacts = artifactsOf(context.repository);
  const sealed = artifacts.uploads.filter(
    (upload) => upload.job === job && sealedBy(upload, context.repository, context.scripts),
  );
  const jobs = new Set(
    sealed.flatMap((upload) => artifacts.downloadsOf(upload).map((download) => download.job)),
  );
  return [...jobs].flatMap((consumer) => {
    const { account, role } = accountOf(consumer, context);
    return account === undefined ? [] : [{ job: consumer, account, role }];
  });
}

/** The consumers of another account than the one that encrypts. */
function foreign(mine: JobAccount, consumers: readonly Consumer[]): Consumer[] {
  if (mine.account !== undefined) return consumers.filter((one) => one.account !== mine.account);
  // Of several accounts all but one are others, and another role in a named account most often is.
  const several = new Set(consumers.map((one) => one.account)).size > 1;
  return consumers.filter((one) => several || one.role !== mine.role);
}

function confidenceOf(mine: JobAccount, others: readonly Consumer[]): Confidence {
  const known = [
    ...(mine.account === undefined ? [] : [mine.account]),
    ...others.map((one) => one.account),
  ];
  const distinct = new Set(known);
  if (distinct.size < 2) return 'low';
  return mine.account !== undefined && known.every(isAccountId) ? 'high' : 'medium';
}
