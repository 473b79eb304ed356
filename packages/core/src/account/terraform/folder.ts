import type { DocumentNode } from '../../iam/document/node.ts';
import { literalOf } from '../document/access.ts';
import type { ProblemList } from '../problem.ts';
import { bodyOf, type HclBlock, type HclBody, type HclExpression } from './body.ts';
import type { HclEngine } from './engine.ts';
import { jsonBody } from './json-body.ts';

/** The blocks of one folder, which Terraform reads as one module. */
export interface Folder {
  readonly locals: ReadonlyMap<string, HclExpression>;
  /** By name. */
  readonly variables: ReadonlyMap<string, HclBlock>;
  /** By address: `aws_iam_role.deploy`. */
  readonly resources: ReadonlyMap<string, HclBlock>;
  /** By address without `data.`: `aws_iam_policy_document.trust`. */
  readonly data: ReadonlyMap<string, HclBlock>;
  /** By name. */
  readonly modules: ReadonlyMap<string, HclBlock>;
}

/**
 * The body of a file in native syntax; what is no HCL is a problem, and the rest is read on, because
 * the grammar is younger than the language. Undefined when nothing could be read.
 */
export function hclBody(problems: ProblemList, engine: HclEngine): HclBody | undefined {
  const { file } = problems;
  const whole = { start: 0, end: Math.min(file.text.length, 1) };
  const tree = engine.parse(file.text);
  if (!tree) {
    problems.add('source-too-large', whole, 'it takes too much work to parse as HCL', true);
    return undefined;
  }
  if (tree.error) {
    const { start, end } = tree.error;
    const message = 'this is no HCL: roles and policies around it may have been read wrongly';
    problems.add('source-syntax', { start, end: Math.max(end, start + 1) }, message);
  }
  return bodyOf(tree.root, file);
}

/** The body of a file in JSON syntax (https://developer.hashicorp.com/terraform/language/syntax/json). */
export function terraformJsonBody(root: DocumentNode, problems: ProblemList): HclBody {
  return jsonBody(root, problems.file);
}

/** Puts the files of a folder together; of two blocks of one name the later counts, as in override files. */
export function folderOf(bodies: readonly HclBody[]): Folder {
  const locals = new Map<string, HclExpression>();
  const named = (type: string, count: number): Map<string, HclBlock> => {
    const found = new Map<string, HclBlock>();
    for (const body of bodies) {
      for (const block of body.blocks(type))
        found.set(block.labels.slice(0, count).join('.'), block);
    }
    return found;
  };
  for (const body of bodies) {
    for (const block of body.blocks('locals')) {
      for (const name of block.body.names) {
        const value = block.body.attribute(name);
        if (value) locals.set(name, value);
      }
    }
  }
  return {
    locals,
    variables: named('variable', 1),
    resources: named('resource', 2),
    data: named('data', 2),
    modules: named('module', 1),
  };
}

/** The literal text of an attribute, without evaluating anything: `type`, `source`. */
export function plainText(expression: HclExpression | undefined): string | undefined {
  if (!expression) return undefined;
  if (expression.kind === 'json') return literalOf(expression.node);
  const { start, end } = expression.range;
  return expression.file.text.slice(start, end).replaceAll(/^"|"$/g, '');
}
