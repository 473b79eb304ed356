import { asMap, asSeq, resolve, valueOf, type YamlNode } from '../text/node.ts';
import type { Job } from '../workflow/model.ts';
import { readText } from '../workflow/reader.ts';
import type { Repository } from '../workflow/repository.ts';
import { originsOf } from './origin.ts';

/**
 * Whether the machine that runs a job may hold AWS credentials of its own (an instance profile).
 * GitHub's own runners hold none; self-hosted ones, and those behind labels that we do not know, may.
 * Source: https://docs.github.com/actions/reference/runners/github-hosted-runners
 */
export function mayHaveOwnCredentials(job: Job, repository: Repository): boolean {
  if (!job.runsOn) return false;
  const texts = labelsOf(job.runsOn).flatMap((node) => readText(node) ?? []);
  const origins = texts.flatMap((text) => originsOf(text, { job }, repository));
  const labels = origins.map((origin) => (origin.kind === 'literal' ? origin.value.trim() : ''));
  return !labels.some((label) => githubHosted.test(label)) || labels.includes('self-hosted');
}

const githubHosted = /^(?:ubuntu|windows|macos)-/i;

function labelsOf(runsOn: YamlNode): YamlNode[] {
  const map = asMap(runsOn);
  const node = map ? valueOf(map, 'labels') : resolve(runsOn);
  return [...(asSeq(node)?.items ?? (node ? [node] : []))];
}
