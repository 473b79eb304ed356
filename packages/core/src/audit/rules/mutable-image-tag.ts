import type { Confidence, Severity } from '../../finding/severity.ts';
import { isEcr } from '../../steps/image-reference.ts';
import { imagesOf, type ImageUse } from '../../steps/images.ts';
import { fixedText, showValue, type Value } from '../../steps/value.ts';
import { fileOf, type Action, type Job, type Step, type Workflow } from '../../workflow/model.ts';
import type { Repository } from '../../workflow/repository.ts';
import { defineRule, type Place, type Rule } from '../rule.ts';

type Data = {
  image: string;
  tags: string[];
  tool: string;
  does: ImageUse['does'];
  /** Whether a tag that names one build is pushed too. */
  beside: 'yes' | 'no' | 'unknown';
  ecr: boolean;
};

/** Tags that people move from build to build. */
const moving =
  /^(?:latest|stable|edge|nightly|current|canary|next|beta|alpha|rc|snapshot|main|master|trunk|develop|development|dev|test|testing|qa|uat|sandbox|staging|stage|stg|preprod|pre-prod|prod|production|prd|live|release|demo)$|(?:^|[-_.])latest(?:$|[-_.])|^latest/i;

/** What the runner knows of the branch, and nothing more. */
const branchNames =
  /^(?:github\.(?:ref_name|head_ref|base_ref|event\.pull_request\.(?:head|base)\.ref)|GITHUB_(?:REF_NAME|HEAD_REF))$/;

/**
 * An image pushed or deployed under a tag that the next build moves. What runs behind it can change
 * without a deployment, a rollback pulls the new image again, and no scan result belongs to it.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
export const rule: Rule = defineRule<Data>({
  id: 'mutable-image-tag',
  title: 'Image pushed or deployed under a moving tag',
  severity: 'medium',
  confidence: 'high',
  check({ repository, scripts }, report) {
    const owners = [
      ...repository.workflows.flatMap((workflow) => workflow.jobs),
      ...repository.actions,
    ];
    for (const owner of owners) {
      const uses = owner.steps.flatMap((step) => imagesOf(step, scripts.of(step), repository));
      for (const [first, ...rest] of groups(uses, repository)) {
        const ecr = isEcr(first.use.image.name);
        const beside = besides(first.use, uses, repository);
        report({
          at: placeOf(first.use, first.tag),
          related: distinctPlaces(first.use, rest).map(({ use, tag }) => placeOf(use, tag)),
          ...verdict(first, ecr, beside),
          data: {
            image: showValue(first.use.image.name),
            tags: [...new Set([first, ...rest].map(({ tag }) => tag))],
            tool: first.use.tool,
            does: first.use.does,
            beside,
            ecr,
          },
          subject: subjectOf(owner, first.use.step),
        });
      }
    }
  },
  message({ image, tags, tool, does, beside }) {
    const names = tags.map((tag) => `":${tag}"`).join(', ');
    const verb = does === 'deploy' ? 'deploys' : 'pushes';
    const what = `"${tool}" ${verb} "${image}" as ${names}, which the next build moves`;
    if (does === 'deploy' || beside === 'unknown') return what;
    return `${what}; ${beside === 'yes' ? 'a' : 'no'} tag that names this build is pushed with it`;
  },
  help: ({ beside, does, ecr }) => {
    if (does === 'deploy')
      return 'deploy by digest (`image@sha256:...`), or by a tag with the commit in it';
    const setting = ecr ? '; let the ECR repository have immutable tags' : '';
    if (beside !== 'no')
      return `deploy only by digest or by the tag that names the build, and drop the moving one${setting}`;
    return `push a tag with the commit in it, e.g. \`:\${{ github.sha }}\`, and deploy by digest${setting}`;
  },
});

interface Found {
  readonly use: ImageUse;
  readonly tag: string;
  readonly confidence: Confidence;
}

/** Moving tags by what is done to which image; an image with several names in a matrix counts once. */
function groups(uses: readonly ImageUse[], repository: Repository): [Found, ...Found[]][] {
  const places = new Map<string, [Found, ...Found[]]>();
  const owners = new Map<string, string>();
  for (const use of uses) {
    const found = movingTag(use, repository);
    if (!found) continue;
    const name = `${use.does} ${use.tool} ${showValue(use.image.name)}`;
    const place = `${use.does} ${use.step.index} ${use.range.start}`;
    const key = owners.get(place) ?? owners.get(name) ?? name;
    owners.set(place, key);
    owners.set(name, key);
    const group = places.get(key);
    if (group) group.push({ use, ...found });
    else places.set(key, [{ use, ...found }]);
  }
  return [...places.values()];
}

function distinctPlaces(first: ImageUse, rest: readonly Found[]): Found[] {
  const seen = new Set([first.range.start]);
  return rest.filter(({ use }) => !seen.has(use.range.start) && seen.add(use.range.start));
}

/** Whether the same image gets a tag that names one build; pushes that cannot be read may do so. */
function besides(use: ImageUse, uses: readonly ImageUse[], repository: Repository): Data['beside'] {
  const elsewhere = uses.filter((other) => other.slot !== use.slot);
  const others = elsewhere.filter(
    (other) => other.does === 'push' && !movingTag(other, repository),
  );
  if (
    others.some(
      (other) => !other.image.open && showValue(other.image.name) === showValue(use.image.name),
    )
  )
    return 'yes';
  return others.some((other) => other.image.open) ? 'unknown' : 'no';
}

function verdict(
  { use, confidence }: Found,
  ecr: boolean,
  beside: Data['beside'],
): { severity: Severity; confidence: Confidence } {
  if (use.does === 'deploy') return { severity: 'medium', confidence };
  return {
    severity: ecr && beside === 'no' ? 'medium' : 'low',
    confidence: ecr ? confidence : 'low',
  };
}

function placeOf(use: ImageUse, tag: string): Place {
  return { file: fileOf(use.step), range: use.range, label: `tag "${tag}" moves` };
}

/** The tag, when it is one that moves. */
function movingTag(
  { image, step, tool }: ImageUse,
  repository: Repository,
): { tag: string; confidence: Confidence } | undefined {
  if (image.digest || image.open) return undefined;
  // Without a tag `docker push` and the deploying tools take "latest".
  if (!image.tag)
    return /^(?:docker|podman|aws|kubectl)/.test(tool)
      ? { tag: 'latest', confidence: 'high' }
      : undefined;
  const text = fixedText(image.tag);
  if (text !== undefined) return moving.test(text) ? { tag: text, confidence: 'high' } : undefined;
  if (!onlyBranch(image.tag) || onlyByTag(step, repository)) return undefined;
  return { tag: showValue(image.tag), confidence: 'medium' };
}

/** A tag made of the branch's name, with or without a word beside it. */
function onlyBranch(tag: Value): boolean {
  const holes = tag.filter((piece) => typeof piece !== 'string');
  return holes.length > 0 && holes.every((hole) => branchNames.test(hole.source));
}

/** In a run for a Git tag or a release the ref's name is a version. */
function onlyByTag(step: Step, repository: Repository): boolean {
  if (step.owner.kind === 'action') return false;
  const workflows: Workflow[] = [
    step.owner.workflow,
    ...repository.callersOf(step.owner.workflow).map((job) => job.workflow),
  ];
  const triggers = workflows
    .flatMap((workflow) => workflow.triggers)
    .filter((trigger) => !/^workflow_(?:call|dispatch)$/.test(trigger.event));
  return triggers.length > 0 && triggers.every(isForTags);
}

function isForTags(trigger: Workflow['triggers'][number]): boolean {
  if (trigger.event === 'release') return true;
  return trigger.event === 'push' && trigger.tags !== undefined && trigger.branches === undefined;
}

function subjectOf(
  owner: Job | Action,
  step: Step,
): { step: Step; job?: Job; action?: Action; workflow?: Workflow } {
  return owner.kind === 'job'
    ? { step, job: owner, workflow: owner.workflow }
    : { step, action: owner };
}
