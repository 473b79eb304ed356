import { artifactsOf, type Download } from '../../steps/artifacts.ts';
import { runningSteps } from '../../steps/running.ts';
import { sealedBy } from '../../steps/sealed.ts';
import { sealingsOf, type Sealing } from '../../steps/sealing.ts';
import { showValue } from '../../steps/value.ts';
import { fileOf } from '../../workflow/model.ts';
import { placeOfStep } from '../places.ts';
import { defineRule, type Place, type Rule, type RuleContext } from '../rule.ts';

type Data = { artifact: string; tool: string; job: string; rebuilds: boolean };

/**
 * An artifact that one job encrypts and another downloads but never decrypts. What that job then
 * uses is not what was built: most deploy tools make it again from the checkout, without a word.
 * Source: docs/rules/sealed-but-never-opened.md
 */
export const rule: Rule = defineRule<Data>({
  id: 'sealed-but-never-opened',
  title: 'Artifact that is encrypted and never decrypted',
  severity: 'medium',
  confidence: 'high',
  check(context, report) {
    const artifacts = artifactsOf(context.repository);
    for (const upload of artifacts.uploads) {
      const sealing = sealedBy(upload, context.repository, context.scripts);
      if (!sealing || sealing.byName) continue;
      for (const download of artifacts.downloadsOf(upload)) {
        if (!download.names || opens(download, context)) continue;
        const name = showValue(upload.names[0] ?? []);
        report({
          at: placeOfStep(download.step, `downloads "${name}", which nothing here decrypts`),
          related: [sealingPlace(sealing, context), placeOfStep(upload.step, 'uploaded here')],
          confidence: runsUnknown(download, context) ? 'low' : 'high',
          data: {
            artifact: name,
            tool: sealing.tool,
            job: download.job.id,
            rebuilds: rebuilds(download, context),
          },
          subject: {
            workflow: download.job.workflow,
            job: download.job,
            step: download.jobStep,
            detail: { upload, sealing },
          },
        });
      }
    }
  },
  message: ({ artifact, tool, job, rebuilds: again }) =>
    `job "${job}" downloads "${artifact}", which "${tool}" encrypted, and never decrypts it${again ? '; what it deploys is made anew from the checkout' : ''}`,
  help: ({ tool, rebuilds: again }) =>
    `decrypt it before use (${opener(tool)})${again ? ', and deploy what comes out: `cdk deploy --app cdk.out`' : ''}`,
});

function opener(tool: string): string {
  if (tool === 'aws kms generate-data-key')
    return '`aws kms decrypt` of the data key, then `openssl enc -d`';
  if (tool.startsWith('aws kms')) return '`aws kms decrypt`';
  if (tool.startsWith('openssl')) return `\`${tool} -d\``;
  if (tool.startsWith('sallyport')) return '`sallyport open`';
  return `\`${tool} --decrypt\``;
}

function opens(download: Download, { repository, scripts }: RuleContext): boolean {
  return runningSteps(download.job, repository).some((running) =>
    sealingsOf(running, scripts).some((one) => one.kind === 'open'),
  );
}

/** Scripts and actions of which only the name is known might decrypt. */
function runsUnknown(download: Download, { repository, scripts }: RuleContext): boolean {
  return runningSteps(download.job, repository).some(({ step }) => {
    if (step.uses)
      return (
        !/^(?:actions|aws-actions|docker|hashicorp|github)\//.test(step.uses.value) &&
        !step.uses.value.startsWith('./')
      );
    const parsed = scripts.of(step)?.parsed();
    if (!parsed?.complete) return true;
    return parsed.commands.some((command) => {
      const [program, ...args] = [
        command.name?.text ?? '',
        ...command.args.map((word) => word.text),
      ];
      const script = /\.(?:sh|py|[cm]?js|ts|rb)$/;
      return (
        /^(?:make|just|task)$/.test(program) ||
        program.startsWith('./') ||
        (/^(?:bash|sh|python3?|node|source|\.)$/.test(program) &&
          args.some((one) => script.test(one)))
      );
    });
  });
}

function rebuilds(download: Download, { repository, scripts }: RuleContext): boolean {
  return runningSteps(download.job, repository).some(({ step }) => {
    const text = scripts.of(step)?.text.value ?? '';
    return (
      /\bcdk\s+(?:deploy|synth)\b/.test(text) &&
      !/--app\s+["']?cdk\.out|-a\s+["']?cdk\.out/.test(text)
    );
  });
}

function sealingPlace(sealing: Sealing, { scripts }: RuleContext): Place {
  const { step } = sealing.running;
  const script = scripts.of(step);
  const { command } = sealing;
  if (!script || !command) return placeOfStep(step, 'encrypted here');
  const end = command.args[1]?.end ?? command.end;
  return {
    file: fileOf(step),
    range: script.range(command.start, end),
    label: `encrypted by ${sealing.tool}`,
  };
}
