import { asMap, asSeq, isNull, type YamlMap, type YamlNode, type YamlPair } from '../text/node.ts';
import type { Action, Job, Step } from './model.ts';
import { aliasRange, entriesOfPair, textOfPair, type Problems } from './reader.ts';

/** Reads a list of steps; `owner` is filled in by the caller's object once it exists. */
export function readSteps(
  owner: Job | Action,
  list: YamlNode | undefined,
  problems: Problems,
): Step[] {
  const items = asSeq(list);
  if (!items) {
    if (list && !isNull(list)) problems.wrongType(list, 'steps', 'a list');
    return [];
  }
  const steps: Step[] = [];
  for (const [index, item] of items.items.entries()) {
    const map = asMap(item);
    if (map) steps.push(readStep(owner, index, map, item, problems));
    else problems.wrongType(item, `step ${index + 1}`, 'a map');
  }
  return steps;
}

/** The keys of a step that say something here. */
class StepKeys {
  id: YamlPair | undefined;
  name: YamlPair | undefined;
  if: YamlPair | undefined;
  uses: YamlPair | undefined;
  run: YamlPair | undefined;
  shell: YamlPair | undefined;
  workingDirectory: YamlPair | undefined;
  continueOnError: YamlPair | undefined;
  timeoutMinutes: YamlPair | undefined;
  with: YamlPair | undefined;
  env: YamlPair | undefined;

  /** One walk finds what eleven look-ups would; of duplicates the first counts, as everywhere. */
  constructor(map: YamlMap) {
    for (const pair of map.pairs) if (pair.key.kind === 'scalar') this.#take(pair.key.text, pair);
  }

  #take(key: string, pair: YamlPair): void {
    switch (key) {
      case 'name':
        this.name ??= pair;
        break;
      case 'uses':
        this.uses ??= pair;
        break;
      case 'with':
        this.with ??= pair;
        break;
      case 'run':
        this.run ??= pair;
        break;
      case 'env':
        this.env ??= pair;
        break;
      case 'if':
        this.if ??= pair;
        break;
      case 'id':
        this.id ??= pair;
        break;
      case 'shell':
        this.shell ??= pair;
        break;
      case 'working-directory':
        this.workingDirectory ??= pair;
        break;
      case 'continue-on-error':
        this.continueOnError ??= pair;
        break;
      case 'timeout-minutes':
        this.timeoutMinutes ??= pair;
        break;
    }
  }
}

function readStep(
  owner: Job | Action,
  index: number,
  node: YamlMap,
  item: YamlNode,
  problems: Problems,
): Step {
  const keys = new StepKeys(node);
  const id = textOfPair(keys.id, 'id', problems);
  const name = textOfPair(keys.name, 'name', problems);
  const condition = textOfPair(keys.if, 'if', problems);
  const uses = textOfPair(keys.uses, 'uses', problems);
  const run = textOfPair(keys.run, 'run', problems);
  const shell = textOfPair(keys.shell, 'shell', problems);
  const workingDirectory = textOfPair(keys.workingDirectory, 'working-directory', problems);
  const continueOnError = textOfPair(keys.continueOnError, 'continue-on-error', problems);
  const timeoutMinutes = textOfPair(keys.timeoutMinutes, 'timeout-minutes', problems);
  if (!keys.uses && !keys.run) {
    problems.missing(node, `step ${index + 1} has neither uses nor run`);
  }
  return {
    kind: 'step',
    owner,
    index,
    node,
    via: aliasRange(item),
    id,
    name,
    if: condition,
    uses,
    run,
    shell,
    workingDirectory,
    continueOnError,
    timeoutMinutes,
    with: entriesOfPair(keys.with, 'with', problems),
    env: entriesOfPair(keys.env, 'env', problems),
  };
}
