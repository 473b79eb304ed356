import type { DocumentNode } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import type { SourceFile } from '../../text/source.ts';
import type { HclNode } from './engine.ts';

/** An expression of Terraform, in native syntax or as a value of its JSON syntax. */
export type HclExpression =
  | {
      readonly kind: 'syntax';
      readonly node: HclNode;
      readonly file: SourceFile;
      readonly range: Range;
    }
  | {
      readonly kind: 'json';
      readonly node: DocumentNode;
      readonly file: SourceFile;
      readonly range: Range;
    };

/** What stands between the braces of a block. */
export interface HclBody {
  readonly file: SourceFile;
  readonly range: Range;
  /** The expression of an attribute. */
  attribute(name: string): HclExpression | undefined;
  /** The names of all attributes, those of `locals`. */
  readonly names: readonly string[];
  /** The blocks of a type, in order. */
  blocks(type: string): readonly HclBlock[];
  /** Whether a part of it could not be parsed. */
  readonly broken: boolean;
}

/** A block: `resource "aws_iam_role" "deploy" { ... }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly file: SourceFile;
  readonly range: Range;
  readonly body: HclBody;
}

/** The body of a file in native syntax. */
export function bodyOf(node: HclNode, file: SourceFile): HclBody {
  const attributes = new Map<string, HclExpression>();
  const blocks: HclBlock[] = [];
  const body = node.kind === 'body' ? node : node.children.find(({ kind }) => kind === 'body');
  for (const child of body?.children ?? []) {
    if (child.kind === 'attribute') {
      const [name, , value] = child.children;
      const { start, end } = value ?? child;
      if (name && value?.kind === 'expression') {
        attributes.set(file.text.slice(name.start, name.end), {
          kind: 'syntax',
          node: child.broken ? { ...value, broken: true } : value,
          file,
          range: { start, end },
        });
      }
    } else if (child.kind === 'block') blocks.push(blockOf(child, file));
  }
  return {
    file,
    range: { start: node.start, end: node.end },
    attribute: (name) => attributes.get(name),
    names: [...attributes.keys()],
    blocks: (type) => blocks.filter((block) => block.type === type),
    broken: node.broken,
  };
}

function blockOf(node: HclNode, file: SourceFile): HclBlock {
  const [type, ...rest] = node.children;
  const labels = rest
    .filter(({ kind }) => kind === 'string_lit' || kind === 'identifier')
    .map((label) => file.text.slice(label.start, label.end).replaceAll('"', ''));
  return {
    type: type ? file.text.slice(type.start, type.end) : '',
    labels,
    file,
    range: { start: node.start, end: node.end },
    body: bodyOf(node, file),
  };
}
