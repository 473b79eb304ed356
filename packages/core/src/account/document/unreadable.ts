import type { DocumentNode } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import type { ProblemList } from '../problem.ts';

/** Reports a document that cannot be read, and gives what stands in its place. */
export function unreadable(range: Range, message: string, problems: ProblemList): DocumentNode {
  problems.add('source-syntax', range, message);
  return { kind: 'unresolved', expression: message, range };
}
