import type { DocumentNode, TemplateText } from '../../iam/document/node.ts';

/**
 * Whether two trees say the same, whatever their places; parts that are not resolved are never the
 * same, holes are by name.
 */
export function sameDocument(left: DocumentNode, right: DocumentNode): boolean {
  if (left.kind === 'text' && right.kind === 'text') {
    return left.scalar === right.scalar && sameText(left.value, right.value);
  }
  if (left.kind === 'list' && right.kind === 'list') {
    const { items } = right;
    return (
      left.items.length === items.length &&
      left.items.every((item, index) => {
        const other = items[index];
        return other !== undefined && sameDocument(item, other);
      })
    );
  }
  if (left.kind === 'map' && right.kind === 'map') {
    const { entries } = right;
    return (
      left.entries.length === entries.length &&
      left.entries.every(({ key, value }, index) => {
        const other = entries[index];
        return other !== undefined && sameText(key, other.key) && sameDocument(value, other.value);
      })
    );
  }
  return false;
}

function sameText(left: TemplateText, right: TemplateText): boolean {
  return (
    left.length === right.length &&
    left.every((piece, index) => {
      const other = right[index];
      if (typeof piece === 'string' || typeof other === 'string') return piece === other;
      // A shortened expression may stand for others that begin alike.
      return piece === other || (piece.hole === other?.hole && !piece.hole.endsWith('...'));
    })
  );
}
