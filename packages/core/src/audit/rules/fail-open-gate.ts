import type { Severity } from '../../finding/severity.ts';
import { actsOf, type Act } from '../../steps/acts.ts';
import { runsAnyway } from '../../steps/anyway.ts';
import { dependantsOf, withCallee } from '../../steps/graph.ts';
import type { StepKind } from '../../steps/kinds.ts';
import { openingOf, type Opening } from '../../steps/openings.ts';
import type { Job } from '../../workflow/model.ts';
import { defineRule, type Place, type Report, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  /** What opens the gate. */
  cause: Opening['cause'] | 'runs-anyway';
  /** The words that do it, as written. */
  words: string;
  kind: StepKind;
  tool: string;
  /** What goes on after the failure, e.g. `docker push`. */
  goesOn: string | null;
};

/**
 * A gate that does not stop the run: its failure is ignored, counted as zero findings, or what it
 * should guard runs anyway. Sources: "Setting continue-on-error" and "Status check functions" on
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepscontinue-on-error
 */
export const rule: Rule = defineRule<Data>({
  id: 'fail-open-gate',
  title: 'Gate that lets the run go on when it fails',
  severity: 'medium',
  confidence: 'high',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      for (const job of workflow.jobs) {
        for (const act of actsOf(job, context)) checkAct(act, context, report);
        for (const found of runsAnyway(job, isGate, isGuarded, context)) {
          const { gate, condition, owner, act, sure } = found;
          report({
            at: {
              file: workflow.file,
              range: condition.via ?? condition.node,
              label: `also true when ${gate.tool} failed`,
            },
            related: [place(gate, 'the gate'), place(act, 'what runs anyway')],
            data: {
              cause: 'runs-anyway',
              words: condition.value,
              kind: gate.kind,
              tool: gate.tool,
              goesOn: act.tool,
            },
            severity: 'high',
            ...(sure && !gate.byName ? {} : { confidence: 'medium' }),
            subject:
              owner.kind === 'job' ? { workflow, job: owner } : { workflow, job, step: owner },
          });
        }
      }
    }
  },
  message: ({ cause, words, kind, tool, goesOn }) => {
    const then = goesOn === null ? '' : `, and \`${goesOn}\` runs all the same`;
    const what = `${article[kind]} (\`${tool}\`)`;
    switch (cause) {
      case 'runs-anyway':
        return `\`${goesOn}\` runs under \`${words}\` even when ${what} before it failed`;
      case 'zero':
        return `when ${what} fails, \`${words}\` makes it look like no findings${then}`;
      case 'lenient':
        return `${what} is told with \`${words}\` not to fail whatever it finds${then}`;
      case 'pipe':
        return `the exit status of ${what} is lost in \`${words}\`, because pipefail is off${then}`;
      case 'alternative':
      case 'no-errexit':
      case 'continue-on-error':
        return `\`${words}\` hides the failure of ${what}${then}`;
    }
  },
  help: ({ cause, goesOn }) => {
    switch (cause) {
      case 'runs-anyway':
        return `let \`${goesOn}\` depend on success: drop the status function, or add the result of the gate to the condition`;
      case 'zero':
        return 'let the error end the step: take the alternative away, and test the answer afterwards';
      case 'lenient':
        return 'let the scanner fail from the severity on that must stop a release, and keep exceptions in its ignore file';
      case 'pipe':
        return 'write `shell: bash` at the step (GitHub then sets pipefail), or `set -o pipefail` in the script';
      case 'alternative':
      case 'no-errexit':
        return 'let the failure end the step; if it may fail for a known reason, test for that reason';
      case 'continue-on-error':
        return 'remove it, or give the step an `id` and fail later on `steps.<id>.outcome`';
    }
  },
});

const article: Readonly<Record<StepKind, string>> = {
  credential: 'the login',
  scan: 'the scan',
  test: 'the test',
  verify: 'the verification',
  approval: 'the approval',
  build: 'the build',
  publish: 'the publishing',
  deploy: 'the deployment',
  notify: 'the notification',
};

const isGate = (act: Act): boolean => /^(?:scan|test|verify|approval)$/.test(act.kind);
/** Uploads to S3 carry reports and caches as well as releases, so a condition on them says little. */
const isGuarded = (act: Act): boolean =>
  act.kind === 'deploy' || (act.kind === 'publish' && !act.tool.startsWith('aws s3'));

/** Words of steps whose failure is meant to be ignored. */
const optional =
  /\b(?:caches?|caching|report(?:s|ing)?|logs?|artifacts?|metrics|notif\w+|telemetry|coverage|optional|best[- ]effort|clean[- ]?up|teardown|diagnostics?|debug|upload (?:test|scan|sarif)\w*|rollback|warm)\b/i;

function checkAct(act: Act, context: RuleContext, report: Report<Data>): void {
  if (act.kind === 'build' || act.kind === 'notify') return;
  const opening = openingOf(act);
  if (!opening || isOptional(act, opening)) return;
  const { job, step } = act.running;
  const next = later(act, context).find(isGuarded);
  const severity = severityOf(act, opening, next);
  if (!severity) return;
  const read = isReadLater(act);
  report({
    at: { file: opening.file, range: opening.range, label: labels[opening.cause] },
    related: [
      ...(opening.range === act.range ? [] : [place(act, article[act.kind])]),
      ...(next ? [place(next, 'runs all the same')] : []),
    ],
    data: {
      cause: opening.cause,
      words: opening.words,
      kind: act.kind,
      tool: act.tool,
      goesOn: next?.tool ?? null,
    },
    severity: read && severity === 'high' ? 'medium' : severity,
    ...(act.byName || read ? { confidence: 'medium' } : {}),
    subject: { workflow: job.workflow, job, step },
  });
}

const labels: Readonly<Record<Opening['cause'], string>> = {
  'continue-on-error': 'the run goes on',
  alternative: 'always succeeds',
  zero: 'an error looks like no findings',
  'no-errexit': 'failures do not end the script',
  pipe: 'only the status of this command counts',
  lenient: 'never fails',
};

function severityOf(
  { kind, tool }: Act,
  { cause }: Opening,
  next: Act | undefined,
): Severity | undefined {
  switch (kind) {
    case 'scan':
    case 'verify':
    case 'approval':
      return next ? 'high' : 'medium';
    case 'test':
      // A test that guards nothing is the project's own affair.
      return next ? 'medium' : undefined;
    case 'credential':
      // `get-login-password | docker login`: the second one fails for the first.
      if (tool === './' || cause === 'pipe') return undefined;
      return next ? 'medium' : 'low';
    case 'publish':
    case 'deploy':
      return cause === 'pipe' || tool.startsWith('aws s3') ? 'low' : 'medium';
    case 'build':
    case 'notify':
      return undefined;
  }
}

/** Whether the failure of an act is plainly of no consequence. */
function isOptional({ kind, tool, running, call }: Act, { cause, words }: Opening): boolean {
  const { step, jobStep } = running;
  const names = [step.name, jobStep.name].map((text) => text?.value ?? '');
  if (names.some((name) => optional.test(name))) return true;
  if (optional.test(call?.words.join(' ') ?? '')) return true;
  const changes = kind === 'publish' || kind === 'deploy';
  // `… | jq -r .Version`: an empty answer is noticed by whoever reads it.
  if (cause === 'pipe' && changes && !/^\| (?:tee|cat|ts)\b/.test(words)) return true;
  // An upload after a failure carries what is left to look at.
  return tool.startsWith('aws s3') && (step.if !== undefined || step !== jobStep);
}

/** Whether the findings go into a file, from which a later step or code scanning may stop the run. */
function isReadLater({ kind, tool, call, running }: Act): boolean {
  if (kind !== 'scan' || tool.startsWith('aws ')) return false;
  if (!call) {
    return running.step.with.items.some(
      ({ name, value }) => /^output(?:_file_path)?$/.test(name) || value?.value === 'sarif',
    );
  }
  return (
    call.words.some((word) => fileOption.test(word)) ||
    call.command.redirects.some(
      (one) => one.operator.startsWith('>') && one.target?.text !== '/dev/null',
    )
  );
}

const fileOption = /^(?:-o|--output(?:-file)?|--json-file-output|--sarif-file-output)(?:=|$)/;

/** What comes after an act: in its job, and in the jobs that wait for that one. */
function later(act: Act, context: RuleContext): Act[] {
  const { job } = act.running;
  const own = actsOf(job, context);
  const behind = own.slice(own.indexOf(act) + 1);
  return [...behind, ...jobsAfter(job, context).flatMap((one) => actsOf(one, context))];
}

function jobsAfter(job: Job, { repository }: RuleContext): readonly Job[] {
  const callers = repository.callersOf(job.workflow);
  return [job, ...callers]
    .flatMap((one) => dependantsOf(one))
    .flatMap((one) => withCallee(one, repository));
}

function place(act: Act, label: string): Place {
  return { file: act.file, range: act.range, label };
}
