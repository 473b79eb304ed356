import type { Confidence, Severity } from '../../finding/severity.ts';
import { actsOf } from '../../steps/acts.ts';
import { artifactsOf, type Download, type Upload } from '../../steps/artifacts.ts';
import { overlap, patternOf } from '../../steps/glob.ts';
import { sealedBy } from '../../steps/sealed.ts';
import { fixedText } from '../../steps/value.ts';
import { inputOf, type Job, type Step } from '../../workflow/model.ts';
import { placeOfStep } from '../places.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  artifact: string;
  path: string;
  /** The jobs that use it, and what they do with AWS. */
  consumers: { job: string; does: string }[];
};

/** Words that make an artifact one that is made to be read: reports, logs, documentation. */
const harmless =
  /(?:^|[^a-z])(?:reports?|coverage|cov|lcov|codecov|junit|xunit|logs?|screenshots?|videos?|traces?|sarif|sbom|spdx|cyclonedx|docs?|documentation|site|pages|storybook|benchmarks?|bench|metrics|profiles?|profiling|timings?|durations?|dumps?|core-?dumps?|diffs?|changelogs?|release-?notes|lint|audit|scan|scans|digests?|checksums?|sha256|attestations?|provenance|evidence|receipts?|verdicts?|summary|summaries|playwright|cypress|allure|e2e|tests?|test-?results?|results?|snapshots?|matrix|versions?|tags?|pr-?numbers?|event|metadata|licen[cs]es?|size|sizes|vulnerabilit(?:y|ies))(?:$|[^a-z])/i;

/** Words of things that are put into an account as they are. */
const deployable =
  /(?:^|[^a-z])(?:cdk\.?out|cdk|cloud-?assembly|cloudformation|cfn|sam|packaged|lambdas?|function|layers?|tfplan|terraform|plan|pulumi|serverless|helm|charts?)(?:$|[^a-z])|\.tfplan$|template\.(?:ya?ml|json)$/i;

/**
 * Build output that travels between jobs in plain. Whoever can read the repository can download its
 * artifacts, in a public repository everyone who is logged in; and what is in cdk.out or a Terraform
 * plan (account ids, names, sometimes secrets) is not meant for them.
 * Source: https://docs.github.com/rest/actions/artifacts ("anyone with read access to the repository")
 */
export const rule: Rule = defineRule<Data>({
  id: 'unsealed-artifact',
  title: 'Build output carried between jobs unencrypted',
  severity: 'medium',
  confidence: 'medium',
  check(context, report) {
    const artifacts = artifactsOf(context.repository);
    // A composite action that uploads is one place, however many jobs use it.
    const places = new Map<Step, Upload[]>();
    for (const upload of artifacts.uploads) {
      if (isHarmless(upload) || isPublic(upload, context)) continue;
      if (sealedBy(upload, context.repository, context.scripts)) continue;
      places.set(upload.step, [...(places.get(upload.step) ?? []), upload]);
    }
    for (const [step, uploads] of places) {
      const downloads = uploads.flatMap((upload) => artifacts.downloadsOf(upload));
      const consumers = perJob(
        downloads.flatMap((download) => consumerOf(download, context) ?? []),
      );
      const verdict = judge(uploads, downloads, consumers);
      const [upload] = uploads;
      if (!verdict || !upload) continue;
      report({
        at: placeOfStep(step, 'uploaded unencrypted'),
        related: consumers
          .slice(0, 5)
          .map(({ download, does }) =>
            placeOfStep(download.step, `job "${download.job.id}" ${does}`),
          ),
        ...verdict,
        data: {
          artifact: nameOf(upload),
          path: (inputOf(step, 'path')?.value ?? '')
            .trim()
            .replaceAll(/\s*\n\s*/g, ', ')
            .slice(0, 100),
          consumers: consumers.map(({ download, does }) => ({ job: download.job.id, does })),
        },
        subject: {
          workflow: upload.job.workflow,
          job: upload.job,
          step: upload.jobStep,
          detail: { uploads, downloads },
        },
      });
    }
  },
  message({ artifact, path, consumers }) {
    const content = path === '' ? '' : ` ("${path}")`;
    const [first] = consumers;
    if (!first)
      return `artifact "${artifact}"${content} looks like something that is deployed, and is uploaded unencrypted`;
    const others = consumers.length > 1 ? `, as do ${consumers.length - 1} more jobs` : '';
    return `artifact "${artifact}"${content} is uploaded unencrypted; job "${first.job}" downloads it and ${first.does}${others}`.replace(
      'as do 1 more jobs',
      'as does 1 more job',
    );
  },
  help: () =>
    'encrypt it before the upload and decrypt it behind the download (`sallyport seal`, `sallyport open`), or name it in `audit.public-artifacts` of .github/sallyport.yml if anyone may read it',
});

interface Consumer {
  readonly download: Download;
  readonly does: string;
  readonly severity: Severity;
}

function judge(
  uploads: readonly Upload[],
  downloads: readonly Download[],
  consumers: readonly Consumer[],
): { severity: Severity; confidence: Confidence } | undefined {
  const deploys = uploads.some(isDeployable);
  if (consumers.length > 0) {
    const severity = consumers.some((one) => one.severity === 'medium') ? 'medium' : 'low';
    return { severity, confidence: deploys ? 'high' : 'medium' };
  }
  return downloads.length === 0 && deploys ? { severity: 'low', confidence: 'low' } : undefined;
}

/** One consumer per job, those that do most first. */
function perJob(consumers: readonly Consumer[]): Consumer[] {
  const jobs = new Map<Job, Consumer>();
  for (const one of consumers) if (!jobs.has(one.download.job)) jobs.set(one.download.job, one);
  return [...jobs.values()].toSorted(
    (a, b) => Number(b.severity === 'medium') - Number(a.severity === 'medium'),
  );
}

/** The name as a person would say it: the value, or what is written when it has several. */
function nameOf(upload: Upload): string {
  const [only, another] = upload.names;
  const fixed = only && !another ? fixedText(only) : undefined;
  return fixed ?? inputOf(upload.step, 'name')?.value ?? 'artifact';
}

/** What a job that gets the artifact does with AWS; undefined when it does nothing. */
function consumerOf(download: Download, context: RuleContext): Consumer | undefined {
  const { job } = download;
  const acts = actsOf(job, context);
  const deploys = acts.find((act) => act.kind === 'deploy');
  if (deploys) return { download, does: `deploys by "${deploys.tool}"`, severity: 'medium' };
  // What only goes to a public registry without AWS is on its way to everybody anyway.
  if (!holdsCredentials(job, context)) return undefined;
  const publishes = acts.find((act) => act.kind === 'publish');
  if (publishes) return { download, does: `publishes by "${publishes.tool}"`, severity: 'medium' };
  return { download, does: 'holds AWS credentials', severity: 'low' };
}

function holdsCredentials(job: Job, { credentials }: RuleContext): boolean {
  if (credentials.of(job).length > 0) return true;
  return credentials.realKeys.some((group) =>
    group.places.some((place) => place.job === job && place.by === 'env'),
  );
}

/** By its name, unless the name says nothing and its files do. */
function isHarmless(upload: Upload): boolean {
  const names = upload.names.map(patternOf);
  if (names.some((name) => harmless.test(name)))
    return !names.some((name) => deployable.test(name) && !/test/i.test(name));
  return (
    upload.paths.length > 0 &&
    upload.paths.every(
      (path) =>
        harmless.test(lastPart(path)) || /\.(?:log|txt|md|xml|html|sarif|csv|png|mp4)$/i.test(path),
    )
  );
}

function lastPart(path: string): string {
  return path
    .replace(/\/\*{0,2}$/, '')
    .split('/')
    .slice(-2)
    .join('/');
}

function isDeployable(upload: Upload): boolean {
  return [...upload.names.map(patternOf), ...upload.paths.map(lastPart)].some((text) =>
    deployable.test(text),
  );
}

function isPublic(upload: Upload, { config }: RuleContext): boolean {
  return config.publicArtifacts.some((glob) =>
    upload.names.every((name) => overlap(glob, patternOf(name))),
  );
}
