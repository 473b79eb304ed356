import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
} from 'yaml';

import type { DocumentEntry, DocumentNode, DocumentText } from '../../iam/document/node.ts';
import { parseYaml } from '../../text/parse.ts';
import type { Range } from '../../text/range.ts';
import type { ProblemList } from '../problem.ts';

/** CloudFormation takes 1 MB and 500 resources; aliases may not make more of it than this. */
const maxNodes = 200_000;

/**
 * Reads a YAML template: tags become the long form that JSON templates use, `!Sub x` is
 * `{"Fn::Sub": "x"}`, `!Ref x` is `{"Ref": "x"}`, `!GetAtt a.b` keeps its dotted string
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html).
 */
export function parseTemplateYaml(problems: ProblemList): DocumentNode | undefined {
  const { text } = problems.file;
  // ATTACKER: `yaml` recurses on nesting, so the bounded reader sees the text first.
  const refused = parseYaml(text).problems.find(({ code }) => code !== 'yaml-duplicate-key');
  if (refused) {
    problems.add('source-syntax', refused.range, refused.message || refused.code, true);
    return undefined;
  }
  const document = parseDocument(text, {
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
    merge: false,
  });
  const [error] = document.errors;
  if (error) {
    const [start, end] = error.pos;
    problems.add('source-syntax', { start, end: Math.max(end, start + 1) }, error.message, true);
    return undefined;
  }
  const builder = new TreeBuilder(problems);
  try {
    return document.contents ? builder.build(document.contents) : undefined;
  } catch (failure) {
    if (!(failure instanceof TooLarge)) throw failure;
    const message = `aliases make more than ${maxNodes} nodes of this template`;
    problems.add('source-too-large', { start: 0, end: 1 }, message, true);
    return undefined;
  }
}

class TooLarge extends Error {}

class TreeBuilder {
  readonly #problems: ProblemList;
  readonly #anchors = new Map<string, Node>();
  #nodes = 0;
  /** Anchors that are being expanded: an alias inside its own anchor has no end. */
  readonly #open = new Set<Node>();

  constructor(problems: ProblemList) {
    this.#problems = problems;
  }

  build(node: Node): DocumentNode {
    this.#nodes += 1;
    if (this.#nodes > maxNodes) throw new TooLarge();
    if (isAlias(node)) return this.#alias(node);
    if (isMap(node) || isSeq(node) || isScalar(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    }
    this.#open.add(node);
    const built = this.#untagged(node);
    this.#open.delete(node);
    const name = intrinsicName(isAlias(node) ? undefined : node.tag);
    if (name === undefined) return built;
    const range = { start: tagStart(this.#problems.file.text, built.range), end: built.range.end };
    return { kind: 'map', range, entries: [{ key: [name], keyRange: range, value: built }] };
  }

  #alias(node: Alias): DocumentNode {
    const target = this.#anchors.get(node.source);
    const start = node.range?.[0] ?? 0;
    const range = { start, end: start + node.source.length + 1 };
    if (!target || this.#open.has(target)) {
      this.#problems.add('source-syntax', range, `the alias *${node.source} leads nowhere`);
      return { kind: 'unresolved', expression: `*${node.source}`, range };
    }
    return this.build(target);
  }

  #untagged(node: Node): DocumentNode {
    const range: Range = { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#child(item, range));
      return { kind: 'list', range: trimmed(range, node.flow, items.at(-1)), items };
    }
    if (isMap(node)) {
      const entries = node.items.flatMap((pair) => (isPair(pair) ? this.#entry(pair, range) : []));
      const end = trimmed(range, node.flow, entries.at(-1)?.value);
      return { kind: 'map', range: end, entries: this.#merged(entries) };
    }
    return isScalar(node) ? scalarNode(node, range) : { kind: 'unresolved', expression: '', range };
  }

  #entry(pair: { key: unknown; value: unknown }, around: Range): DocumentEntry[] {
    const key = this.#child(pair.key, around);
    const value = this.#child(pair.value, { start: key.range.end, end: key.range.end });
    if (key.kind !== 'text') {
      this.#problems.add('source-wrong-type', key.range, 'a key must be a string');
      return [];
    }
    return [{ key: key.value, keyRange: key.range, value }];
  }

  /**
   * CloudFormation itself takes no hash merges, but tools that package templates resolve them
   * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html).
   */
  #merged(entries: readonly DocumentEntry[]): DocumentEntry[] {
    const own = new Set(entries.map(({ key }) => key[0]));
    return entries.flatMap((entry) => {
      if (entry.key[0] !== '<<') return [entry];
      const message = 'CloudFormation takes no hash merges (<<): package the template first';
      this.#problems.add('source-wrong-type', entry.keyRange, message);
      const sources = entry.value.kind === 'list' ? entry.value.items : [entry.value];
      const seen = new Set(own);
      return sources.flatMap((source) => {
        if (source.kind !== 'map') return [entry];
        const added = source.entries.filter(({ key }) => !seen.has(key[0]));
        for (const { key } of added) seen.add(key[0]);
        return added;
      });
    });
  }

  #child(node: unknown, around: Range): DocumentNode {
    if (isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)) return this.build(node);
    return {
      kind: 'text',
      scalar: 'null',
      value: [],
      range: { start: around.start, end: around.start },
    };
  }
}

/** A block collection ends with its last item, not with the blanks behind it. */
function trimmed(range: Range, flow: boolean | undefined, last: DocumentNode | undefined): Range {
  return flow === true || !last ? range : { start: range.start, end: last.range.end };
}

function scalarNode(node: Scalar, range: Range): DocumentText {
  const plain = node.type === 'PLAIN' && node.tag === undefined;
  const { value } = node;
  const scalar = plain ? scalarKind(value) : 'string';
  // As written: `012345678901` is an account, whatever number it would be.
  const text = plain
    ? (node.source ?? '')
    : typeof value === 'string'
      ? value
      : (node.source ?? '');
  return { kind: 'text', scalar, value: text === '' || scalar === 'null' ? [] : [text], range };
}

function scalarKind(value: unknown): DocumentText['scalar'] {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

function intrinsicName(tag: string | undefined): string | undefined {
  const name = /^!([A-Za-z][A-Za-z0-9:]*)$/.exec(tag ?? '')?.[1];
  if (name === undefined) return undefined;
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name.replace(/^Fn::/, '')}`;
}

/** A node's range starts behind its tag. */
function tagStart(text: string, { start }: Range): number {
  const before = text.slice(Math.max(0, start - 200), start);
  const match = /![A-Za-z:]+\s*$/.exec(before);
  return match ? start - match[0].length : start;
}
