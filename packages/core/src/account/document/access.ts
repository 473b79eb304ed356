import type {
  DocumentEntry,
  DocumentMap,
  DocumentNode,
  DocumentText,
  TemplateText,
} from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';

/** A text without holes; undefined when it has any. */
export function literal(text: TemplateText | undefined): string | undefined {
  if (text === undefined) return undefined;
  let joined = '';
  for (const piece of text) {
    if (typeof piece !== 'string') return undefined;
    joined += piece;
  }
  return joined;
}

/** The entry under a name; of duplicate keys the last, as in JSON.parse. */
export function entryOf(node: DocumentNode | undefined, name: string): DocumentEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.findLast((entry) => literal(entry.key) === name);
}

/** The value under a name; a null counts as absent. */
export function valueOf(node: DocumentNode | undefined, name: string): DocumentNode | undefined {
  const value = entryOf(node, name)?.value;
  return value?.kind === 'text' && value.scalar === 'null' ? undefined : value;
}

/** The text of a scalar that has no holes. */
export function literalOf(node: DocumentNode | undefined): string | undefined {
  return node?.kind === 'text' ? literal(node.value) : undefined;
}

/** The literal string under a name. */
export function literalAt(node: DocumentNode | undefined, name: string): string | undefined {
  return literalOf(valueOf(node, name));
}

/** The items of a list, a lone value as a list of one, nothing as none. */
export function itemsOf(node: DocumentNode | undefined): readonly DocumentNode[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** A whole number of seconds; undefined for anything else. */
export function secondsOf(node: DocumentNode | undefined): number | undefined {
  const text = literalOf(node);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The text of a node as it would stand in a string: what is not known becomes a hole. */
export function templateOf(node: DocumentNode | undefined): TemplateText | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'text') return node.value;
  return node.kind === 'unresolved' ? [{ hole: node.expression }] : undefined;
}

/** Pieces side by side, neighbouring characters joined, empty ones left out. */
export function joinPieces(pieces: TemplateText): TemplateText {
  const joined: (string | { readonly hole: string })[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece === '') continue;
    if (typeof piece === 'string' && typeof last === 'string')
      joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}

/** A string node. */
export function textNode(value: TemplateText, range: Range): DocumentText {
  return { kind: 'text', scalar: 'string', value: joinPieces(value), range };
}

/** A map node of literal keys, in their order; undefined values are left out. */
export function mapNode(
  values: Readonly<Record<string, DocumentNode | undefined>>,
  range: Range,
): DocumentMap {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key: [key], keyRange: range, value }],
  );
  return { kind: 'map', entries, range };
}

/** An expression for messages: one line, at most 80 characters. */
export function shorten(text: string): string {
  const line = text.slice(0, 400).replaceAll(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}

/** A text for messages, holes as `${...}`. */
export function shown(text: TemplateText | undefined): string {
  return shorten(
    (text ?? []).map((piece) => (typeof piece === 'string' ? piece : `\${${piece.hole}}`)).join(''),
  );
}
