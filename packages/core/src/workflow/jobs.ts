import {
  asMap,
  asScalar,
  isNull,
  keyText,
  pairOf,
  valueOf,
  type YamlMap,
  type YamlPair,
  type YamlScalar,
} from '../text/node.ts';
import type { Container, Environment, Job, Step, Text, Workflow } from './model.ts';
import { readPermissions } from './permissions.ts';
import {
  aliasRange,
  readEntries,
  readText,
  readTexts,
  textUnder,
  type Problems,
} from './reader.ts';
import { readSteps } from './steps.ts';

/** Reads the jobs of a workflow in the order of the file. */
export function readJobs(workflow: Workflow, jobs: YamlMap | undefined, problems: Problems): Job[] {
  return (jobs?.pairs ?? []).flatMap((pair) => {
    const id = keyText(pair);
    const node = asMap(pair.value);
    if (id === undefined || pair.key.kind !== 'scalar') return [];
    if (!node) {
      problems.wrongType(pair.value, `job "${id}"`, 'a map');
      return [];
    }
    return [readJob(workflow, id, pair, pair.key, node, problems)];
  });
}

function readJob(
  workflow: Workflow,
  id: string,
  pair: YamlPair,
  key: YamlScalar,
  node: YamlMap,
  problems: Problems,
): Job {
  const secrets = readEntries(node, 'secrets', problems);
  const inherit = secrets.expression?.value === 'inherit' ? secrets.expression : undefined;
  const steps: Step[] = [];
  const parts = {
    name: textUnder(node, 'name', problems),
    if: textUnder(node, 'if', problems),
    uses: textUnder(node, 'uses', problems),
    continueOnError: textUnder(node, 'continue-on-error', problems),
    timeoutMinutes: textUnder(node, 'timeout-minutes', problems),
    environment: readEnvironment(node, problems),
    permissions: readPermissions(pairOf(node, 'permissions'), problems),
    defaultShell: defaultShell(node),
    container: readContainer('container', valueOf(node, 'container'), problems),
    secretsInherit: inherit,
    runsOn: valueOf(node, 'runs-on'),
    concurrency: valueOf(node, 'concurrency'),
    matrix: valueOf(asMap(valueOf(node, 'strategy')), 'matrix'),
    via: aliasRange(pair.value),
  };
  if (!valueOf(node, 'uses') && !valueOf(node, 'runs-on')) {
    problems.missing(key, `job "${id}" has neither runs-on nor uses`);
  }
  const job: Job = {
    kind: 'job',
    workflow,
    id,
    key,
    node,
    ...parts,
    needs: readTexts(node, 'needs', problems) ?? [],
    env: readEntries(node, 'env', problems),
    outputs: readEntries(node, 'outputs', problems, { anyValue: true }),
    with: readEntries(node, 'with', problems),
    secrets,
    services: (asMap(valueOf(node, 'services'))?.pairs ?? []).flatMap(
      (service) => readContainer(keyText(service) ?? '', service.value, problems) ?? [],
    ),
    steps,
  };
  steps.push(...readSteps(job, valueOf(node, 'steps'), problems));
  return job;
}

/** `defaults.run.shell` of a job or a workflow. */
export function defaultShell(node: YamlMap): Text | undefined {
  return readText(valueOf(asMap(valueOf(asMap(valueOf(node, 'defaults')), 'run')), 'shell'));
}

function readEnvironment(job: YamlMap, problems: Problems): Environment | undefined {
  const node = valueOf(job, 'environment');
  if (!node || isNull(node)) return undefined;
  const map = asMap(node);
  if (!map) {
    const name = readText(node);
    if (!name) problems.wrongType(node, 'environment', 'a name or a map');
    return { node, name, url: undefined };
  }
  return { node, name: textUnder(map, 'name', problems), url: textUnder(map, 'url', problems) };
}

function readContainer(
  name: string,
  node: YamlPair['value'] | undefined,
  problems: Problems,
): Container | undefined {
  if (!node || isNull(node)) return undefined;
  const map = asMap(node);
  if (!map) {
    const image = asScalar(node) ? readText(node) : undefined;
    return { name, node, env: { items: [] }, credentials: { items: [] }, image };
  }
  return {
    name,
    node,
    image: textUnder(map, 'image', problems),
    options: textUnder(map, 'options', problems),
    env: readEntries(map, 'env', problems),
    credentials: readEntries(map, 'credentials', problems),
  };
}
