import type { DocumentNode, Hole, PolicyDocument, TemplatePiece } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import type { SourceFile } from '../../text/source.ts';
import { literal, shown, templateOf, textNode } from '../document/access.ts';
import type { HclExpression } from './body.ts';
import type { HclEngine } from './engine.ts';
import type { Environment } from './environment.ts';
import type { Evaluation, HeredocPlaces, Names, Place } from './place.ts';
import { Reading } from './reading.ts';
import { type Step, unknown } from './step.ts';

/** Deeper than people nest expressions. */
const maxDepth = 100;
/** Nodes that the expressions of one folder may visit. */
const maxWork = 500_000;
/** Nodes, and eighths of characters, of one value. */
const maxWeight = 20_000;

/**
 * Evaluates expressions as far as the files of a folder tell
 * (https://developer.hashicorp.com/terraform/language/expressions). What gives a string but is not
 * known is a hole; anything else that is not known is `unresolved`. Nothing is ever left out.
 */
export class Evaluator implements Evaluation {
  readonly #names: Names;
  readonly #engine: HclEngine;
  /** Documents behind the holes that stand for their JSON. */
  readonly #documents = new WeakMap<Hole, PolicyDocument>();
  /** Where the characters of heredocs stand. */
  readonly #places = new WeakMap<readonly TemplatePiece[], HeredocPlaces>();
  readonly #weights = new WeakMap<DocumentNode, number>();
  #depth = 0;
  #work = 0;

  constructor(names: Names, engine: HclEngine) {
    this.#names = names;
    this.#engine = engine;
  }

  /** The value of an expression. */
  evaluate(expression: HclExpression, bound: Environment): DocumentNode {
    return expression.kind === 'json'
      ? this.#json(expression.node, expression.file, bound)
      : new Reading(this, expression.file, bound).value(expression.node);
  }

  /** A string that is the JSON of a document. */
  encode(name: string, document: PolicyDocument, range: Range): DocumentNode {
    const hole: Hole = { hole: name };
    this.#documents.set(hole, document);
    return textNode([hole], range);
  }

  /** The document that a string is the JSON of. */
  encoded(node: DocumentNode): PolicyDocument | undefined {
    const [only, ...others] = node.kind === 'text' ? node.value : [];
    return typeof only === 'object' && others.length === 0 ? this.#documents.get(only) : undefined;
  }

  /** Where the characters of a heredoc of that file stand, by their offset in its literal text. */
  placesOf(node: DocumentNode, file: SourceFile): HeredocPlaces['place'] | undefined {
    const places = node.kind === 'text' ? this.#places.get(node.value) : undefined;
    return places?.file === file ? places.place : undefined;
  }

  /** Remembers where the characters of a heredoc stand. */
  remember(node: DocumentNode, places: HeredocPlaces): void {
    if (node.kind === 'text') this.#places.set(node.value, places);
  }

  /** Runs one level of an expression, unless it is too deep or too much work was done. */
  level(at: Place, work: () => DocumentNode): DocumentNode {
    this.#work += 1;
    if (this.#depth >= maxDepth || this.#work > maxWork) return unknown(at.text, at.range);
    this.#depth += 1;
    try {
      const value = work();
      return this.#weightOf(value) > maxWeight ? unknown(at.text, at.range) : value;
    } finally {
      this.#depth -= 1;
    }
  }

  /**
   * How many nodes and characters a value is made of. ATTACKER: `[local.a, local.a]` in a chain of
   * locals doubles with each; in memory they share their parts, but whoever walks them does not.
   */
  #weightOf(node: DocumentNode): number {
    const known = this.#weights.get(node);
    if (known !== undefined) return known;
    let weight = 1;
    if (node.kind === 'list') for (const item of node.items) weight += this.#weightOf(item);
    else if (node.kind === 'map') {
      for (const { key, value } of node.entries) weight += textWeight(key) + this.#weightOf(value);
    } else if (node.kind === 'text') weight += textWeight(node.value);
    this.#work += 1;
    this.#weights.set(node, weight);
    return weight;
  }

  /** A name of the folder. */
  named(root: string, steps: readonly Step[], at: Place): DocumentNode {
    return this.#names.named(root, steps, at);
  }

  /**
   * A string of the JSON syntax is a template; one that is a single interpolation has the type of its
   * expression (https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping).
   */
  #json(node: DocumentNode, file: SourceFile, bound: Environment): DocumentNode {
    const at = {
      file,
      range: node.range,
      text: node.kind === 'text' ? shown(node.value) : node.kind,
    };
    return this.level(at, () => this.#jsonValue(node, file, bound));
  }

  #jsonValue(node: DocumentNode, file: SourceFile, bound: Environment): DocumentNode {
    if (node.kind === 'list')
      return { ...node, items: node.items.map((item) => this.#json(item, file, bound)) };
    if (node.kind === 'map') {
      const entries = node.entries.map((entry) => ({
        ...entry,
        key:
          templateOf(this.#template(literal(entry.key) ?? '', entry.keyRange, file, bound)) ??
          entry.key,
        value: this.#json(entry.value, file, bound),
      }));
      return { ...node, entries };
    }
    const text = node.kind === 'text' && node.scalar === 'string' ? literal(node.value) : undefined;
    return text === undefined ? node : this.#template(text, node.range, file, bound);
  }

  #template(text: string, range: Range, file: SourceFile, bound: Environment): DocumentNode {
    if (!/[$%]\{/.test(text)) return textNode([text], range);
    const end = 'SALLYPORT_END_OF_TEXT';
    const tree = text.includes(end)
      ? undefined
      : this.#engine.parse(`x = <<${end}\n${text}\n${end}\n`);
    const attribute = tree?.root.children[0]?.children[0];
    const heredoc = attribute?.children[2]?.children[0]?.children[0];
    if (!tree || tree.error || heredoc?.kind !== 'heredoc_template') return unknown(text, range);
    const source: SourceFile = { ...file, text: `x = <<${end}\n${text}\n${end}\n` };
    return new Reading(this, source, bound, { file, range }).wholeTemplate(heredoc);
  }
}

function textWeight(text: readonly TemplatePiece[]): number {
  return text.reduce(
    (sum, piece) => sum + 1 + (typeof piece === 'string' ? piece.length >> 3 : 0),
    0,
  );
}
