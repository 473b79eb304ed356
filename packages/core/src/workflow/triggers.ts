import {
  asMap,
  asScalar,
  asSeq,
  coreValue,
  keyText,
  valueOf,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../text/node.ts';
import type { Entries, Text } from './model.ts';
import { readEntries, readText, readTexts, type Problems } from './reader.ts';

/**
 * One event under `on:` with its filters.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export interface Trigger {
  readonly event: string;
  /** The scalar that names the event. */
  readonly key: YamlScalar;
  readonly config?: YamlMap | undefined;
  readonly branches?: readonly Text[] | undefined;
  readonly branchesIgnore?: readonly Text[] | undefined;
  readonly tags?: readonly Text[] | undefined;
  readonly tagsIgnore?: readonly Text[] | undefined;
  readonly paths?: readonly Text[] | undefined;
  readonly pathsIgnore?: readonly Text[] | undefined;
  readonly types?: readonly Text[] | undefined;
  /** The workflows named by `workflow_run`. */
  readonly workflows?: readonly Text[] | undefined;
  readonly crons: readonly Text[];
  /** Inputs of `workflow_dispatch` and `workflow_call`. */
  readonly inputs: readonly InputDeclaration[];
  /** Secrets that `workflow_call` declares. */
  readonly secrets: Entries;
  readonly outputs: Entries;
}

/** A declared input of a workflow or an action. */
export interface InputDeclaration {
  readonly name: string;
  readonly key: YamlScalar;
  readonly node: YamlNode;
  /** `string` when none is given. */
  readonly type: string;
  readonly required: boolean;
  readonly default?: Text | undefined;
  /** The values of a `choice` input. */
  readonly options: readonly Text[];
  readonly description?: Text | undefined;
}

/** Reads `on:` in its three forms: one event, a list, a map. */
export function readTriggers(on: YamlNode | undefined, problems: Problems): Trigger[] {
  const scalar = asScalar(on);
  const list = asSeq(on);
  const map = asMap(on);
  const bare = (key: YamlScalar): Trigger => ({
    event: key.text,
    key,
    crons: [],
    inputs: [],
    secrets: { items: [] },
    outputs: { items: [] },
  });
  if (scalar && coreValue(scalar) !== null) return [bare(scalar)];
  if (list) {
    return list.items.flatMap((item) => {
      const name = asScalar(item);
      if (!name) problems.wrongType(item, 'an event of on:', 'a name');
      return name ? [bare(name)] : [];
    });
  }
  if (!map) {
    if (on) problems.wrongType(on, 'on', 'an event, a list of events or a map');
    return [];
  }
  return map.pairs.flatMap((pair) => {
    const event = keyText(pair);
    if (event === undefined || pair.key.kind !== 'scalar') return [];
    return [readTrigger(event, pair.key, pair.value, problems)];
  });
}

function readTrigger(event: string, key: YamlScalar, value: YamlNode, problems: Problems): Trigger {
  const config = asMap(value);
  const crons =
    asSeq(value)?.items.flatMap((item) => readText(valueOf(asMap(item), 'cron')) ?? []) ?? [];
  const filters = {
    branches: readTexts(config, 'branches', problems),
    branchesIgnore: readTexts(config, 'branches-ignore', problems),
    tags: readTexts(config, 'tags', problems),
    tagsIgnore: readTexts(config, 'tags-ignore', problems),
    paths: readTexts(config, 'paths', problems),
    pathsIgnore: readTexts(config, 'paths-ignore', problems),
    types: readTexts(config, 'types', problems),
    workflows: readTexts(config, 'workflows', problems),
  };
  return {
    event,
    key,
    config,
    ...filters,
    crons,
    inputs: readInputs(valueOf(config, 'inputs'), problems),
    secrets: readEntries(config, 'secrets', problems, { anyValue: true }),
    outputs: readEntries(config, 'outputs', problems, { anyValue: true }),
  };
}

/** Reads an `inputs:` map of a workflow trigger or an action. */
export function readInputs(node: YamlNode | undefined, problems: Problems): InputDeclaration[] {
  const map = asMap(node);
  if (!map) return [];
  return map.pairs.flatMap((pair) => {
    const name = keyText(pair);
    if (name === undefined || pair.key.kind !== 'scalar') return [];
    const body = asMap(pair.value);
    const fallback = readText(valueOf(body, 'default'));
    const description = readText(valueOf(body, 'description'));
    const required = asScalar(valueOf(body, 'required'));
    return [
      {
        name,
        key: pair.key,
        node: pair.value,
        type: asScalar(valueOf(body, 'type'))?.text ?? 'string',
        required: required?.text === 'true',
        default: fallback,
        options: readTexts(body, 'options', problems) ?? [],
        description,
      },
    ];
  });
}
