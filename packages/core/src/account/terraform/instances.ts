import type { DocumentNode } from '../../iam/document/node.ts';
import { literalOf, mapNode, shorten, shown } from '../document/access.ts';
import type { DefaultUse } from '../model.ts';
import type { HclBlock, HclBody, HclExpression } from './body.ts';
import {
  type Environment,
  iterationsOf,
  noNames,
  numberNode,
  withIteration,
} from './environment.ts';
import type { Evaluator } from './evaluator.ts';
import { numberOf } from './operators.ts';

/** One of the things that a block stands for. */
export interface Instance {
  /** The key of `for_each`. */
  readonly key?: string;
  /** What follows the address: `["dev"]`, `[0]`, or nothing. */
  readonly suffix: string;
  readonly bound: Environment;
}

/** The instances of a block; `condition` says what decides whether, or how many, there are. */
export interface Instances {
  readonly instances: readonly Instance[];
  readonly condition?: string;
}

/** What instances ask of the folder. */
interface Scope {
  readonly evaluator: Evaluator;
  watch<Result>(work: () => Result): {
    readonly result: Result;
    readonly defaults: readonly DefaultUse[];
  };
}

const one: Instance = { suffix: '', bound: noNames };

/**
 * The instances of a block by `for_each` and `count`
 * (https://developer.hashicorp.com/terraform/language/meta-arguments). Where they are not known there
 * is one, with `each` and `count` not bound.
 */
export function instancesOf(block: HclBlock, scope: Scope): Instances {
  const forEach = block.body.attribute('for_each');
  if (forEach) {
    const iterations = iterationsOf(scope.evaluator.evaluate(forEach, noNames), true);
    if (!iterations) return { instances: [one], condition: `for_each = ${written(forEach)}` };
    const instances = iterations.map(({ key, value }) => {
      const name = key.kind === 'text' ? shown(key.value) : 'element';
      const literal = literalOf(key);
      return {
        ...(literal === undefined ? {} : { key: literal }),
        suffix: `["${name}"]`,
        bound: withIteration(noNames, 'each', key, value),
      };
    });
    return { instances };
  }
  const count = block.body.attribute('count');
  if (!count) return { instances: [one] };
  const { result, defaults } = scope.watch(() => scope.evaluator.evaluate(count, noNames));
  const number = numberOf(result);
  const condition = `count = ${written(count)}`;
  if (number === undefined || number < 0 || number > 100) return { instances: [one], condition };
  if (number === 0)
    return defaults.length > 0 ? { instances: [one], condition } : { instances: [] };
  const instances = Array.from({ length: number }, (_, index) => ({
    suffix: number === 1 ? '' : `[${index}]`,
    bound: new Map<string, DocumentNode>([
      ['count', mapNode({ index: numberNode(index, count.range) }, count.range)],
    ]),
  }));
  return defaults.length > 0 ? { instances, condition } : { instances };
}

/** The blocks of a type inside a body, those of `dynamic` unrolled. */
export interface NestedBlocks {
  readonly blocks: readonly {
    readonly body: HclBody;
    readonly bound: Environment;
    readonly block: HclBlock;
  }[];
  /** Dynamic blocks whose elements are not known. */
  readonly unknown: readonly HclExpression[];
}

/** Finds the blocks of a type (https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks). */
export function nestedBlocks(
  body: HclBody,
  type: string,
  bound: Environment,
  evaluator: Evaluator,
): NestedBlocks {
  const blocks = body.blocks(type).map((block) => ({ body: block.body, bound, block }));
  const unknown: HclExpression[] = [];
  for (const dynamic of body.blocks('dynamic')) {
    if (dynamic.labels[0] !== type) continue;
    const forEach = dynamic.body.attribute('for_each');
    const [content] = dynamic.body.blocks('content');
    const iterations = forEach && iterationsOf(evaluator.evaluate(forEach, bound), true);
    if (!iterations || !content) {
      if (forEach) unknown.push(forEach);
      continue;
    }
    const named = dynamic.body.attribute('iterator');
    const iterator = named ? written(named).replaceAll('"', '') : type;
    for (const { key, value } of iterations) {
      blocks.push({
        body: content.body,
        bound: withIteration(bound, iterator, key, value),
        block: content,
      });
    }
  }
  return { blocks, unknown };
}

/** An expression as written, shortened. */
export function written({ file, range, kind, node }: HclExpression): string {
  if (kind === 'json' && node.kind === 'text') return shown(node.value);
  return shorten(file.text.slice(range.start, range.end));
}
