import type {
  DocumentNode,
  PolicyDocument,
  TemplatePiece,
  TemplateText,
} from '../iam/document/node.ts';
import type { RoleArn } from './role-search.ts';

/**
 * Fills in what a template leaves to its deployment and a role's ARN tells: account and partition. The
 * provider of a trust policy is always of the role's own account.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function filledFor(
  document: PolicyDocument,
  arn: Pick<RoleArn, 'account' | 'partition'>,
): PolicyDocument {
  return { ...document, root: filled(document.root, arn) };
}

type Known = Pick<RoleArn, 'account' | 'partition'>;

function filled(node: DocumentNode, known: Known): DocumentNode {
  switch (node.kind) {
    case 'text':
      return { ...node, value: filledText(node.value, known) };
    case 'list':
      return { ...node, items: node.items.map((item) => filled(item, known)) };
    case 'map':
      return {
        ...node,
        entries: node.entries.map((entry) => ({
          ...entry,
          key: filledText(entry.key, known),
          value: filled(entry.value, known),
        })),
      };
    case 'unresolved':
      return node;
  }
}

function filledText(text: TemplateText, known: Known): TemplateText {
  if (text.every((piece) => typeof piece === 'string')) return text;
  const pieces = text.map((piece, index): TemplatePiece => {
    if (typeof piece === 'string') return piece;
    return valueOf(piece.hole, known) ?? byPosition(text, index, known) ?? piece;
  });
  return pieces.every((piece) => typeof piece === 'string') ? [pieces.join('')] : pieces;
}

function valueOf(hole: string, { account, partition }: Known): string | undefined {
  if (hole === 'AWS::AccountId' || /aws_caller_identity\..*account_id$/.test(hole)) return account;
  if (hole === 'AWS::Partition' || /aws_partition\..*partition$/.test(hole)) return partition;
  return undefined;
}

/** `arn:{1}:iam::{2}:oidc-provider/...`: whatever the two are called. */
function byPosition(text: TemplateText, index: number, known: Known): string | undefined {
  const rest = text.slice(index + 1).map((piece) => (typeof piece === 'string' ? piece : '{}'));
  const start = text.slice(0, index).map((piece) => (typeof piece === 'string' ? piece : '{}'));
  const [before, after] = [start.join(''), rest.join('')];
  if (!/:oidc-provider\//.test(after)) return undefined;
  if (/^arn:[^:]*:iam::$/.test(before) && after.startsWith(':oidc-provider/')) return known.account;
  return before === 'arn:' && after.startsWith(':iam:') ? known.partition : undefined;
}
