import { actsOf, type Act } from '../../steps/acts.ts';
import { conditionHolds } from '../../workflow/evaluate.ts';
import { fileOf, type Job, type Step } from '../../workflow/model.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * A message that runs whatever happened and always says the same: "deployment completed" comes after
 * a failed deployment too.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/contexts#job-context
 */
export const rule: Rule = defineRule<{ says: string; condition: string; lacks: readonly string[] }>(
  {
    id: 'status-blind-notification',
    title: 'Notification that says the same after success and failure',
    severity: 'low',
    confidence: 'medium',
    check(context, report) {
      for (const workflow of context.repository.workflows) {
        for (const job of workflow.jobs) {
          for (const act of actsOf(job, context)) {
            const { step, jobStep } = act.running;
            const condition = step.if ?? jobStep.if ?? job.if;
            if (act.kind !== 'notify' || act.byName || !condition || !alwaysRuns(act)) continue;
            const text = textOf(step);
            const said = claim.exec(text);
            if (!said || knowsStatus(`${text}\n${conditionsOf(job)}`, act)) continue;
            report({
              at: {
                file: act.file,
                range: act.range,
                label: `says "${said[0]}" whatever happened`,
              },
              related: [
                {
                  file: fileOf(step.if ? step : jobStep),
                  range: condition.node,
                  label: 'runs after a failure too',
                },
              ],
              data: { says: said[0], condition: condition.value, lacks: lacking(text) },
              subject: { workflow, job, step },
            });
          }
        }
      }
    },
    message: ({ says, condition }) =>
      `the message says "${says}" and runs under \`${condition}\`, so it says that after a failure too`,
    help: () =>
      'put the outcome into the text (`${{ job.status }}`, or `needs.<job>.result`), with the branch and the commit',
  },
);

/** Words that claim an end, or a good one. */
const claim =
  /\b(?:complet(?:ed|e)|succe(?:eded|ss(?:ful(?:ly)?)?)|deployed|finished|passed|done|released|published)\b/i;

/** Whatever tells the outcome apart; a variable that is called so is taken at its word. */
const outcome =
  /job\.status|\.(?:result|outcome|conclusion)\b|(?:failure|success|cancelled)\(\)|tojson\((?:needs|steps|job)\)|\b\w*(?:status|result|outcome|conclusion|failed|state)\w*\b/i;

/** Actions that add the outcome by themselves. */
const tells =
  /^(?:sarisia\/actions-status-discord|ravsamhq\/notify-slack-action|act10ns\/slack|8398a7\/action-slack)$/;

function knowsStatus(text: string, { tool }: Act): boolean {
  return tells.test(tool) || outcome.test(withoutClaims(text));
}

/** `"text": "success"` claims; `SUCCESS_COUNT` or `$STATUS` asks. */
function withoutClaims(text: string): string {
  return text.replaceAll(/continue-on-error|\bstatus code\b|--fail\b|http_status/gi, '');
}

/** Whether a step runs after success and after failure alike. */
function alwaysRuns({ running }: Act): boolean {
  const { step, jobStep, job } = running;
  const holds = (failed: boolean): boolean => {
    const status = { success: !failed, failure: failed, cancelled: false };
    const conditions = step === jobStep ? [step.if] : [step.if ?? jobStep.if, jobStep.if];
    const own = conditions.every((one) => conditionHolds(one, { contexts: {}, status }) === true);
    // A step without a condition follows its job's.
    if (own || conditions.some(Boolean)) return own;
    return conditionHolds(job.if, { contexts: {}, status }) === true;
  };
  return holds(true) && holds(false);
}

function conditionsOf(job: Job): string {
  return job.env.items.map(({ name, value }) => `${name}: ${value?.value ?? ''}`).join('\n');
}

/** Everything that a step can say: its script, its inputs and its variables. */
function textOf(step: Step): string {
  const entries = [...step.with.items, ...step.env.items];
  return [
    step.run?.value ?? '',
    ...entries.map(({ name, value }) => `${name}: ${value?.value ?? ''}`),
  ].join('\n');
}

function lacking(text: string): string[] {
  const missing = ['status'];
  if (!/github\.sha|GITHUB_SHA|commit/i.test(text)) missing.push('commit');
  if (!/github\.(?:ref|head_ref|ref_name)|GITHUB_(?:REF|HEAD)|branch/i.test(text))
    missing.push('branch');
  return missing;
}
