import type { DocumentEntry, DocumentNode, TemplatePiece } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import type { SourceFile } from '../../text/source.ts';
import { shorten, templateOf, textNode } from '../document/access.ts';
import { sameDocument } from '../document/same.ts';
import type { HclNode } from './engine.ts';
import { booleanNode, type Environment, iterationsOf, numberNode } from './environment.ts';
import { callFunction } from './functions.ts';
import { binaryOperators, numberOf, operate, truthOf } from './operators.ts';
import type { Evaluation, Place } from './place.ts';
import { follow, type Step, unknown, unknownText } from './step.ts';
import { heredocText, quotedText } from './template-text.ts';

/** The evaluation of one expression of one file. */
export class Reading {
  readonly #evaluator: Evaluation;
  readonly #file: SourceFile;
  readonly #bound: Environment;
  /** The file and the place of everything, where the text is not the file's. */
  readonly #fixed: Pick<Place, 'file' | 'range'> | undefined;

  constructor(
    evaluator: Evaluation,
    file: SourceFile,
    bound: Environment,
    fixed?: Pick<Place, 'file' | 'range'>,
  ) {
    this.#evaluator = evaluator;
    this.#file = file;
    this.#bound = bound;
    this.#fixed = fixed;
  }

  /** The value of an `expression`, or of any term in one. */
  value(node: HclNode): DocumentNode {
    return this.#evaluator.level(this.#place(node), () => {
      if (node.broken) return unknown(this.text(node), this.range(node));
      if (node.kind !== 'expression') return this.#term([node], node);
      const [first] = node.children;
      return first?.kind === 'conditional'
        ? this.#conditional(first)
        : this.#term(node.children, node);
    });
  }

  /** The source of a node. */
  text(node: { readonly start: number; readonly end: number }): string {
    return this.#file.text.slice(node.start, node.end);
  }

  /** Where a node stands. */
  range({ start, end }: { readonly start: number; readonly end: number }): Range {
    return this.#fixed?.range ?? { start, end };
  }

  /** A heredoc that is one interpolation and nothing else gives the value itself. */
  wholeTemplate(heredoc: HclNode): DocumentNode {
    const parts = heredoc.children.slice(2, -1);
    const [only, ...others] = parts;
    const lines = this.text(heredoc).split('\n').slice(1, -1).join('\n');
    if (
      only?.kind === 'template_interpolation' &&
      others.length === 0 &&
      lines === this.text(only)
    ) {
      return this.interpolation(only);
    }
    const text = heredocText(heredoc, this).node;
    if (text.kind !== 'text') return text;
    // The line break before the end was put there, it is none of the text.
    const last = text.value.at(-1);
    const value =
      typeof last === 'string' ? [...text.value.slice(0, -1), last.replace(/\n$/, '')] : text.value;
    return textNode(value, this.range(heredoc));
  }

  /** The value inside `${...}`. */
  interpolation(node: HclNode): DocumentNode {
    const expression = node.children.find(({ kind }) => kind === 'expression');
    return expression ? this.value(expression) : unknown(this.text(node), this.range(node));
  }

  #place(node: HclNode): Place {
    const file = this.#fixed?.file ?? this.#file;
    return { file, range: this.range(node), text: shorten(this.text(node)) };
  }

  #term(nodes: readonly HclNode[], around: HclNode): DocumentNode {
    const [first, ...rest] = nodes;
    if (!first) return unknown(this.text(around), this.range(around));
    if (first.kind === '(') {
      const inner = rest[0] ? this.value(rest[0]) : unknown('()', this.range(around));
      return follow(inner, this.#steps(rest.slice(2)), this.text(around), this.range(around));
    }
    const steps = this.#steps(rest);
    if (first.kind === 'variable_expr') return this.#named(first, steps, around);
    const value = this.#primary(first);
    return steps.length === 0 ? value : follow(value, steps, this.text(around), this.range(around));
  }

  #named(first: HclNode, steps: readonly Step[], around: HclNode): DocumentNode {
    const name = this.text(first);
    const bound = this.#bound.get(name);
    if (bound) return follow(bound, steps, this.text(around), this.range(around));
    return this.#evaluator.named(name, steps, this.#place(around));
  }

  #steps(nodes: readonly HclNode[]): Step[] {
    return nodes.flatMap((node): Step[] => {
      const [inner] = node.children;
      if (node.kind === 'get_attr')
        return [{ kind: 'attribute', name: this.text(node).slice(1).trim() }];
      if (node.kind === 'splat')
        return [{ kind: 'splat', rest: this.#steps(inner?.children.slice(1) ?? []) }];
      if (node.kind !== 'index' || !inner) return [];
      const key = inner.kind === 'new_index' ? inner.children[1] : undefined;
      const value = key
        ? this.value(key)
        : numberNode(Number(this.text(inner).slice(1)), this.range(inner));
      return [{ kind: 'index', key: value }];
    });
  }

  #primary(node: HclNode): DocumentNode {
    const range = this.range(node);
    const [inner] = node.children;
    switch (node.kind) {
      case 'literal_value':
        return inner ? this.#literal(inner) : unknown(this.text(node), range);
      case 'template_expr': {
        if (inner?.kind === 'quoted_template') return this.#quoted(inner);
        if (inner?.kind !== 'heredoc_template') return unknown(this.text(node), range);
        const { node: text, place } = heredocText(inner, this);
        if (!this.#fixed) this.#evaluator.remember(text, { file: this.#file, place });
        return text;
      }
      case 'collection_value':
        return inner?.kind === 'tuple' ? this.#tuple(inner) : this.#object(inner ?? node);
      case 'function_call':
        return this.#call(node);
      case 'for_expr':
        return inner ? this.#loop(inner) : unknown(this.text(node), range);
      case 'operation':
        return inner ? this.#operation(inner) : unknown(this.text(node), range);
      default:
        return unknown(this.text(node), range);
    }
  }

  #literal(node: HclNode): DocumentNode {
    const range = this.range(node);
    const text = this.text(node);
    if (node.kind === 'numeric_lit')
      return { kind: 'text', scalar: 'number', value: [text], range };
    if (node.kind === 'bool_lit') return { kind: 'text', scalar: 'boolean', value: [text], range };
    if (node.kind === 'null_lit') return { kind: 'text', scalar: 'null', value: [], range };
    return quotedText(node, this);
  }

  /** `"${x}"` alone is `x` made a string; what is no scalar stays what it is, for Terraform takes it so. */
  #quoted(node: HclNode): DocumentNode {
    const parts = node.children.slice(1, -1);
    const [only] = parts;
    if (only?.kind !== 'template_interpolation' || parts.length > 1) return quotedText(node, this);
    const value = this.interpolation(only);
    return value.kind === 'text' && value.scalar !== 'null'
      ? textNode(value.value, this.range(node))
      : value;
  }

  #tuple(node: HclNode): DocumentNode {
    const items = node.children
      .filter(({ kind }) => kind === 'expression')
      .map((item) => this.value(item));
    return { kind: 'list', items, range: this.range(node) };
  }

  #object(node: HclNode): DocumentNode {
    const entries = node.children
      .filter(({ kind }) => kind === 'object_elem')
      .flatMap((element): DocumentEntry[] => {
        const [key, value] = element.children.filter(({ kind }) => kind === 'expression');
        if (!key || !value) return [];
        return [{ key: this.#key(key), keyRange: this.range(key), value: this.value(value) }];
      });
    return { kind: 'map', entries, range: this.range(node) };
  }

  /** A bare name as a key is the name itself. */
  #key(node: HclNode): readonly TemplatePiece[] {
    const [only, ...others] = node.children;
    if (only?.kind === 'variable_expr' && others.length === 0) return [this.text(only)];
    return templateOf(this.value(node)) ?? [{ hole: shorten(this.text(node)) }];
  }

  #conditional(node: HclNode): DocumentNode {
    const [condition, yes, no] = node.children.filter(({ kind }) => kind === 'expression');
    if (!condition || !yes || !no) return unknown(this.text(node), this.range(node));
    const decided = truthOf(this.value(condition));
    if (decided !== undefined) return this.value(decided ? yes : no);
    const [left, right] = [this.value(yes), this.value(no)];
    if (sameDocument(left, right)) return left;
    const texts = [left, right].every((one) => one.kind === 'text' && one.scalar === 'string');
    return texts
      ? unknownText(this.text(node), this.range(node))
      : unknown(this.text(node), this.range(node));
  }

  #operation(node: HclNode): DocumentNode {
    const range = this.range(node);
    const at = node.children.findIndex(({ kind }) => binaryOperators.has(kind) || kind === '!');
    const operator = node.children[at]?.kind;
    const right = this.#term(node.children.slice(at + 1), node);
    if (operator === undefined) return unknown(this.text(node), range);
    if (at > 0) {
      const result = operate(operator, this.#term(node.children.slice(0, at), node), right);
      if (typeof result === 'boolean') return booleanNode(result, range);
      return result === undefined ? unknown(this.text(node), range) : numberNode(result, range);
    }
    const truth = truthOf(right);
    if (operator === '!')
      return truth === undefined ? unknown(this.text(node), range) : booleanNode(!truth, range);
    const number = numberOf(right);
    return number === undefined ? unknown(this.text(node), range) : numberNode(-number, range);
  }

  #call(node: HclNode): DocumentNode {
    const [name] = node.children;
    const list = node.children.find(({ kind }) => kind === 'function_arguments');
    const expressions = list?.children.filter(({ kind }) => kind === 'expression') ?? [];
    const range = this.range(node);
    const place = this.#place(node);
    const values = expressions.map((one) => this.value(one));
    const last = values.at(-1);
    if (list?.children.some(({ kind }) => kind === 'ellipsis')) {
      if (last?.kind !== 'list') return unknown(place.text, range);
      values.splice(-1, 1, ...last.items);
    }
    const [first] = values;
    if (name && this.text(name) === 'jsonencode' && first) {
      // The offset keeps two calls apart whose shortened text is the same.
      return this.#evaluator.encode(
        `jsonencode(...) at ${node.start}`,
        { file: place.file, root: first },
        range,
      );
    }
    const result = name && callFunction(this.text(name), values, place);
    return result ?? this.#evaluator.named(`${name ? this.text(name) : ''}()`, [], place);
  }

  /** `[for k, v in list : value if condition]` and its form with braces. */
  #loop(node: HclNode): DocumentNode {
    const range = this.range(node);
    const intro = node.children.find(({ kind }) => kind === 'for_intro');
    const names =
      intro?.children.filter(({ kind }) => kind === 'identifier').map((one) => this.text(one)) ??
      [];
    const source = intro?.children.find(({ kind }) => kind === 'expression');
    const results = node.children.filter(({ kind }) => kind === 'expression');
    const condition = node.children
      .find(({ kind }) => kind === 'for_cond')
      ?.children.find(({ kind }) => kind === 'expression');
    const grouped = node.children.some(({ kind }) => kind === 'ellipsis');
    const iterations = source && iterationsOf(this.value(source), false);
    if (!iterations || grouped) return unknown(this.text(node), range);
    const values: DocumentNode[] = [];
    const entries: DocumentEntry[] = [];
    for (const { key, value } of iterations) {
      const bound = new Map(this.#bound);
      const [first = '', second] = names;
      bound.set(first, second === undefined ? value : key);
      if (second !== undefined) bound.set(second, value);
      const inner = new Reading(this.#evaluator, this.#file, bound, this.#fixed);
      const wanted = condition ? truthOf(inner.value(condition)) : true;
      if (wanted === undefined) return unknown(this.text(node), range);
      if (!wanted) continue;
      const [one, two] = results;
      if (node.kind === 'for_tuple_expr' && one) values.push(inner.value(one));
      else if (one && two) {
        const name = templateOf(inner.value(one)) ?? [{ hole: 'for' }];
        entries.push({ key: name, keyRange: inner.range(one), value: inner.value(two) });
      }
    }
    return node.kind === 'for_tuple_expr'
      ? { kind: 'list', items: values, range }
      : { kind: 'map', entries, range };
  }
}
