import type { DocumentNode, TemplateText } from '../../iam/document/node.ts';
import { literalOf, shorten, shown, templateOf, textNode } from '../document/access.ts';
import { placedAt } from '../document/embedded.ts';
import type { DefaultUse } from '../model.ts';
import type { HclBlock, HclExpression } from './body.ts';
import type { HclEngine } from './engine.ts';
import { type Environment, noNames } from './environment.ts';
import { Evaluator } from './evaluator.ts';
import { type Folder, plainText } from './folder.ts';
import { instancesOf } from './instances.ts';
import { isNullNode } from './operators.ts';
import type { Names, Place } from './place.ts';
import { providerArn, resourceAttribute } from './reference.ts';
import { follow, type Step, unknown, unknownText } from './step.ts';

/** What a data source of a policy document asks for: a function that makes the document. */
export type MakeDocument = (
  block: HclBlock,
  bound: Environment,
  scope: FolderScope,
) => DocumentNode;

/** What a folder is read with. */
export interface ScopeOptions {
  readonly engine: HclEngine;
  readonly makeDocument: MakeDocument;
  /** JSON files that `file()` can name, by path. */
  readonly files: ReadonlyMap<string, DocumentFile>;
  /** What a module call sets; none for a folder that stands for itself. */
  readonly inputs?: ReadonlyMap<string, DocumentNode>;
}

interface Known {
  readonly node: DocumentNode;
  readonly defaults: readonly DefaultUse[];
}

/** The names of a folder and their values, each found once. */
export class FolderScope implements Names {
  readonly folder: Folder;
  readonly evaluator: Evaluator;
  readonly #files: ReadonlyMap<string, DocumentFile>;
  readonly #makeDocument: MakeDocument;
  readonly #inputs: ReadonlyMap<string, DocumentNode>;
  readonly #called: boolean;
  readonly #known = new Map<string, Known | undefined>();
  #used = new Map<string, string>();

  constructor(folder: Folder, { engine, makeDocument, files, inputs }: ScopeOptions) {
    this.folder = folder;
    this.evaluator = new Evaluator(this, engine);
    this.#makeDocument = makeDocument;
    this.#files = files;
    this.#inputs = inputs ?? new Map();
    this.#called = inputs !== undefined;
  }

  /** The value of an attribute; undefined when there is none, or a null. */
  attribute(block: HclBlock['body'], name: string, bound: Environment): DocumentNode | undefined {
    const expression = block.attribute(name);
    const value = expression && this.evaluator.evaluate(expression, bound);
    return isNullNode(value) ? undefined : value;
  }

  /** The text of an attribute, with holes. */
  text(block: HclBlock['body'], name: string, bound: Environment): TemplateText | undefined {
    return templateOf(this.attribute(block, name, bound));
  }

  /** Runs `work` and gives the variables whose default it used. */
  watch<Result>(work: () => Result): {
    readonly result: Result;
    readonly defaults: readonly DefaultUse[];
  } {
    const before = this.#used;
    this.#used = new Map();
    const result = work();
    const defaults = [...this.#used].map(([name, value]) => ({ name, value }));
    for (const [name, value] of before) this.#used.set(name, value);
    return { result, defaults };
  }

  named(root: string, steps: readonly Step[], at: Place): DocumentNode {
    const [first, second, ...rest] = steps;
    const name = first?.kind === 'attribute' ? first.name : '';
    switch (root) {
      case 'var':
        return this.#variable(name, steps.slice(1), at);
      case 'local': {
        const local = this.folder.locals.get(name);
        return local
          ? this.#once(`local.${name}`, local, steps.slice(1), at)
          : unknown(at.text, at.range);
      }
      case 'data': {
        const key = second?.kind === 'attribute' ? `${name}.${second.name}` : name;
        return this.#data(key, rest, at);
      }
      case 'file()':
        return this.#fileText(at);
      case 'path':
      case 'terraform':
        return unknownText(at.text, at.range);
      default: {
        const key = `${root}.${name}`;
        return this.#resource(key, this.folder.resources.get(key), steps.slice(1), at);
      }
    }
  }

  #variable(name: string, steps: readonly Step[], at: Place): DocumentNode {
    const input = this.#inputs.get(name);
    if (input) return follow(placedAt(input, at.range), steps, at.text, at.range);
    const block = this.folder.variables.get(name);
    const given = block?.body.attribute('default');
    const type = plainText(block?.body.attribute('type')) ?? '';
    const scalar = /^(?:\$\{)?(?:string|number|bool)\}?$/.test(type.trim());
    if (!given) return scalar ? unknownText(at.text, at.range) : unknown(at.text, at.range);
    const value = this.#once(`var.${name}`, given, [], at);
    // Of a module that is called, the call decides what it leaves to the default.
    if (!this.#called) this.#used.set(`var.${name}`, shorten(valueText(value, given)));
    return follow(value, steps, at.text, at.range);
  }

  #once(key: string, expression: HclExpression, steps: readonly Step[], at: Place): DocumentNode {
    const known = this.#remember(key, () => this.evaluator.evaluate(expression, noNames));
    if (!known) return unknown(at.text, at.range);
    const value = follow(known, steps, at.text, at.range);
    // A document has one file: what comes from another stands where it is used.
    return expression.file === at.file ? value : placedAt(value, at.range);
  }

  /** INVARIANT: each name is evaluated once; undefined while that is going on, which ends circles. */
  #remember(key: string, find: () => DocumentNode): DocumentNode | undefined {
    if (!this.#known.has(key)) {
      this.#known.set(key, undefined);
      const { result, defaults } = this.watch(find);
      this.#known.set(key, { node: result, defaults });
    }
    const known = this.#known.get(key);
    for (const { name, value } of known?.defaults ?? []) this.#used.set(name, value);
    return known?.node;
  }

  #data(key: string, steps: readonly Step[], at: Place): DocumentNode {
    const block = this.folder.data.get(key);
    const [type = ''] = key.split('.');
    const last = steps.at(-1);
    const attribute = last?.kind === 'attribute' ? last.name : '';
    if (block && type === 'aws_iam_policy_document' && /^(?:minified_)?json$/.test(attribute)) {
      return this.#document(key, block, steps, at);
    }
    if (block && type === 'aws_iam_openid_connect_provider') {
      const url = this.text(block.body, 'url', noNames);
      const arn = this.text(block.body, 'arn', noNames);
      if (attribute === 'arn' && (arn ?? url))
        return textNode(arn ?? providerArn(url ?? []), at.range);
      if (attribute === 'url' && url) return textNode(withoutScheme(url), at.range);
    }
    if (block && type === 'aws_iam_role' && attribute === 'name') {
      const name = this.text(block.body, 'name', noNames);
      if (name) return textNode(name, at.range);
    }
    const pseudo = block?.body.attribute('provider')
      ? undefined
      : pseudoParameters[`${type}.${attribute}`];
    if (pseudo !== undefined) return textNode([{ hole: pseudo }], at.range);
    return isTextAttribute(attribute) ? unknownText(at.text, at.range) : unknown(at.text, at.range);
  }

  #document(key: string, block: HclBlock, steps: readonly Step[], at: Place): DocumentNode {
    const { suffix, bound } = this.#instance(block, steps);
    const name = `data.${key}${suffix}.json`;
    const known = this.#remember(name, () => {
      const root = this.#makeDocument(block, bound, this);
      return this.evaluator.encode(name, { file: block.file, root }, at.range);
    });
    return known ? { ...known, range: at.range } : unknownText(at.text, at.range);
  }

  #resource(
    key: string,
    block: HclBlock | undefined,
    steps: readonly Step[],
    at: Place,
  ): DocumentNode {
    const last = steps.at(-1);
    const attribute = last?.kind === 'attribute' ? last.name : '';
    const direct = steps.length === 1 || (steps.length === 2 && steps[0]?.kind === 'index');
    if (block && direct) {
      const { suffix, bound } = this.#instance(block, steps);
      const address = `${key}${suffix}`;
      const found = this.#remember(`${address}.${attribute}`, () => {
        const property = (name: string): TemplateText | undefined =>
          this.text(block.body, name, bound);
        const text = resourceAttribute(block.labels[0] ?? '', address, attribute, property);
        return textNode(text ?? [{ hole: `${address}.${attribute}` }], at.range);
      });
      if (found && (isTextAttribute(attribute) || literalOf(found) !== undefined))
        return { ...found, range: at.range };
    }
    return isTextAttribute(attribute) ? unknownText(at.text, at.range) : unknown(at.text, at.range);
  }

  /** Which instance of a block with `for_each` or `count` an index means. */
  #instance(
    block: HclBlock,
    steps: readonly Step[],
  ): { readonly suffix: string; readonly bound: Environment } {
    const [first] = steps;
    const key = first?.kind === 'index' ? literalOf(first.key) : undefined;
    if (key === undefined || !block.body.attribute('for_each'))
      return { suffix: '', bound: noNames };
    const found = instancesOf(block, this).instances.find((one) => one.key === key);
    return found ? { suffix: found.suffix, bound: found.bound } : { suffix: '', bound: noNames };
  }

  /** `file("trust.json")` of a file that was given too. */
  #fileText(at: Place): DocumentNode {
    const path =
      /^file\(\s*"(?:\$\{path\.(?:module|root)\}\/)?(?:\.\/)?([^"$%\\]{1,300})"\s*\)$/.exec(
        at.text,
      )?.[1];
    const folder = at.file.path.slice(0, at.file.path.lastIndexOf('/') + 1);
    const found = path === undefined ? undefined : this.#files.get(joinPath(folder, path));
    if (!found) return unknownText(at.text, at.range);
    return this.evaluator.encode(`file ${found.file.path}`, found, at.range);
  }
}

/** Data sources that say where one deploys; another `provider` may deploy elsewhere. */
const pseudoParameters: Readonly<Record<string, string>> = {
  'aws_caller_identity.account_id': 'AWS::AccountId',
  'aws_caller_identity.id': 'AWS::AccountId',
  'aws_partition.partition': 'AWS::Partition',
  'aws_partition.dns_suffix': 'AWS::URLSuffix',
  'aws_region.name': 'AWS::Region',
  'aws_region.region': 'AWS::Region',
  'aws_region.id': 'AWS::Region',
};

/** A JSON file that Terraform files can name. */
export interface DocumentFile {
  readonly file: Place['file'];
  readonly root: DocumentNode;
}

/** A path below a folder, `..` and `.` taken out. */
export function joinPath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${path}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Attributes of the AWS provider that are always one string. */
function isTextAttribute(name: string): boolean {
  return /^(?:.*_)?(?:arn|id|name|url|json|partition|dns_suffix|region|bucket|path|key)$/.test(
    name,
  );
}

function withoutScheme([first, ...rest]: TemplateText): TemplateText {
  return [typeof first === 'string' ? first.replace(/^https:\/\//, '') : (first ?? ''), ...rest];
}

function valueText(value: DocumentNode, expression: HclExpression): string {
  const { start, end } = expression.range;
  return value.kind === 'text' ? shown(value.value) : expression.file.text.slice(start, end);
}
