import type { DocumentNode, TemplatePiece, TemplateText } from '../../iam/document/node.ts';
import {
  itemsOf,
  joinPieces,
  literal,
  literalAt,
  literalOf,
  shorten,
  shown,
  textNode,
  valueOf,
} from '../document/access.ts';
import type { DefaultUse } from '../model.ts';
import { conditionValue } from './condition.ts';
import { intrinsics, unresolved } from './intrinsics.ts';
import { attributeOf, referenceOf } from './reference.ts';
import type { Resolver } from './resolver.ts';

/** No name, ARN or condition value is longer: references that double a text must not fill the memory. */
const maxText = 4096;

/** Chains of references and conditions longer than this are not followed. */
const maxDepth = 50;

/** A template's sections, and the values of its nodes as far as the template alone tells them. */
export class TemplateScope implements Resolver {
  readonly #root: DocumentNode;
  /** References that are known, with the defaults they rest on; undefined while being found. */
  readonly #known = new Map<string, Known | undefined>();
  #used = new Map<string, string>();
  #depth = 0;

  constructor(root: DocumentNode) {
    this.#root = root;
  }

  /** Runs `work` and gives the parameters whose default it used. */
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

  /** A resource as written. */
  resource(name: string): DocumentNode | undefined {
    return valueOf(valueOf(this.#root, 'Resources'), name);
  }

  mapping(name: string): DocumentNode | undefined {
    return valueOf(valueOf(this.#root, 'Mappings'), name);
  }

  resolve(node: DocumentNode): DocumentNode | undefined {
    switch (node.kind) {
      case 'unresolved':
        return node;
      case 'text':
        return { ...node, value: joinPieces(node.value.flatMap(withDynamicReferences)) };
      case 'list': {
        const items = node.items.flatMap((item) => this.resolve(item) ?? []);
        return { ...node, items };
      }
      case 'map':
        return this.#map(node);
    }
  }

  #map(node: Extract<DocumentNode, { kind: 'map' }>): DocumentNode | undefined {
    const [only, ...others] = node.entries;
    const name = only && others.length === 0 ? literal(only.key) : undefined;
    const intrinsic = name === undefined ? undefined : intrinsics.get(name);
    if (only && intrinsic) return bounded(intrinsic(only.value, node, this), node);
    const foreign = node.entries.find(({ key }) => literal(key)?.startsWith('Fn::'));
    if (foreign) return unresolved(shown(foreign.key), node);
    const entries = node.entries.flatMap((entry) => {
      const value = this.resolve(entry.value);
      return value ? [{ ...entry, value }] : [];
    });
    return { ...node, entries };
  }

  reference(name: string, at: DocumentNode): DocumentNode | undefined {
    if (name === 'AWS::NoValue') return undefined;
    if (name.startsWith('AWS::')) return textNode([{ hole: name }], at.range);
    const parameter = valueOf(valueOf(this.#root, 'Parameters'), name);
    if (parameter) return this.#parameter(name, parameter, at);
    const text = this.#remember(`Ref ${name}`, name, () =>
      referenceOf(name, this.resource(name), this),
    );
    return textNode(text, at.range);
  }

  attribute(name: string, attribute: string): TemplateText {
    const shownName = `${name}.${attribute}`;
    return this.#remember(shownName, shownName, () =>
      attributeOf(name, attribute, this.resource(name), this),
    );
  }

  condition(name: string): boolean | undefined {
    const node = valueOf(valueOf(this.#root, 'Conditions'), name);
    const text = this.#remember(`Condition ${name}`, name, () => {
      const value = node && conditionValue(node, this);
      return value === undefined ? undefined : [String(value)];
    });
    const value = literal(text);
    return value === 'true' || value === 'false' ? value === 'true' : undefined;
  }

  /** A parameter's default counts, and is remembered; without one it is a hole, or unknown for a list. */
  #parameter(name: string, parameter: DocumentNode, at: DocumentNode): DocumentNode {
    const type = literalAt(parameter, 'Type') ?? 'String';
    const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
    const allowed = itemsOf(valueOf(parameter, 'AllowedValues'));
    const only = allowed.length === 1 ? literalOf(allowed[0]) : undefined;
    // The default of an SSM parameter is the name under which the value lies.
    const given = type.startsWith('AWS::SSM::') ? undefined : literalAt(parameter, 'Default');
    const value = only ?? given;
    if (value === undefined) {
      return isList ? unresolved(name, at) : textNode([{ hole: name }], at.range);
    }
    if (only === undefined) this.#used.set(name, shorten(value));
    if (!isList) return textNode([value], at.range);
    const items = value.split(',').map((part) => textNode([part.trim()], at.range));
    return { kind: 'list', items, range: at.range };
  }

  /** INVARIANT: a reference is found once, so that chains of them take linear time; in a circle it is a hole. */
  #remember(key: string, holeName: string, find: () => TemplateText | undefined): TemplateText {
    const hole = [{ hole: shorten(holeName) }];
    if (!this.#known.has(key)) {
      if (this.#depth >= maxDepth) return hole;
      this.#known.set(key, undefined);
      this.#depth += 1;
      const { result, defaults } = this.watch(find);
      this.#depth -= 1;
      this.#known.set(key, {
        text: result && lengthOf(result) <= maxText ? result : hole,
        defaults,
      });
    }
    const known = this.#known.get(key);
    for (const { name, value } of known?.defaults ?? []) this.#used.set(name, value);
    return known?.text ?? hole;
  }
}

interface Known {
  readonly text: TemplateText;
  readonly defaults: readonly DefaultUse[];
}

function lengthOf(text: TemplateText): number {
  return text.reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? piece : piece.hole).length,
    0,
  );
}

function bounded(node: DocumentNode | undefined, at: DocumentNode): DocumentNode | undefined {
  return node?.kind === 'text' && lengthOf(node.value) > maxText
    ? unresolved('a text too long for a policy', at)
    : node;
}

/**
 * `{{resolve:ssm:name}}` is looked up at deployment
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html).
 */
function withDynamicReferences(piece: TemplatePiece): TemplatePiece[] {
  if (typeof piece !== 'string' || !piece.includes('{{resolve:')) return [piece];
  return piece
    .split(/(\{\{resolve:[^{}]{1,300}\}\})/)
    .map((part, index) => (index % 2 === 1 ? { hole: shorten(part.slice(2, -2)) } : part));
}
