import { actsOf, type Act } from '../../steps/acts.ts';
import { artifactsOf } from '../../steps/artifacts.ts';
import { jobsBefore, waysTo } from '../../steps/graph.ts';
import { jobStage } from '../../steps/job-stage.ts';
import { runningSteps, type RunningStep } from '../../steps/running.ts';
import { showValue } from '../../steps/value.ts';
import { fileOf, type Job } from '../../workflow/model.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

/** What a tool makes; only things of one family replace each other. */
type Family = 'cdk assembly' | 'image' | 'sam build' | 'build output';

/**
 * A later stage builds again what an earlier job has built and checked, and deploys the second build:
 * what was scanned is not what runs. Build once, and hand the artifact or the digest on.
 * Source: https://slsa.dev/spec/v1.0/verifying-artifacts and, for `cdk deploy --app`,
 * https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html
 */
export const rule: Rule = defineRule<{
  family: Family;
  tool: string;
  job: string;
  builtBy: string;
  builtIn: string;
  downloads: boolean;
}>({
  id: 'rebuilt-not-promoted',
  title: 'Stage that builds again instead of using what was built and checked',
  severity: 'medium',
  confidence: 'high',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      for (const job of workflow.jobs) {
        const found = rebuilt(job, context);
        if (!found) continue;
        const { act, first, download, family } = found;
        report({
          at: { file: act.file, range: act.range, label: `makes a second ${family}` },
          related: [
            {
              file: first.file,
              range: first.range,
              label: download
                ? 'the first one, which the artifact holds'
                : 'the first one, which was scanned',
            },
            ...(download
              ? [
                  {
                    file: fileOf(download.step),
                    range: download.step.uses?.node ?? download.step.node,
                    label: 'downloaded and not used',
                  },
                ]
              : []),
          ],
          data: {
            family,
            tool: act.tool,
            job: job.id,
            builtBy: first.tool,
            builtIn: first.running.job.id,
            downloads: download !== undefined,
          },
          ...(download && !act.byName && family !== 'build output' ? {} : { confidence: 'medium' }),
          subject: { workflow, job, step: act.running.step },
        });
      }
    }
  },
  message: ({ family, tool, job, builtBy, builtIn, downloads }) => {
    const again = family === 'cdk assembly' ? 'synthesises again' : 'builds again';
    const kept = downloads ? ', although the job downloads the artifact' : '';
    return `\`${tool}\` in job "${job}" ${again} instead of using what \`${builtBy}\` made in job "${builtIn}"${kept}`;
  },
  help: ({ family }) => cures[family],
});

const cures: Readonly<Record<Family, string>> = {
  'cdk assembly':
    'deploy the assembly that was checked: `cdk deploy --app cdk.out`, with `cdk.out` from the artifact',
  image:
    'deploy the image by its digest, and copy it between registries instead of building it again',
  'sam build':
    'hand on `.aws-sam/build` (or the packaged template) and deploy that with `--template-file`',
  'build output': 'use what the artifact holds, and let only the first job build',
};

interface Rebuilt {
  readonly act: Act;
  readonly first: Act;
  readonly download: RunningStep | undefined;
  readonly family: Family;
}

function rebuilt(job: Job, context: RuleContext): Rebuilt | undefined {
  const acts = actsOf(job, context);
  if (!acts.some((act) => act.kind === 'deploy' || act.kind === 'publish')) return undefined;
  const steps = runningSteps(job, context.repository);
  const candidates = acts.filter((act) => familyOf(act) !== undefined);
  if (candidates.length === 0) return undefined;
  const stage = jobStage(job, context, { contexts: {} })?.stage;
  for (const way of waysTo(job, context.repository)) {
    const before = jobsBefore(way, context.repository).flatMap((one) => actsOf(one, context));
    for (const act of candidates) {
      const family = familyOf(act);
      const first = before.find((one) => familyOf(one) === family && makes(one));
      if (!family || !first) continue;
      const fetched = steps
        .slice(0, steps.indexOf(act.running))
        .find((running) => brings(running, first, context));
      if (fetched && !isSameProduct(act, first, family)) continue;
      // Without the artifact at hand, only a later stage that builds a scanned image again is plain.
      const scanned = before.some((one) => one.kind === 'scan');
      const later = stage === 'staging' || stage === 'production';
      if (
        fetched ||
        (family === 'image' && scanned && later && isSameProduct(act, first, family))
      ) {
        return { act, first, download: fetched, family };
      }
    }
  }
  return undefined;
}

/** Whether a step downloads what the job of a build has uploaded; reports of tests are no product. */
function brings(
  { step, job }: RunningStep,
  { running }: Act,
  { repository }: RuleContext,
): boolean {
  const artifacts = artifactsOf(repository);
  return artifacts.uploads.some(
    (upload) =>
      upload.job === running.job &&
      !/\b(?:coverage|reports?|results?|logs?|sarif|screenshots?)\b/i.test(
        [...upload.names.map(showValue), ...upload.paths].join(' '),
      ) &&
      artifacts.downloadsOf(upload).some((one) => one.step === step && one.job === job),
  );
}

/** Whether an act itself makes the thing, as `cdk deploy` does when it is not told what to deploy. */
function familyOf({ kind, tool, call, byName }: Act): Family | undefined {
  const words = call?.words ?? [];
  if (tool === 'cdk synth' || tool === 'cdk synthesize') return 'cdk assembly';
  if (tool === 'cdk deploy') return hasAssembly(words) ? undefined : 'cdk assembly';
  if (kind === 'build' && tool === 'sam build') return 'sam build';
  if (/^(?:docker|podman|buildah) .*(?:build|bake|bud)$|build-push-action$|bake-action$/.test(tool))
    return 'image';
  if (kind === 'build' && call && (byName || /^(?:yarn|pnpm) build$/.test(tool)))
    return 'build output';
  return undefined;
}

/** `--app cdk.out`; `--app "npx ts-node bin/app.ts"` synthesises. */
function hasAssembly(words: readonly string[]): boolean {
  return words.some((word, index) => {
    const glued = /^(?:--app|-a)=(.*)$/.exec(word)?.[1];
    const value = glued ?? (/^(?:--app|-a)$/.test(word) ? words[index + 1] : undefined);
    return value !== undefined && !/\s/.test(value.trim());
  });
}

function makes({ kind, tool }: Act): boolean {
  return kind === 'build' || kind === 'publish' || tool === 'cdk synth';
}

/** Whether two builds make the same thing, as far as their words tell: not another image or package. */
function isSameProduct(act: Act, first: Act, family: Family): boolean {
  if (family === 'cdk assembly' || family === 'sam build') return true;
  if (family === 'build output')
    return act.tool === first.tool && placeOfBuild(act) === placeOfBuild(first);
  const [one, other] = [dockerfileOf(act), dockerfileOf(first)];
  return one === other;
}

function placeOfBuild({ running }: Act): string {
  return running.step.workingDirectory?.value ?? '.';
}

/** The Dockerfile and context of an image build. */
function dockerfileOf({ call, running }: Act): string {
  if (!call) {
    const input = (name: string): string =>
      running.step.with.items.find((item) => item.name.toLowerCase() === name)?.value?.value ?? '';
    return `${input('file')} ${input('context')}`.trim() || 'Dockerfile';
  }
  const { words } = call;
  const at = words.findIndex((word) => /^(?:-f|--file)$/.test(word));
  const glued = words.find((word) => word.startsWith('--file='))?.slice('--file='.length);
  return `${glued ?? words[at + 1] ?? ''} ${words.at(-1) ?? ''} ${running.step.workingDirectory?.value ?? ''}`;
}
